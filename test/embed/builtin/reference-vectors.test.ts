import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTextFolder } from '../../../src/embed/builtin/fold-text.ts';
import {
  modelFolder,
  TABLE_FILE,
  VOCABULARY_FILE,
  VOCABULARY_INDEX_FILE,
} from '../../../src/embed/builtin/model-folder.ts';
import { openPieceTable } from '../../../src/embed/builtin/piece-table.ts';
import { createTokenizer } from '../../../src/embed/builtin/tokenize.ts';
import { readVocabulary } from '../../../src/embed/builtin/vocabulary.ts';

type Reference = { text: string; ids: number[]; vector: number[] | null };

const references: Reference[] = readFileSync(new URL('../../../fixtures/embed/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const vocabulary = readVocabulary(join(modelFolder(), VOCABULARY_FILE), join(modelFolder(), VOCABULARY_INDEX_FILE));
const folder = createTextFolder();
const tokenizer = createTokenizer(vocabulary);
const table = openPieceTable(join(modelFolder(), TABLE_FILE), vocabulary.size);

test('the fixture holds the 83 reference texts of the model', () => {
  expect(references).toHaveLength(83);
  expect(references.filter(({ vector }) => vector === null)).toHaveLength(7);
});

test.each(references)('pieces and vector agree with the reference: $text', ({ text, ids, vector }) => {
  const tokenized = tokenizer.tokenize(folder.fold(text));
  expect([...tokenized.ids.subarray(0, tokenized.count)]).toEqual(ids);
  const pooled = table.pool(tokenized.ids, tokenized.count);
  if (vector === null) {
    expect(pooled).toBeNull();
    return;
  }
  const worst = Math.max(...vector.map((value, dimension) => Math.abs(value - pooled![dimension]!)));
  expect(worst).toBeLessThan(1e-3);
  const product = vector.reduce((sum, value, dimension) => sum + value * pooled![dimension]!, 0);
  expect(product / Math.hypot(...vector)).toBeGreaterThan(1 - 1e-3);
});
