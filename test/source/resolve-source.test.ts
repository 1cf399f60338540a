import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { resolveSource } from '../../src/source/resolve-source.ts';
import type { SourceOptions } from '../../src/source/types.ts';
import { temporaryFolder } from './temporary-folder.ts';

const resolve = (target: string, cwd = '/', options: SourceOptions = {}) => resolveSource(target, options, cwd);
const files = { 'notes/a b.md': 'x', 'notes/handbook.md': 'x', 'http:odd': 'x' };

test('a relative path is a file or folder below the working folder, by its real path', async () => {
  const root = temporaryFolder(files);
  symlinkSync('notes', join(root, 'link'));
  expect(await resolve('notes', root)).toEqual({ kind: 'folder', uri: `file://${root}/notes`, options: {} });
  expect(await resolve('./link/../notes/', root)).toMatchObject({ uri: `file://${root}/notes` });
  expect(await resolve('link/a b.md', root)).toMatchObject({ kind: 'file', uri: `file://${root}/notes/a%20b.md` });
});

test('file URLs and absolute paths mean the same', async () => {
  const root = temporaryFolder(files);
  const path = join(root, 'notes/a b.md');
  expect(await resolve(pathToFileURL(path).href)).toEqual(await resolve(path));
});

test('an existing path goes before the scheme that it looks like', async () => {
  expect(await resolve('http:odd', temporaryFolder(files))).toMatchObject({ kind: 'file' });
});

test.each([
  ['https://Example.COM', 'https://example.com/'],
  ['HTTP://example.com:80/a/../b?q=1#part', 'http://example.com/b?q=1'],
  ['https://müller.example/ü', 'https://xn--mller-kva.example/%C3%BC'],
])('URL %s is remembered as %s', async (target, uri) => {
  expect(await resolve(target)).toEqual({ kind: 'url', uri, options: {} });
});

test.each([
  'ftp://example.com/',
  'javascript:alert(1)',
  'data:text/plain,x',
  'mailto:a@example.com',
  'file://other-host/x',
  'http:',
  'http:///x',
  'https://exa mple/',
  '',
  '  ',
  'a\0b',
])('%j is a usage error', async (target) => {
  await expect(resolve(target)).rejects.toMatchObject({ code: 'USAGE' });
});

test('a URL with a password is refused without repeating it', async () => {
  const error = await resolve('https://name:secret@example.com/').catch((reason) => reason);
  expect(error.code).toBe('SOURCE_REFUSED');
  expect(`${error.message} ${error.hint}`).not.toContain('secret');
});

test('a misspelt name is answered with the name that is there', async () => {
  const root = temporaryFolder(files);
  await expect(resolve('notes/hanbdook.md', root)).rejects.toMatchObject({
    code: 'SOURCE_MISSING',
    message: `There is nothing at ${root}/notes/hanbdook.md.`,
    hint: `Did you mean ${root}/notes/handbook.md?`,
  });
  await expect(resolve('note/a b.md', root)).rejects.toMatchObject({ hint: `Did you mean ${root}/notes?` });
});

test('where no name is near, the nearest folder is told', async () => {
  const root = temporaryFolder(files);
  const hint = `The nearest folder that exists is ${root}/notes.`;
  await expect(resolve('notes/q/r/s', root)).rejects.toMatchObject({ code: 'SOURCE_MISSING', hint });
  await expect(resolve('notes/handbook.md/x', root)).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
});

test('control characters of a missing name are escaped', async () => {
  await expect(resolve('/no\u001b[31mwhere\n')).rejects.toMatchObject({
    message: 'There is nothing at /no\\u{1b}[31mwhere\\n.',
  });
});

test('a pipe is refused', async () => {
  const root = temporaryFolder();
  spawnSync('mkfifo', [join(root, 'pipe')]);
  await expect(resolve('pipe', root)).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
});

test('links in a circle fail', async () => {
  const root = temporaryFolder();
  symlinkSync('self', join(root, 'self'));
  await expect(resolve('self', root)).rejects.toMatchObject({
    code: 'SOURCE_FAILED',
    message: expect.stringContaining('circle'),
  });
});

test('"-" is standard input under its title', async () => {
  expect(await resolve('-', '/', { title: ' Meeting\nof 3 May ' })).toMatchObject({
    kind: 'stdin',
    uri: 'stdin:Meeting of 3 May',
  });
  await expect(resolve('-')).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringContaining('--title') });
});

test('only the options of a source are remembered', async () => {
  const given = { include: ['*.md'], hidden: undefined, allowPrivate: true, signal: AbortSignal.abort(), dryRun: true };
  expect((await resolve('/', '/', given as SourceOptions)).options).toEqual({ include: ['*.md'], allowPrivate: true });
});

test.each([{ include: ['../x'] }, { exclude: [''] }, { maxFileBytes: 0 }, { maxFileBytes: Number.NaN }])(
  'options %j are a usage error',
  async (options) => {
    await expect(resolve('/', '/', options)).rejects.toMatchObject({ code: 'USAGE' });
  },
);

test.skipIf(process.getuid?.() === 0)('a path behind a locked folder fails with its reason', async () => {
  const root = temporaryFolder({ 'locked/a.md': 'x' });
  mkdirSync(join(root, 'other'));
  chmodSync(join(root, 'locked'), 0o000);
  const failure = await resolve('locked/a.md', root).catch((reason) => reason);
  chmodSync(join(root, 'locked'), 0o755);
  expect(failure).toMatchObject({ code: 'SOURCE_FAILED', message: expect.stringContaining('permission denied') });
});
