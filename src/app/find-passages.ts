import type { Settings } from '../config/types.ts';
import { RagError, throwIfAborted } from '../platform/errors.ts';
import type { QueryExpansion } from '../retrieve/expansion/types.ts';
import { defaultRetrievalParameters } from '../retrieve/retrieval-parameters.ts';
import { retrieve } from '../retrieve/retrieve.ts';
import type { Reranking, Retrieval } from '../retrieve/types.ts';
import type { ChunkRow } from '../store/types.ts';
import { checkSpace } from './agreed-space.ts';
import type { AppContext } from './app-context.ts';
import { checkSearchOptions } from './check-search-options.ts';
import { parametersOf } from './evaluate/configuration.ts';
import { inOneSpace } from './in-one-space.ts';
import { areTitlesLinked } from './ingest/are-titles-linked.ts';
import type { SearchOptions } from './types.ts';
import { foldSpaces } from './usage/normalize-question.ts';

/** Below it a copy with another figure would be one, and the figure may be what is looked for. */
const SAME_WORDS = 1;

/**
 * The ranking of a search, with the settings of the database and of the user. `include`: rows that the legs bring as well.
 * Throws USAGE for an empty query, MODEL_UNKNOWN for an unknown reranker, SPACE_MISMATCH when the database's vectors are
 * another model's.
 */
export async function findPassages(
  context: AppContext,
  text: string,
  options: SearchOptions & { readonly include?: readonly ChunkRow[] },
): Promise<Retrieval> {
  const { store, settings } = context;
  throwIfAborted(options.signal);
  if (!text.trim()) throw new RagError('USAGE', { message: 'The query is empty.', hint: 'Say what to look for.' });
  checkSearchOptions(options);
  const mode = options.mode ?? settings.search.mode;
  const filter = options.filter ?? {};
  const parameters = {
    ...parametersOf(store.tuning()),
    ...(options.graph === false ? { graphWeight: 0 } : {}),
    ...(options.collapseCopies ? { copyOverlap: SAME_WORDS } : {}),
    ...options.parameters,
  };
  const { graphWeight = defaultRetrievalParameters.graphWeight } = parameters;
  if (mode === 'hybrid' && graphWeight > 0 && !store.readOnly && !areTitlesLinked(store)) {
    const { linkDocumentTitles } = await import('./ingest/link-document-titles.ts');
    await linkDocumentTitles(store, { signal: options.signal, isHurried: true });
  }
  const retrieval = {
    mode,
    filter,
    limit: options.limit ?? settings.search.limit,
    perDocument: options.perDocument ?? settings.search.perDocument,
    minScore: options.minScore,
    diversity: options.diversity,
    window: options.window,
    expandSections: options.expandSections,
    expansion: await expansionFor(context, options),
    reranking: await rerankingOf(context, options),
    now: context.runtime.clock.now(),
    parameters,
    include: options.include,
    signal: options.signal,
  };
  return inOneSpace(store, async () => {
    if (mode !== 'lexical') checkSpace(context);
    return retrieve(context, foldSpaces(text), retrieval);
  });
}

/** Whether the options or the settings name a reranker. */
export const isReranking = ({ settings, rerankers }: AppContext, options: SearchOptions): boolean =>
  rerankers !== undefined && rerankerName(settings, options) !== null;

const rerankerName = (settings: Settings, options: SearchOptions): string | null => {
  const name = options.rerank ?? settings.rerank.model;
  return name === undefined || name === 'none' ? null : name;
};

/** What asks models is loaded where one is asked. */
async function expansionFor(context: AppContext, options: SearchOptions): Promise<QueryExpansion | undefined> {
  if (options.expandQuery === undefined) return undefined;
  const { expansionOf } = await import('./query-expansion.ts');
  return expansionOf(options.expandQuery, options.expansionModel, context);
}

async function rerankingOf(
  { rerankers, settings }: AppContext,
  options: SearchOptions,
): Promise<Reranking | undefined> {
  const name = rerankerName(settings, options);
  if (name === null || !rerankers) return undefined;
  return {
    reranker: await rerankers.named(name),
    candidates: settings.rerank.candidates,
    budgetMs: options.budgetMs ?? settings.rerank.budgetMs ?? null,
  };
}
