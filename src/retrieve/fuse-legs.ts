import type { SearchMode } from '../domain/search.ts';
import type { ChunkRow, Store } from '../store/types.ts';
import { addScores, describeFusion, fuseBy, type Leg } from './fuse-scores.ts';
import { levelNearCopies } from './level-near-copies.ts';
import type { ParsedQuery } from './parse-query.ts';
import type { RetrievalParameters } from './retrieval-parameters.ts';
import type { Candidate, FusionFigures } from './types.ts';
import { vectorWeightOf } from './vector-weight.ts';

export type FoundLegs = {
  readonly mode: SearchMode;
  readonly query: ParsedQuery;
  readonly words: readonly Leg[];
  /** Null where the vector leg takes no part. */
  readonly nearest: Leg | null;
  readonly vector: Float32Array | null;
};

/** One ranking from what the legs found, best first, and the arithmetic in words. */
export function fuseLegs(
  store: Pick<Store, 'scoreVectors' | 'chunkText'>,
  { mode, query, words, nearest, vector }: FoundLegs,
  parameters: RetrievalParameters,
): { readonly candidates: readonly Candidate[]; readonly fusion: string; readonly figures: FusionFigures } {
  const isHybrid = mode === 'hybrid';
  const vectorLeg = nearest && isHybrid && query.phrases.length > 0 ? onlyRowsOf(nearest, words) : nearest;
  const cosines = new Map(vectorLeg?.rows.map(({ row, score }) => [row, score]));
  if (vector && isHybrid) {
    const missing = words.flatMap(({ rows }) => rows.map(({ row }) => row)).filter((row) => !cosines.has(row));
    for (const [row, cosine] of store.scoreVectors(vector, missing)) cosines.set(row, cosine);
  }
  const wordScores = addScores(words);
  const method = isHybrid ? parameters.fusion : 'sum';
  const vectorWeight = vectorWeightOf(query.terms.length, parameters);
  const candidates = fuseBy(method, parameters.rankConstant, {
    legs: vectorLeg ? [...words, vectorLeg] : words,
    words: wordScores,
    cosines: isHybrid
      ? levelNearCopies(wordScores, cosines, (row) => store.chunkText(row), parameters.nearCopyOverlap)
      : cosines,
    vectorWeight,
    // The last of a list has 0 by min-max and is found all the same; a sum of 0 says that nothing matches.
  }).filter(({ score }) => score > 0 || method !== 'sum');
  const bestByWords = Math.max(0, ...wordScores.values());
  return {
    candidates,
    fusion: arithmeticOf(mode, describeFusion(method, parameters.rankConstant, vectorWeight)),
    figures: { method, bestByWords, vectorWeight: bestByWords > 0 ? vectorWeight : 1 },
  };
}

const arithmeticOf = (mode: SearchMode, hybrid: string): string => {
  if (mode === 'lexical') return 'score = words / best words';
  return mode === 'vector' ? 'score = cosine' : hybrid;
};

/** A phrase in quotes must be there: the vector leg, which knows no phrases, may only lift what has it. */
function onlyRowsOf(leg: Leg, words: readonly Leg[]): Leg {
  const allowed = new Set<ChunkRow>(words.flatMap(({ rows }) => rows.map(({ row }) => row)));
  return { ...leg, rows: leg.rows.filter(({ row }) => allowed.has(row)) };
}
