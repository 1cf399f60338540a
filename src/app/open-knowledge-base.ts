import { defaultSettings } from '../config/settings.ts';
import type { Settings } from '../config/types.ts';
import type { Embedder } from '../embed/types.ts';
import { createPassageGraph } from '../graph/passage-graph.ts';
import { createProxiedFetch } from '../platform/http/proxied-fetch.ts';
import { type Log, type Runtime, silentLog, systemClock } from '../platform/runtime.ts';
import { createStore } from '../store/sqlite/create-store.ts';
import type { Store, StoredDocument } from '../store/types.ts';
import { createActiveEmbedder } from './active-embedder.ts';
import type { AppContext } from './app-context.ts';
import { checkedCollectionName } from './collection-name.ts';
import { databaseKey } from './database-key.ts';
import { documentIdOf } from './document-id.ts';
import { packTuning, unpackTuning } from './evaluate/tuning-note.ts';
import { withLedgerOf } from './history/with-ledger-of.ts';
import { makeEmbedder } from './make-embedder.ts';
import { createKeptText } from './privacy/kept-text.ts';
import { treatQuestions } from './privacy/treat-questions.ts';
import { get } from './references.ts';
import { remove } from './remove.ts';
import { createRerankerPool } from './reranker-pool.ts';
import { status } from './status.ts';
import type { DocumentSummary, KnowledgeBase } from './types.ts';
import { createMemoryCache } from './usage/memory-cache.ts';
import { rememberedSearch } from './usage/remembered-search.ts';
import { waitForWriteLock } from './wait-for-write-lock.ts';

const DEFAULT_LIST_LIMIT = 1000;

/** Some hundred results of ten hits. */
const MAX_RESULT_BYTES = 16_000_000;

export type OpenOptions = {
  /** The database file. */
  readonly path: string;
  /** Make it when it is not there; true unless said otherwise. */
  readonly create?: boolean;
  readonly readOnly?: boolean;
  readonly settings?: Settings;
  readonly log?: Log;
  /** Another embedder than the settings or the database name. */
  readonly embedder?: Embedder;
  /** The base of which this is a former state: what models cost is recorded there, and bounded by what was spent there. */
  readonly presentStore?: Store;
};

/**
 * Opens a knowledge base, and makes the file if need be.
 * Throws RagError DB_MISSING, DB_NOT_RAGSTONE, DB_TOO_NEW, DB_READ_ONLY, DB_DAMAGED.
 */
