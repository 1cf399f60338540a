import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseDatabasePath } from '../../src/config/database-path.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ragstone-path-'));
  mkdirSync(join(root, 'a', '.rag'), { recursive: true });
  mkdirSync(join(root, 'a', 'b', '.rag'), { recursive: true });
  mkdirSync(join(root, 'a', 'b', 'c'), { recursive: true });
  writeFileSync(join(root, 'a', '.rag', 'rag.db'), '');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const choose = (options: { flag?: string; environment?: string; from?: string }) =>
  chooseDatabasePath({ workingFolder: join(root, options.from ?? 'a/b/c'), dataFolder: '/data', ...options });

test('--db comes first and is relative to the working folder', () => {
  expect(choose({ flag: 'x.db', environment: 'y.db' })).toEqual({ path: join(root, 'a/b/c/x.db'), reason: 'flag' });
});

test('RAG_DB comes second', () => {
  expect(choose({ environment: '/y.db' })).toEqual({ path: '/y.db', reason: 'environment' });
});

test('the nearest .rag/rag.db upwards comes third; a .rag without a database is passed by', () => {
  expect(choose({})).toEqual({ path: join(root, 'a/.rag/rag.db'), reason: 'project' });
});

test("the user's data folder comes last", () => {
  expect(choose({ from: '.' })).toEqual({ path: join('/data', 'rag.db'), reason: 'user' });
});
