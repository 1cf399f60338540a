import { performance } from 'node:perf_hooks';
import type { SearchFilter, SearchMode } from '../domain/search.ts';
import type { Embedder } from '../embed/types.ts';
import type { PassageGraph } from '../graph/types.ts';
import type { Store } from '../store/types.ts';
import { addGraphScores } from './add-graph-scores.ts';
import { type Arrangement, arrangeChunks, poolSize } from './arrange-chunks.ts';
import { addScores, describeFusion, fuseBy, type Leg } from './fuse-scores.ts';
import { levelNearCopies } from './level-near-copies.ts';
import type { ParsedQuery } from './parse-query.ts';
import { correctTerms, didYouMean, type Suggestion, suggestWords } from './query/suggest-words.ts';
import { understandQuery } from './query/understand-query.ts';
import { defaultRetrievalParameters, type RetrievalParameters } from './retrieval-parameters.ts';
import type { Candidate, RetrievedChunk } from './types.ts';
import { vectorWeightOf } from './vector-weight.ts';

export type RetrieveOptions = {
  readonly mode: SearchMode;
  readonly limit: number;
  readonly filter: SearchFilter;
  /** Most chunks of one document; 0 = no bound. */
  readonly perDocument: number;
  readonly minScore?: number;
  /** From 0, the default, by score only, to 1, as different from each other as can be. */
  readonly diversity?: number;
  /** Neighbours on either side that each passage is returned with. */
  readonly window?: number;
  /** Return a section whole where enough of its passages match. */
  readonly expandSections?: boolean;
  /** Milliseconds since 1970, for dates in the query that are counted from today. */
  readonly now: number;
  /** In place of the defaults. */
  readonly parameters?: Partial<RetrievalParameters>;
  readonly signal?: AbortSignal;
};

export type Retrieval = {
  readonly query: ParsedQuery;
  /** As given, with what the query itself asks. */
  readonly filter: SearchFilter;
  /** The mode that was used. */
  readonly mode: SearchMode;
  readonly chunks: readonly RetrievedChunk[];
  readonly notes: readonly string[];
  readonly legs: readonly { readonly list: string; readonly candidates: number; readonly elapsedMs: number }[];
  readonly fusion: string;
};

/** Most that each leg brings: what sqlite-vec and memory allow for. */
const MAX_CANDIDATES = 2000;

/** Words of the index that a word, which the index does not have, is looked for inside of. */
const MAX_CONTAINING_WORDS = 20;
const MIN_SUBSTRING_LENGTH = 3;
/** Each reads the whole list of words; a pasted page of unknown words must not take minutes. */
const MAX_SUBSTRING_TERMS = 8;

/**
 * Finds chunks for a query: by words, by vectors, or by both with their scores added. Falls back to what it has:
 * a query without a vector is answered by words, and says so.
 */