export async function openKnowledgeBase(options: OpenOptions): Promise<KnowledgeBase> {
  const { path, create = true, readOnly = false, settings = defaultSettings, log = silentLog } = options;
  const fetch = createProxiedFetch({ proxy: settings.http.proxy, noProxy: settings.http.noProxy });
  const runtime: Runtime = { clock: systemClock, log, fetch };
  const key = databaseKey(settings);
  const keepsVersions = settings.history.enabled;
  const opened = createStore({ path, create, readOnly, key, clock: runtime.clock, keepsVersions });
  const store = options.presentStore ? withLedgerOf(options.presentStore, opened) : opened;
  if (store.copy) {
    const what = `${path} stands where nothing can be written, so a copy of it is read`;
    if (store.copy.mayBeStale) log.warn(`${what}; what another process writes from now on is not seen.`);
    else log.info(`${what}.`);
  }
  const embedder =
    options.embedder ??
    createActiveEmbedder({
      configured: settings.embedder.model,
      space: store.space,
      make: (name, knownSpace) =>
        makeEmbedder(name, {
          settings,
          runtime,
          store,
          knownSpace,
          isAskedFor: settings.embedder.model !== undefined,
        }),
    });
  const rerankers = createRerankerPool({ store, settings, runtime });
  const kept = createKeptText(store, settings);
  const context: AppContext = {
    store,
    embedder,
    runtime,
    settings,
    graph: createPassageGraph(store),
    rerankers,
    results: createMemoryCache(MAX_RESULT_BYTES),
    isPast: options.presentStore !== undefined,
    kept,
  };

  const summaryOf = (document: StoredDocument): DocumentSummary => ({
    ...document.source,
    path: document.path,
    bytes: document.bytes,
    chunks: document.chunks,
    tags: document.tags,
    language: document.language,
    kind: document.kind,
    warnings: document.warnings,
    indexedAt: document.indexedAt,
    version: document.version,
    isPinned: document.isPinned,
  });

  const knowledgeBase: KnowledgeBase = {
    path,
    // What only some commands need is loaded by them: a search should not wait for the parsers' door-keepers.
    async *add(target, options = {}) {
      const { addTarget } = await import('./ingest/add-source.ts');
      yield* addTarget(context, target, options);
    },
    async *addBytes(bytes, options) {
      const { addBytes } = await import('./ingest/add-source.ts');
      yield* addBytes(context, bytes, options);
    },
    async *sync(options = {}) {
      const { syncSources } = await import('./ingest/sync-sources.ts');
      yield* syncSources(context, options);
    },
    async *watch(options = {}) {
      const { watchSources } = await import('./watch/watch-sources.ts');
      yield* watchSources(context, options);
    },
    async *reprocess(options = {}) {
      const { reprocess } = await import('./reprocess/reprocess.ts');
      yield* reprocess(context, options);
    },
    list: ({ filter = {}, limit = DEFAULT_LIST_LIMIT, offset = 0 } = {}) =>
      store.documents(filter, limit, offset).map(summaryOf),
    get: (reference) => get(store, reference),
    remove: (reference, { dryRun = false } = {}) => remove(store, reference, dryRun).map(summaryOf),
    search: (query, options = {}) => rememberedSearch(context, query, options),
    async explain(query, reference, options) {
      const { explain } = await import('./explain/explain.ts');
      return explain(context, query, reference, options);
    },
    async *ask(question, options) {
      const { ask } = await import('./ask.ts');
      yield* ask(context, question, options);
    },
    async context(question, options) {
      const { contextFor } = await import('./context/context-for.ts');
      return contextFor(context, question, options);
    },
    async *summarize(target, options) {
      const { summarize } = await import('./summarize/summarize.ts');
      yield* summarize(context, target, options);
    },
    async generator(name, purpose) {
      const { generatorFor } = await import('./generator-for.ts');
      return generatorFor(name, context, purpose);
    },
    async tryModel(model, signal) {
      const { tryModel } = await import('./models/try-model.ts');
      return tryModel(model, context, signal);
    },
    async replay(record, options) {
      const { replay } = await import('./record/replay.ts');
      return replay(context, record, options);
    },
    async chat(options) {
      const { openChat } = await import('./chat/sessions.ts');
      return openChat(context, options);
    },
    async sessions() {
      const { createSessionList } = await import('./chat/sessions.ts');
      return createSessionList(context);
    },
    collections: store.collections,
    createCollection: (name, description) =>
      store.write((writer) => writer.ensureCollection(checkedCollectionName(name), description)),
    renameCollection: (from, to) =>
      store.write((writer) => writer.renameCollection(from, checkedCollectionName(to), (uri) => documentIdOf(to, uri))),
    removeCollection: (name) => store.write((writer) => writer.removeCollection(name)),
    tuning: () => unpackTuning(store.tuning()).values,
    setTuning: (values, note) => {
      const at = new Date(runtime.clock.now()).toISOString();
      store.write((writer) => writer.putTuning(packTuning(values, note && { ...note, at })));
    },
    async graph() {
      const { createEntityGraph } = await import('./graph/entity-graph.ts');
      return createEntityGraph(context);
    },
    async usage() {
      const { createUsage } = await import('./usage/usage.ts');
      return createUsage(context);
    },
    async understanding() {
      const { createUnderstanding } = await import('./understanding/understanding.ts');
      return createUnderstanding(context);
    },
    async privacy() {
      const { createPrivacy } = await import('./privacy/privacy.ts');
      return createPrivacy(context);
    },
    async history() {
      const { createHistory } = await import('./history/history.ts');
      return createHistory(context, {
        openStore: (copy) => createStore({ path: copy, create: false, readOnly: false, key, clock: runtime.clock }),
        openPast: (copy) =>
          openKnowledgeBase({ ...options, path: copy, create: false, readOnly: true, presentStore: store }),
      });
    },
    async vectorModels() {
      const { createVectorModels } = await import('./models/vector-models.ts');
      return createVectorModels(context);
    },
    async jobs() {
      const { createJobs } = await import('./jobs/jobs.ts');
      return createJobs(context);
    },
    whenWritable: (signal) => waitForWriteLock(context, signal),
    async transfer() {
      const { createTransfer } = await import('./transfer/transfer.ts');
      return createTransfer(context);
    },
    async maintenance() {
      const { createMaintenance } = await import('./maintain/maintenance.ts');
      return createMaintenance(context);
    },
    status: () => status(context),
    async doctor() {
      const { doctor } = await import('./doctor.ts');
      return await doctor(context);
    },
    close() {
      rerankers.close();
      embedder.close?.();
      store.close();
    },
  };
  return treatQuestions(knowledgeBase, kept);
}
