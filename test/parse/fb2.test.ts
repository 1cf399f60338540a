import { expect, test } from 'vitest';
import { fb2Parser } from '../../src/parse/fb2.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const book = (body: string) =>
  `<FictionBook><description><title-info><book-title>Книга</book-title><author><first-name>Ada</first-name><last-name>L</last-name></author><lang>RU</lang></title-info></description><body>${body}</body><binary id="x">AAAA</binary></FictionBook>`;

test('sections nest as headings and pictures are left out', async () => {
  const { text, title, language, metadata } = await parseBytes(
    fb2Parser,
    book(
      '<section><title><p>Part</p><p>One</p></title><section><title><p>Chapter</p></title><p>Some <emphasis>text</emphasis>.</p><poem><stanza><v>a</v><v>b</v></stanza></poem></section></section>',
    ),
  );
  expect(text).toBe('# Part One\n\n## Chapter\n\nSome text.\n\na\n\nb');
  expect([title, language, metadata.author]).toEqual(['Книга', 'ru', 'Ada L']);
});

test('the encoding that the file declares is used', async () => {
  const bytes = Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="windows-1251"?><FictionBook><body><p>'),
    Buffer.from([0xcf, 0xf0]),
    Buffer.from('</p></body></FictionBook>'),
  ]);
  expect((await parseBytes(fb2Parser, bytes)).text).toBe('Пр');
});

test('a file without a body is refused', async () => {
  expect((await refusal(fb2Parser, '<FictionBook/>')).code).toBe('PARSE_FAILED');
});