export async function retrieve(
  { store, embedder, graph }: { readonly store: Store; readonly embedder: Embedder; readonly graph?: PassageGraph },
  text: string,
  options: RetrieveOptions,
): Promise<Retrieval> {
  const parameters = { ...defaultRetrievalParameters, ...options.parameters };
  const understood = await understandQuery({
    text,
    filter: options.filter,
    now: options.now,
    passes: (filter) => store.documents(filter, 1, 0).length > 0,
  });
  const { query: parsed, filter } = understood;
  let query = parameters.dropStopWords
    ? parsed
    : { ...parsed, terms: [...parsed.terms, ...parsed.dropped], dropped: [] };
  const { limit } = options;
  const depth = Math.min(MAX_CANDIDATES, Math.max(parameters.candidates, limit * 2));
  const notes: string[] = [...understood.notes];
  const legs: { list: string; candidates: number; elapsedMs: number }[] = [];
  const timed = <Found extends Leg>(find: () => Found): Found => {
    const started = performance.now();
    const leg = find();
    legs.push({ list: leg.list, candidates: leg.rows.length, elapsedMs: performance.now() - started });
    return leg;
  };

  let mode = options.mode;
  let vector = mode === 'lexical' || !query.wording ? null : await embedder.embedQuery(query.wording, options.signal);
  if (!vector && mode !== 'lexical') {
    if (mode === 'vector') notes.push('The query has no word that the embedding model knows; try --mode lexical.');
    else mode = 'lexical';
  }

  const lexical: Leg[] = [];
  if (mode !== 'vector') {
    lexical.push(
      timed(() => ({
        list: 'lexical' as const,
        rows: store.searchWords(query, depth, filter, parameters.columnWeights),
      })),
    );
    if (parameters.grams)
      lexical.push(timed(() => ({ list: 'trigram' as const, rows: store.searchGrams(query, depth, filter) })));
    if (lexical.every(({ rows }) => rows.length === 0)) {
      const inside = wordsAround(store, query);
      if (inside.length > 0) {
        const wider = { terms: inside, phrases: [] };
        const leg = timed(() => ({
          list: 'lexical' as const,
          rows: store.searchWords(wider, depth, filter, parameters.columnWeights),
        }));
        if (leg.rows.length > 0) {
          lexical.push(leg);
          notes.push(
            `No passage has the words as they stand; searched for words that contain them: ${inside.slice(0, 5).join(', ')}.`,
          );
        }
      }
    }
    let suggestions = suggestWords(store, query.terms);
    if (suggestions.length > 0 && lexical.every(({ rows }) => rows.length === 0)) {
      const corrected = { ...query, terms: correctTerms(query.terms, suggestions) };
      const leg = timed(() => ({
        list: 'lexical' as const,
        rows: store.searchWords(corrected, depth, filter, parameters.columnWeights),
      }));
      if (leg.rows.length > 0) {
        notes.push(`Nothing has ${namesOf(suggestions)}; searched for ${corrected.terms.join(' ')}.`);
        lexical.push(leg);
        query = corrected;
        suggestions = [];
        if (vector) vector = await embedder.embedQuery(corrected.terms.join(' '), options.signal);
      }
    }
    notes.push(...suggestions.map(didYouMean));
  }
  const direction = vector;
  const found = direction
    ? timed(() => ({ list: 'vector' as const, rows: store.searchVectors(direction, depth, filter) }))
    : null;
  const required = query.phrases.length > 0 && found && mode === 'hybrid' ? onlyRowsOf(found, lexical) : found;

  const cosines = new Map(required?.rows.map(({ row, score }) => [row, score]));
  if (vector && mode === 'hybrid') {
    const missing = lexical.flatMap(({ rows }) => rows.map(({ row }) => row)).filter((row) => !cosines.has(row));
    for (const [row, cosine] of store.scoreVectors(vector, missing)) cosines.set(row, cosine);
  }
  const words = addScores(lexical);
  const withGraph = (graph: PassageGraph, candidates: readonly Candidate[]): Candidate[] => {
    const started = performance.now();
    const isRestricted =
      query.phrases.length > 0 || query.excluded.length > 0 || Object.values(filter).some((value) => value?.length);
    const lifted = addGraphScores(candidates, {
      graph,
      seeds: parameters.graphSeeds,
      weight: parameters.graphWeight,
      limit: depth,
      mayAdd: !isRestricted,
    });
    const found = lifted.filter(({ signals }) => signals.some(({ list }) => list === 'graph')).length;
    if (found > 0) legs.push({ list: 'graph', candidates: found, elapsedMs: performance.now() - started });
    return lifted;
  };
  const vectorWeight = vectorWeightOf(query.terms.length, parameters);
  const levelled =
    mode === 'hybrid'
      ? levelNearCopies(words, cosines, (row) => store.chunkText(row), parameters.nearCopyOverlap)
      : cosines;
  const { rankConstant } = parameters;
  const fusion = mode === 'hybrid' ? parameters.fusion : 'sum';
  const fused = fuseBy(fusion, rankConstant, {
    legs: [...lexical, ...(required ? [required] : [])],
    words,
    cosines: levelled,
    vectorWeight,
    // The last of a list has 0 by min-max and is found all the same; a sum of 0 says that nothing matches.
  }).filter(({ score }) => score >= (options.minScore ?? 0) && (score > 0 || fusion !== 'sum'));
  const candidates = graph && parameters.graphWeight > 0 && options.mode === 'hybrid' ? withGraph(graph, fused) : fused;
  const arrangement: Arrangement = {
    limit,
    perDocument: options.perDocument,
    copyOverlap: parameters.copyOverlap,
    diversity: options.diversity ?? 0,
    expansion: { window: options.window ?? 0, section: options.expandSections ?? false },
  };
  const reach = poolSize(candidates.length, arrangement);
  const stored = store.chunks(candidates.slice(0, reach).map(({ row }) => row));
  const chunks = candidates.flatMap(({ row, score, signals }) => {
    const chunk = stored.get(row);
    return chunk ? [{ ...chunk, score, signals }] : [];
  });
  return {
    query,
    filter,
    mode,
    chunks: arrangeChunks(chunks, arrangement, store),
    notes,
    legs: legs.filter(({ list, candidates }) => list !== 'trigram' || candidates > 0),
    fusion:
      mode === 'hybrid'
        ? describeFusion(fusion, rankConstant, vectorWeight)
        : mode === 'lexical'
          ? 'score = words / best words'
          : 'score = cosine',
  };
}

const namesOf = (suggestions: readonly Suggestion[]): string => suggestions.map(({ term }) => `"${term}"`).join(', ');

/** A phrase in quotes must be there: the vector leg, which knows no phrases, may only lift what has it. */
const onlyRowsOf = (leg: Leg & { list: 'vector' }, lexical: readonly Leg[]): Leg & { list: 'vector' } => {
  const allowed = new Set(lexical.flatMap(({ rows }) => rows.map(({ row }) => row)));
  return { ...leg, rows: leg.rows.filter(({ row }) => allowed.has(row)) };
};

const wordsAround = (store: Store, { terms, phrases }: ParsedQuery): string[] =>
  phrases.length > 0
    ? []
    : [
        ...new Set(
          terms
            .filter((term) => term.length >= MIN_SUBSTRING_LENGTH)
            .slice(0, MAX_SUBSTRING_TERMS)
            .flatMap((term) => store.wordsContaining(term, MAX_CONTAINING_WORDS)),
        ),
      ];
