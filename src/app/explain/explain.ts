import { parseChunkId } from '../../domain/ids.ts';
import { RagError } from '../../platform/errors.ts';
import type { Candidate, Retrieval } from '../../retrieve/types.ts';
import type { ChunkRow, StoredDocument } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { findPassages } from '../find-passages.ts';
import { createGraphIndexCache } from '../graph/graph-index.ts';
import { findByReference, one } from '../references.ts';
import { explanationOf } from '../search-explanation.ts';
import { checkFilters } from './check-filters.ts';
import { allowedRows } from './decide-cut.ts';
import { explainPassage, type PassageView } from './explain-passage.ts';
import { createGraphLinks } from './link-over-graph.ts';
import { explainMissing } from './missing-document.ts';
import { staleness } from './staleness.ts';
import type { ExplainOptions, Explanation } from './types.ts';

const DEFAULT_PASSAGES = 3;
/** Passages of one document that the lists are asked for; a longer one is explained by those that were found. */
const MAX_INCLUDED = 5000;

/**
 * Why a passage, or the best ones of a document, are where they are in a search, or why they are missing. Runs the search
 * itself; where it does not rank a passage, runs it again with lists that are long enough. Throws as `search` does, and
 * USAGE for a reference to several documents.
 */
export async function explain(
  context: AppContext,
  query: string,
  reference: string,
  options: ExplainOptions = {},
): Promise<Explanation> {
  const { store, settings } = context;
  if (!reference.trim())
    throw new RagError('USAGE', { message: 'Nothing was named.', hint: 'Name a path or the id of a passage.' });
  const found = await findPassages(context, query, options);
  const limit = options.limit ?? settings.search.limit;
  const whole = {
    query,
    reference,
    mode: found.mode,
    search: explanationOf(found),
    notes: found.notes,
    candidates: found.trace.candidates.length,
    hits: found.chunks.length,
    limit,
  };
  const document = documentOf(context, reference);
  if (!document) {
    const missing = await explainMissing(context, reference);
    return { ...whole, document: null, stale: null, filters: [], passages: [], allPassages: 0, missing };
  }
  const filters = checkFilters(store, document.row, found.filter);
  const all = store.chunkRows(document.row);
  const chunkId = parseChunkId(reference);
  const wanted = chunkId ? all.slice(chunkId.ordinal, chunkId.ordinal + 1) : all;
  if (chunkId && wanted.length === 0) {
    throw new RagError('NOT_FOUND', {
      message: `${document.path} has ${all.length} passages; there is no number ${chunkId.ordinal}.`,
      hint: 'The document may have changed since the search; search again.',
    });
  }
  const most = chunkId ? 1 : (options.passages ?? DEFAULT_PASSAGES);
  const isFiltered = filters.some(({ passes }) => !passes);
  const view = await viewOf(context, { query, options, found, wanted, most, isFiltered });
  const rows = bestRows(view, wanted).slice(0, most);
  const stored = store.chunks(rows);
  return {
    ...whole,
    document: { ...document.source, path: document.path, tags: document.tags },
    stale: staleness(store, document),
    filters,
    passages: rows.flatMap((row) => {
      const passage = stored.get(row);
      return passage ? [explainPassage(passage, { ...view, filters, limit, minScore: options.minScore ?? 0 })] : [];
    }),
    allPassages: all.length,
    missing: null,
  };
}

/** Null when there is none; throws USAGE when the reference names several. */
function documentOf({ store }: AppContext, reference: string): StoredDocument | null {
  const chunkId = parseChunkId(reference);
  if (chunkId) return one(store, chunkId.documentId, reference);
  return findByReference(store, reference).length === 0 ? null : one(store, reference);
}

type Wanted = {
  readonly query: string;
  readonly options: ExplainOptions;
  readonly found: Retrieval;
  readonly wanted: readonly ChunkRow[];
  readonly most: number;
  readonly isFiltered: boolean;
};

async function viewOf(
  context: AppContext,
  { query, options, found, wanted, most, isFiltered }: Wanted,
): Promise<Omit<PassageView, 'filters' | 'limit' | 'minScore'>> {
  const { store } = context;
  const own = new Set(wanted);
  const ranked = found.trace.fused.filter(({ row }) => own.has(row)).length;
  const include = isFiltered ? [] : allowedRows(store, found.query, wanted.slice(0, MAX_INCLUDED));
  // Nothing is reranked a second time: that costs money, and no passage gets into the reranked part by it.
  const longer =
    ranked >= Math.min(most, include.length)
      ? null
      : await findPassages(context, query, { ...options, rerank: 'none', include });
  const hasGraph = [found, longer].some((each) => each && each.trace.seeds.length > 0);
  const links = hasGraph ? createGraphLinks(store, createGraphIndexCache(store)()) : null;
  return { store, found, longer, links };
}

/** Hits first, then candidates by their place, then what longer lists would bring, then those that have the words, then the beginning of the document. */
function bestRows(
  { store, found, longer }: Pick<PassageView, 'store' | 'found' | 'longer'>,
  wanted: readonly ChunkRow[],
): ChunkRow[] {
  const own = new Set(wanted);
  const byWords = [...store.scoreWords(found.query, wanted)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const rowsOf = (candidates: readonly Candidate[]): ChunkRow[] =>
    candidates.map(({ row }) => row).filter((row) => own.has(row));
  return [
    ...new Set([
      ...rowsOf(found.trace.candidates),
      ...rowsOf(found.trace.fused),
      ...rowsOf(longer?.trace.candidates ?? []),
      ...byWords.map(([row]) => row),
      ...wanted,
    ]),
  ];
}
