import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { systemRuntime } from '../../src/platform/runtime.ts';
import { fileSource } from '../../src/source/file.ts';
import type { SourceOptions } from '../../src/source/types.ts';
import { temporaryFolder } from './temporary-folder.ts';

const list = (path: string, options: SourceOptions = {}) =>
  fileSource.list({ kind: 'file', uri: pathToFileURL(path).href, options }, systemRuntime);

test('a file named by itself is taken whatever its extension, name or the ignore files say', async () => {
  const root = temporaryFolder({ '.gitignore': '*\n', '.hidden.zip': 'x' });
  expect((await list(join(root, '.hidden.zip'))).items.map(({ path }) => path)).toEqual(['.hidden.zip']);
});

test('a link in place of the file is followed', async () => {
  const root = temporaryFolder({ 'a.md': 'abc' });
  symlinkSync('a.md', join(root, 'b.md'));
  expect((await list(join(root, 'b.md'))).items[0]).toMatchObject({ path: 'b.md', size: 3 });
});

test('a pipe that took the place of the file is reported and not opened', async () => {
  const pipe = join(temporaryFolder(), 'a.md');
  spawnSync('mkfifo', [pipe]);
  expect(await list(pipe)).toMatchObject({ items: [], skipped: [{ code: 'not-regular', path: 'a.md' }] });
});

test('too large and empty files are reported', async () => {
  const path = join(temporaryFolder({ 'a.md': 'abc' }), 'a.md');
  expect(await list(path, { maxFileBytes: 2 })).toMatchObject({ items: [], skipped: [{ code: 'too-large' }] });
  writeFileSync(path, '');
  expect(await list(path)).toMatchObject({ items: [], skipped: [{ code: 'empty' }], root: 'present' });
});
