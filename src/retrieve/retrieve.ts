import { performance } from 'node:perf_hooks';
import type { SearchFilter } from '../domain/search.ts';
import type { Embedder } from '../embed/types.ts';
import type { PassageGraph } from '../graph/types.ts';
import type { ChunkRow, Store } from '../store/types.ts';
import { addGraphScores, graphSeeds } from './add-graph-scores.ts';
import { type Arrangement, arrangeChunks, type Cut, poolSize } from './arrange-chunks.ts';
import { rankExpanded } from './expansion/rank-expanded.ts';
import { createLegClock } from './leg-clock.ts';
import type { ParsedQuery } from './parse-query.ts';
import { understandQuery } from './query/understand-query.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import { defaultRetrievalParameters } from './retrieval-parameters.ts';
import type { Candidate, Retrieval, RetrievedChunk, RetrieveOptions } from './types.ts';

/** What finding passages needs; without a graph it is left out. */
export type RetrievalPorts = { readonly store: Store; readonly embedder: Embedder; readonly graph?: PassageGraph };

/** Most that each leg brings: what sqlite-vec and memory allow for. */
const MAX_CANDIDATES = 2000;

/**
 * Finds chunks for a query: by words, by vectors, or by both with their scores added, then over the entity graph, and
 * puts the best of them in a reranker's order if there is one. Falls back to what it has: a query without a vector is
 * answered by words.
 */
export async function retrieve(ports: RetrievalPorts, text: string, options: RetrieveOptions): Promise<Retrieval> {
  const { store } = ports;
  const parameters = { ...defaultRetrievalParameters, ...options.parameters };
  const { limit } = options;
  const understood = await understandQuery({
    text,
    filter: options.filter,
    now: options.now,
    passes: (filter) => store.documents(filter, 1, 0).length > 0,
  });
  const { filter } = understood;
  const asked = parameters.dropStopWords ? understood.query : withDropped(understood.query);
  const depth = Math.min(MAX_CANDIDATES, Math.max(parameters.candidates, limit * 2));
  const clock = createLegClock();
  const ranking = await rankExpanded(ports, asked, {
    mode: options.mode,
    depth,
    filter,
    parameters,
    clock,
    expansion: options.expansion,
    include: options.include,
    signal: options.signal,
  });
  const { query, mode } = ranking;
  const good = ranking.candidates.filter(({ score }) => score >= (options.minScore ?? 0));

  const walked = performance.now();
  const seeds = graphSeeds(good, parameters.graphSeeds);
  const ranked = addGraphScores(good, {
    graph: options.mode === 'hybrid' ? ports.graph : undefined,
    seeds,
    weight: parameters.graphWeight,
    limit: depth,
    mayAdd: !isRestricted(query, filter),
    // What only the graph found has to be good enough, too.
  }).filter(({ score }) => score >= (options.minScore ?? 0));
  const byGraph = ranked.filter(({ signals }) => signals.some(({ list }) => list === 'graph')).length;
  if (byGraph > 0) clock.note({ list: 'graph', candidates: byGraph, elapsedMs: performance.now() - walked });

  const reranked = await rerankCandidates(ranked, {
    reranking: options.reranking,
    query: query.wording || query.text,
    store,
    clock,
    signal: options.signal,
  });
  const { candidates } = reranked;

  const arrangement: Arrangement = {
    limit,
    perDocument: options.perDocument,
    copyOverlap: parameters.copyOverlap,
    diversity: options.diversity ?? 0,
    expansion: { window: options.window ?? 0, section: options.expandSections ?? false },
  };
  const cuts = new Map<ChunkRow, Cut>();
  const chunks = readChunks(store, candidates.slice(0, poolSize(candidates.length, arrangement)));
  return {
    query,
    filter,
    mode,
    chunks: arrangeChunks(chunks, arrangement, store, (row, cut) => cuts.set(row, cut)),
    notes: [...understood.notes, ...ranking.notes, ...reranked.notes],
    legs: clock.reports(),
    fusion: [
      [ranking.fusion, ...['agreement', 'graph'].filter((list) => hasSignal(chunks, list))].join(' + '),
      ...reranked.fusion,
    ].join('; '),
    trace: {
      parameters,
      depth,
      vector: ranking.vector,
      figures: ranking.figures,
      fused: ranking.candidates,
      seeds: byGraph > 0 ? seeds.map(({ row }) => row) : [],
      candidates,
      cuts,
    },
  };
}

const withDropped = (query: ParsedQuery): ParsedQuery => ({
  ...query,
  terms: [...query.terms, ...query.dropped],
  dropped: [],
});

/** Whether every passage must pass some test, which one that only the graph found was never put to. */
const isRestricted = (query: ParsedQuery, filter: SearchFilter): boolean =>
  query.phrases.length > 0 ||
  query.excluded.length > 0 ||
  Object.values(filter).some((value) => (typeof value === 'boolean' ? value : value?.length));

const hasSignal = (chunks: readonly RetrievedChunk[], wanted: string): boolean =>
  chunks.some(({ signals }) => signals.some(({ list }) => list === wanted));

function readChunks(store: Store, candidates: readonly Candidate[]): RetrievedChunk[] {
  const stored = store.chunks(candidates.map(({ row }) => row));
  return candidates.flatMap(({ row, score, signals, parts }) => {
    const chunk = stored.get(row);
    return chunk ? [{ ...chunk, score, signals, parts }] : [];
  });
}
