import { expect, test } from 'vitest';
import { SETTINGS } from '../../src/config/schema.ts';
import { parseSettings } from '../../src/config/toml-file.ts';

const parse = (raw: unknown) => SETTINGS.loaders.parse(raw);
const loader = { extensions: ['.DjVu'], command: ['djvutxt', '{file}'] };

test('a loader has an extension, a command with the file, and bounds of its own', () => {
  expect(parse([loader])).toEqual([
    { extensions: ['djvu'], command: ['djvutxt', '{file}'], output: 'txt', timeoutMs: 60_000 },
  ]);
  expect(parse(JSON.stringify([{ ...loader, output: 'md', timeoutMs: '5s' }]))[0]).toMatchObject({
    output: 'md',
    timeoutMs: 5000,
  });
});

test('they are tables of a list in a file', async () => {
  const values = await parseSettings(
    '[[loaders]]\nextensions = ["djvu"]\ncommand = ["djvutxt", "{file}"]\n\n[[loaders]]\nextensions = ["pages"]\ncommand = ["x", "{file}"]\n',
    'c.toml',
  );
  expect(values.get('loaders')?.value).toHaveLength(2);
});

test.each([
  [{ ...loader, command: ['djvutxt'] }, /\{file\}/],
  [{ ...loader, command: ['{file}'] }, /\{file\}/],
  [{ ...loader, command: 'djvutxt {file}' }, /must be a list/],
  [{ ...loader, extensions: [] }, /extensions/],
  [{ ...loader, extensions: ['../x'] }, /cannot be one/],
  [{ ...loader, output: 'exe' }, /one of txt, md, html, csv, json/],
  [{ ...loader, timeoutMs: -1 }, /timeoutMs/],
  [{ ...loader, shell: true }, /"shell"/],
])('%j is refused with what it must be', (wrong, message) => {
  expect(() => parse([wrong])).toThrow(message);
});
