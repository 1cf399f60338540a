import { expect, test } from 'vitest';
import type { ChunkId, DocumentId } from '../../src/domain/ids.ts';
import { RagError } from '../../src/platform/errors.ts';
import type { Reranker } from '../../src/rerank/types.ts';
import { createLegClock } from '../../src/retrieve/leg-clock.ts';
import { rerankCandidates } from '../../src/retrieve/rerank-candidates.ts';
import type { Candidate } from '../../src/retrieve/types.ts';
import type { ChunkRow, DocumentRow, StoredChunk } from '../../src/store/types.ts';
import { overlapReranker } from '../../src/testing/overlap-reranker.ts';

const candidate = (row: number, score: number): Candidate => ({
  row: row as ChunkRow,
  score,
  signals: [{ list: 'lexical', rank: row, raw: score }],
});

const stored = (row: number, text: string): StoredChunk => ({
  row: row as ChunkRow,
  documentRow: row as DocumentRow,
  path: `${row}.md`,
  document: {
    documentId: `d${row}` as DocumentId,
    uri: `file:///${row}.md`,
    collection: 'default',
    mediaType: 'text/markdown',
    type: 'md',
    title: `Title ${row}`,
    modifiedAt: null,
  },
  chunk: {
    id: `d${row}.0` as ChunkId,
    documentId: `d${row}` as DocumentId,
    ordinal: 0,
    span: { start: 0, end: text.length },
    text,
    headingPath: [`Title ${row}`, 'Part'],
    page: null,
    lines: null,
    tokens: 3,
  },
});

const TEXTS = ['nothing here', 'one word', 'each word of it', 'word of another', 'rest'];
const CANDIDATES = TEXTS.map((_, i) => candidate(i + 1, 1 - i / 10));
const store = {
  chunks: (rows: readonly ChunkRow[]) =>
    new Map(rows.filter((row) => TEXTS[row - 1] !== undefined).map((row) => [row, stored(row, TEXTS[row - 1]!)])),
};

const rerank = (reranker: Reranker, options: { candidates?: number; budgetMs?: number; signal?: AbortSignal } = {}) => {
  const { candidates = 4, budgetMs = null, signal } = options;
  const clock = createLegClock();
  const input = { reranking: { reranker, candidates, budgetMs }, query: 'each word', store, clock, signal };
  return rerankCandidates(CANDIDATES, input).then((result) => ({ ...result, legs: clock.reports() }));
};

const rowsOf = ({ candidates }: { readonly candidates: readonly Candidate[] }) => candidates.map(({ row }) => row);

/** Never done, but for its signal. */
const endless = () =>
  overlapReranker(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new RagError('ABORTED', { message: 'Interrupted.' })));
      }),
  );

test('the best are in the order of the reranker, equal ones in their own, the others behind them', async () => {
  const result = await rerank(overlapReranker());
  expect(rowsOf(result)).toEqual([3, 2, 4, 1, 5]);
  expect(result.notes).toEqual([]);
  expect(result.legs).toMatchObject([{ list: 'rerank', candidates: 4 }]);
});

test('score = best score of the others + share of the way from the lowest to the highest', async () => {
  const { candidates, fusion } = await rerank(overlapReranker());
  expect(candidates.map(({ score }) => score)).toEqual([1.6, 1.1, 1.1, 0.6, 0.6].map((score) => expect.closeTo(score)));
  expect(fusion).toEqual(['the best 4 reranked: score = 0.600 + (raw - 0.000) / 1.000']);
});

test('each has a signal with its rank and raw score behind those that it had; the others have none', async () => {
  const { candidates } = await rerank(overlapReranker());
  expect(candidates[0]?.signals).toEqual([
    { list: 'lexical', rank: 3, raw: 0.8 },
    { list: 'rerank', rank: 1, raw: 1 },
  ]);
  expect(candidates[1]?.signals.at(-1)).toEqual({ list: 'rerank', rank: 2, raw: 0.5 });
  expect(candidates[4]?.signals).toHaveLength(1);
});

test('scores never rise from one candidate to the next, whatever the reranker says', async () => {
  for (const raw of [
    [3, 1, 2, 9],
    [-4, -4, -4, -4],
    [1e300, -1e300, 0, 5],
    [0, 0, 0, 1e-320],
  ]) {
    const { candidates } = await rerank({ name: 'testing/fixed', rerank: async () => raw });
    const scores = candidates.map(({ score }) => score);
    expect(scores.every(Number.isFinite), String(scores)).toBe(true);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect([...rowsOf({ candidates })].sort()).toEqual([1, 2, 3, 4, 5]);
  }
});

test('without others the lowest score is 0, and equal raw scores keep the order', async () => {
  const all = await rerank(overlapReranker(), { candidates: 50 });
  expect(all.candidates.at(-1)?.score).toBe(0);
  const equal = await rerank({ name: 'testing/equal', rerank: async ({ passages }) => passages.map(() => 7) });
  expect(rowsOf(equal)).toEqual([1, 2, 3, 4, 5]);
  expect(equal.fusion).toEqual(['the best 4 reranked: score = 0.600 + 1']);
});

test('the reranker reads the title, the headings and the text', async () => {
  const reranker = overlapReranker();
  await rerank(reranker, { candidates: 1 });
  expect(reranker.requests[0]).toMatchObject({ query: 'each word', passages: ['Title 1 > Part\nnothing here'] });
});

test('what is not done within the budget is stopped, and the order before it stays, with a note', async () => {
  const reranker = endless();
  const result = await rerank(reranker, { budgetMs: 20 });
  expect(result.candidates).toEqual(CANDIDATES);
  expect(result.notes).toEqual([
    expect.stringMatching(/^Reranking by testing\/overlap was stopped after \d+ ms, its budget being 20 ms; hits keep/),
  ]);
  expect(result).toMatchObject({ fusion: [], legs: [] });
  expect(reranker.requests[0]?.signal?.aborted).toBe(true);
});

test('a fault of the reranker leaves the order, with a note that has reason and remedy', async () => {
  const failing = overlapReranker(() => {
    throw new RagError('MODEL_AUTH', { message: 'No key.', hint: 'Set COHERE_API_KEY.' });
  });
  const { candidates, notes } = await rerank(failing, { budgetMs: 10_000 });
  expect(candidates).toEqual(CANDIDATES);
  expect(notes).toEqual([expect.stringMatching(/failed after \d+ ms, so hits keep .* No key\. Set COHERE_API_KEY\.$/)]);
});

test('a signal that fires is ABORTED, no note', async () => {
  const controller = new AbortController();
  const answer = rerank(endless(), { signal: controller.signal, budgetMs: 60_000 });
  controller.abort();
  await expect(answer).rejects.toMatchObject({ code: 'ABORTED' });
});

test('no candidates and no reranker leave everything as it was', async () => {
  const clock = createLegClock();
  const reranker = overlapReranker();
  const reranking = { reranker, candidates: 5, budgetMs: null };
  const none = await rerankCandidates([], { reranking, query: 'x', store, clock });
  expect(none).toEqual({ candidates: [], fusion: [], notes: [] });
  expect(await rerankCandidates(CANDIDATES, { reranking: undefined, query: 'x', store, clock })).toMatchObject({
    candidates: CANDIDATES,
  });
  expect(reranker.requests).toEqual([]);
});
