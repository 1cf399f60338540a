import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from '../../src/platform/make-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rag-make-folder-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('makes the folders above that are missing, and leaves one that is there', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolder(path);
  makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test('a file in its place or above it is told', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(folder, 'file', 'below', 'it'))).toThrow('ENOTDIR');
});

test.runIf(process.platform === 'linux')('returns from a place that is there and makes no folders', () => {
  expect(() => makeFolder('/proc/nowhere/below')).toThrow('ENOENT');
});
