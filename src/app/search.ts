import { performance } from 'node:perf_hooks';
import type { SearchFilter } from '../domain/search.ts';
import { makeSnippet } from '../retrieve/make-snippet.ts';
import { readableText } from '../retrieve/readable-text.ts';
import type { Retrieval } from '../retrieve/types.ts';
import type { AppContext } from './app-context.ts';
import type { PassageExplanation } from './explain/types.ts';
import { explainFilter } from './explain-filter.ts';
import { findPassages, isReranking } from './find-passages.ts';
import { withPlace } from './places.ts';
import { explanationOf } from './search-explanation.ts';
import type { SearchHit, SearchOptions, SearchResult } from './types.ts';
import { noteOnVectorsOnly } from './vectors-only.ts';

/**
 * Finds passages. Throws USAGE for an empty query, MODEL_UNKNOWN for an unknown reranker, SPACE_MISMATCH when the
 * database's vectors are another model's.
 */
export async function search(context: AppContext, text: string, options: SearchOptions = {}): Promise<SearchResult> {
  const { store } = context;
  const started = performance.now();
  const retrieval = await findPassages(context, text, options);
  const words = [...retrieval.query.terms, ...retrieval.query.phrases];
  const hits = retrieval.chunks.map(
    ({ chunk, document, path, score, signals, parts, copies }, i): SearchHit =>
      withPlace(store, {
        chunk,
        document,
        path,
        score,
        signals,
        ...(parts ? { parts } : {}),
        rank: i + 1,
        ...(copies ? { copies } : {}),
        snippet: makeSnippet(readableText(chunk.text, document.type, [document.title, ...chunk.headingPath]), words),
      }),
  );
  return {
    query: text,
    mode: retrieval.mode,
    hits,
    elapsedMs: performance.now() - started,
    notes: [
      ...retrieval.notes,
      ...noteOnVectorsOnly(hits, retrieval.mode),
      ...(hits.length > 0 ? [] : reasonsForNothing(context, retrieval, options)),
      ...(options.budgetMs !== undefined && !isReranking(context, options) ? [IDLE_BUDGET] : []),
    ],
    explanation: { ...explanationOf(retrieval), ...(options.filter ? { given: options.filter } : {}) },
    ...(options.explain ? { explained: await explained(context, retrieval) } : {}),
  };
}

async function explained({ store }: AppContext, retrieval: Retrieval): Promise<readonly PassageExplanation[]> {
  const { explainHits } = await import('./explain/explain-hits.ts');
  return explainHits(store, retrieval, retrieval.chunks.length);
}

const IDLE_BUDGET = 'The budget bounds reranking only, and nothing was reranked: name a model with --rerank.';

function reasonsForNothing(
  { store, isPast }: AppContext,
  { query, notes }: Retrieval,
  options: SearchOptions,
): string[] {
  store.checkSearched();
  if (notes.length > 0) return [];
  if (store.counts().documents === 0)
    return [
      isPast
        ? 'The database held no documents at that moment: name a later one.'
        : 'The database is empty: add documents with `rag add <folder>`.',
    ];
  const filter = options.filter ?? {};
  const filtered = Object.values(filter).some((value) => (Array.isArray(value) ? value.length > 0 : value));
  const passes = (each: SearchFilter): boolean => store.documents(each, 1, 0).length > 0;
  if (filtered && !passes(filter)) {
    return explainFilter(filter, {
      collections: () => store.collections().map(({ name }) => name),
      types: () => Object.keys(store.typeCounts()),
      passes,
    });
  }
  const reasons: string[] = [];
  if (filtered && query.phrases.length === 0)
    reasons.push('Nothing matches among the documents that pass the filters.');
  if (query.phrases.length > 0) {
    const exact = query.phrases.map((phrase) => `"${phrase}"`).join(', ');
    reasons.push(`No passage ${filtered ? 'of these ' : ''}has the exact words ${exact}.`);
  }
  if (query.excluded.length > 0)
    reasons.push(
      `Passages with ${query.excluded.map((each) => `"${each}"`).join(', ')} were left out, as the query says.`,
    );
  if (query.filters.length > 0)
    reasons.push(`Only documents that pass ${query.filters.map(({ written }) => written).join(' ')} were looked at.`);
  if ((options.minScore ?? 0) > 0) reasons.push(`--min-score ${options.minScore} left nothing over.`);
  return reasons.length > 0 ? reasons : ['No passage has any of these words.'];
}
