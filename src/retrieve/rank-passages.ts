import type { SearchMode } from '../domain/search.ts';
import type { Embedder } from '../embed/types.ts';
import type { Store } from '../store/types.ts';
import { addAgreementScores } from './add-agreement-scores.ts';
import { findByVector } from './find-by-vector.ts';
import { findByWords, type LegOptions } from './find-by-words.ts';
import { fuseLegs } from './fuse-legs.ts';
import type { Leg } from './fuse-scores.ts';
import type { ParsedQuery } from './parse-query.ts';
import type { Candidate, FusionFigures } from './types.ts';

export type RankingOptions = LegOptions & {
  readonly mode: SearchMode;
  /** In place of the query's own vector. */
  readonly vector?: Float32Array | null;
  /** Passages that other words than the query's found, beside its own. */
  readonly widened?: Leg;
  readonly signal?: AbortSignal;
};

export type Ranking = {
  /** What was looked for in the end: as asked, or with its spelling corrected. */
  readonly query: ParsedQuery;
  /** The mode that was used: words alone where the query has no vector. */
  readonly mode: SearchMode;
  readonly vector: Float32Array | null;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** Passages that the query's words found. */
  readonly foundByWords: number;
  /** The arithmetic of the score, in words. */
  readonly fusion: string;
  readonly figures: FusionFigures;
  readonly notes: readonly string[];
};

const NO_VECTOR = 'The query has no word that the embedding model knows; try --mode lexical.';

/** One ranking for one query: the legs, fused, and the agreement of words. */
export async function rankPassages(
  { store, embedder }: { readonly store: Store; readonly embedder: Embedder },
  asked: ParsedQuery,
  options: RankingOptions,
): Promise<Ranking> {
  const { parameters, signal, widened } = options;
  const found = options.mode === 'vector' ? { legs: [], query: asked, notes: [] } : findByWords(store, asked, options);
  const { query } = found;
  const isWanted = options.mode !== 'lexical' && query.wording !== '';
  const vector = isWanted ? (options.vector ?? (await embedder.embedQuery(query.wording, signal))) : null;
  const mode = options.mode === 'hybrid' && !vector ? 'lexical' : options.mode;
  const { candidates, fusion, figures } = fuseLegs(
    store,
    {
      mode,
      query,
      words: widened ? [...found.legs, widened] : found.legs,
      nearest: vector && findByVector(store, vector, options),
      vector,
    },
    parameters,
  );
  return {
    query,
    mode,
    vector,
    candidates:
      mode === 'hybrid'
        ? addAgreementScores(candidates, [...query.terms, ...query.phrases], { store, parameters })
        : candidates,
    foundByWords: found.legs.reduce((most, { rows }) => Math.max(most, rows.length), 0),
    fusion,
    figures,
    notes: mode === 'vector' && !vector ? [NO_VECTOR, ...found.notes] : found.notes,
  };
}
