import { expect, test } from 'vitest';
import { addGraphScores, graphSeeds } from '../../src/retrieve/add-graph-scores.ts';
import { type FusionName, fuseBy } from '../../src/retrieve/fuse-scores.ts';
import { createLegClock } from '../../src/retrieve/leg-clock.ts';
import { rerankCandidates } from '../../src/retrieve/rerank-candidates.ts';
import type { Candidate } from '../../src/retrieve/types.ts';
import type { StoredChunk } from '../../src/store/types.ts';
import { overlapReranker } from '../../src/testing/overlap-reranker.ts';
import { createRandom } from '../chunk/markdown-like.ts';

const sumOf = ({ parts = [] }: Candidate): number => parts.reduce((sum, { adds }) => sum + adds, 0);

const METHODS: readonly FusionName[] = ['sum', 'min-max', 'relative', 'distribution', 'rrf'];

const storedChunk = (row: number): StoredChunk =>
  ({
    row,
    chunk: { text: `passage ${row} of leave ${row % 3 === 0 ? 'parental' : ''}`, headingPath: [] },
    document: { title: '', type: 'txt' },
  }) as unknown as StoredChunk;

test('parts add up to the score after fusion, graph and rerank, whatever the lists', async () => {
  const random = createRandom(11);
  for (let round = 0; round < 60; round++) {
    const rows = Array.from({ length: 1 + random(20) }, (_, i) => i + 1);
    const scored = (most: number) =>
      rows.filter(() => random(3) > 0).map((row) => ({ row, score: random(1000) / most }));
    const [lexical, vector] = [scored(50), scored(1000)];
    const fused = fuseBy(METHODS[round % METHODS.length] as FusionName, 60, {
      legs: [
        { list: 'lexical', rows: lexical },
        { list: 'vector', rows: vector },
      ],
      words: new Map(lexical.map(({ row, score }) => [row, score])),
      cosines: new Map(vector.map(({ row, score }) => [row, score])),
      vectorWeight: 0.7,
    });
    const walked = addGraphScores(fused, {
      graph: { prepare: () => {}, rankByGraph: () => rows.map((row) => ({ row, score: random(100) / 100 })) },
      seeds: graphSeeds(fused, 3),
      weight: 2,
      limit: 20,
      mayAdd: true,
    });
    const { candidates } = await rerankCandidates(walked, {
      reranking: { reranker: overlapReranker(), candidates: 5, budgetMs: null },
      query: 'parental leave',
      store: { chunks: (wanted) => new Map(wanted.map((row) => [row, storedChunk(row)])) },
      clock: createLegClock(),
    });
    for (const candidate of [...fused, ...walked, ...candidates]) {
      expect(sumOf(candidate)).toBeCloseTo(candidate.score, 9);
    }
    if (walked.length > 0) expect(candidates[0]?.parts?.at(-1)?.from).toBe('rerank');
  }
});
