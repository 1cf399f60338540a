import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveSources } from '../../src/source/resolve-sources.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rag-patterns-'));
  mkdirSync(join(folder, 'papers'));
  for (const name of ['a.pdf', 'b.pdf', 'c.md', '[draft].md']) writeFileSync(join(folder, 'papers', name), name);
});
afterAll(() => rmSync(folder, { recursive: true }));

const names = async (target: string) =>
  (await resolveSources(target, {}, folder)).map(({ uri }) => decodeURIComponent(uri.split('/').at(-1) as string));

test('a pattern stands for the files that match it', async () => {
  expect(await names('papers/*.pdf')).toEqual(['a.pdf', 'b.pdf']);
});

test('a file whose own name looks like a pattern is that file', async () => {
  expect(await names('papers/[draft].md')).toEqual(['[draft].md']);
});

test('a pattern that matches nothing says so', async () => {
  await expect(resolveSources('papers/*.docx', {}, folder)).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
});

test('a plain name is resolved as it is', async () => {
  expect(await names('papers')).toEqual(['papers']);
});
