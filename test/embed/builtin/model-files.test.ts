import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBuiltinEmbedder } from '../../../src/embed/builtin/builtin-embedder.ts';
import {
  modelFolder,
  TABLE_FILE,
  VOCABULARY_FILE,
  VOCABULARY_INDEX_FILE,
} from '../../../src/embed/builtin/model-folder.ts';
import { buildVocabularyIndex } from '../../../src/embed/builtin/vocabulary-index.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ragstone-model-'));
  for (const file of [TABLE_FILE, VOCABULARY_FILE, VOCABULARY_INDEX_FILE])
    cpSync(join(modelFolder(), file), join(folder, file));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('the index in the repository is the one of the vocabulary', () => {
  const vocabulary = readFileSync(join(modelFolder(), VOCABULARY_FILE), 'utf8');
  const index = readFileSync(join(modelFolder(), VOCABULARY_INDEX_FILE));
  expect(index.equals(buildVocabularyIndex(vocabulary))).toBe(true);
});

test('a bundled program finds the model in builtin/ beside it', () => {
  const bundle = mkdtempSync(join(tmpdir(), 'ragstone-bundle-'));
  cpSync(folder, join(bundle, 'builtin'), { recursive: true });
  expect(modelFolder(pathToFileURL(join(bundle, 'rag.js')).href)).toBe(join(bundle, 'builtin/'));
  rmSync(bundle, { recursive: true });
});

test('a program without its model says where it looked', () => {
  expect(() => modelFolder('file:///nowhere/rag.js')).toThrowError(
    expect.objectContaining({ code: 'MODEL_NOT_FOUND', message: expect.stringContaining('/nowhere/builtin/') }),
  );
});

test('files are read on the first text, not before', async () => {
  rmSync(join(folder, TABLE_FILE));
  const embedder = createBuiltinEmbedder({ modelFolder: folder });
  await expect(embedder.embedQuery('holiday')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});

test.each([TABLE_FILE, VOCABULARY_FILE, VOCABULARY_INDEX_FILE])('a %s cut short is refused', async (file) => {
  truncateSync(join(folder, file), 100_000);
  const embedder = createBuiltinEmbedder({ modelFolder: folder });
  await expect(embedder.embedQuery('holiday')).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: expect.stringContaining(folder),
  });
});

test('an index of another vocabulary is refused', async () => {
  writeFileSync(join(folder, VOCABULARY_INDEX_FILE), buildVocabularyIndex('one\ntwo'));
  const embedder = createBuiltinEmbedder({ modelFolder: folder });
  await expect(embedder.embedQuery('holiday')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});

test('rows read one by one and rows read all at once give the same vectors', async () => {
  const words = readFileSync(join(folder, VOCABULARY_FILE), 'utf8')
    .split('\n')
    .filter((piece) => /^[a-z]{5,}$/.test(piece));
  const texts = words.slice(0, 600);
  const single = await Promise.all(texts.slice(0, 20).map((text) => createBuiltinEmbedder().embedQuery(text)));
  const all = await createBuiltinEmbedder().embedPassages([texts.join(' '), ...texts]);
  expect(all.slice(1, 21)).toEqual(single);
});
