import { defaultSettings } from '../config/settings.ts';
import type { Settings } from '../config/types.ts';
import { createEmbedder } from '../embed/registry.ts';
import type { Embedder } from '../embed/types.ts';
import { RagError } from '../platform/errors.ts';
import { createProcessPool } from '../platform/process-pool.ts';
import { type Log, type Runtime, silentLog, systemClock } from '../platform/runtime.ts';
import { createSourceLister } from '../source/registry.ts';
import { resolveSource } from '../source/resolve-source.ts';
import type { SourceOptions, SourceSpec } from '../source/types.ts';
import { createStore } from '../store/sqlite/create-store.ts';
import type { StoredDocument } from '../store/types.ts';
import { ask } from './ask.ts';
import { doctor } from './doctor.ts';
import { ingest, rememberSource, workerCount } from './ingest/ingest.ts';
import type { IngestContext } from './ingest/ingest-context.ts';
import { parseWorkerEntry } from './ingest/parse-worker-entry.ts';
import { get } from './references.ts';
import { remove } from './remove.ts';
import { search } from './search.ts';
import { status } from './status.ts';
import type { AddOptions, DocumentSummary, KnowledgeBase } from './types.ts';

export const DEFAULT_COLLECTION = 'default';

const DEFAULT_LIST_LIMIT = 1000;

export type OpenOptions = {
  /** The database file. */
  readonly path: string;
  /** Make it when it is not there; true unless said otherwise. */
  readonly create?: boolean;
  readonly readOnly?: boolean;
  readonly settings?: Settings;
  readonly log?: Log;
  /** Another embedder than `settings.embedder.model` names. */
  readonly embedder?: Embedder;
};

/**
 * Opens a knowledge base, and makes the file if need be.
 * Throws RagError DB_MISSING, DB_NOT_RAGSTONE, DB_TOO_NEW, DB_READ_ONLY, DB_DAMAGED, MODEL_UNKNOWN.
 */
export async function openKnowledgeBase(options: OpenOptions): Promise<KnowledgeBase> {
  const { path, create = true, readOnly = false, settings = defaultSettings, log = silentLog } = options;
  const embedder = options.embedder ?? createEmbedder(settings.embedder.model);
  const runtime: Runtime = { clock: systemClock, log, fetch: globalThis.fetch };
  const store = createStore({ path, create, readOnly, clock: runtime.clock });
  const listSource = createSourceLister({ proxy: { http: settings.http.proxy, https: settings.http.proxy, no: settings.http.noProxy } });
  const context: IngestContext = {
    store,
    embedder,
    runtime,
    settings,
    listSource,
    startPool: () =>
      createProcessPool({
        entry: parseWorkerEntry(),
        size: workerCount(settings.ingest.workers),
        timeoutMs: settings.parse.timeoutMs,
        maxMemoryBytes: settings.parse.maxMemoryMb * 2 ** 20,
      }),
  };

  const summaryOf = (document: StoredDocument): DocumentSummary => ({
    ...document.source,
    path: document.path,
    bytes: document.bytes,
    chunks: document.chunks,
    tags: document.tags,
    indexedAt: document.indexedAt,
  });

  const remembered = (spec: SourceSpec, { collection = DEFAULT_COLLECTION, tags = [], dryRun = false, signal }: AddOptions) => {
    const source = rememberSource(context, spec, { collection, tags, dryRun });
    return { source, run: { dryRun, signal, retryFailures: true, pruneMissing: false } };
  };

  return {
    path,
    async *add(target, options = {}) {
      const spec = await resolveSource(target, sourceOptions(options, settings), process.cwd());
      if (spec.kind === 'url' && settings.offline) {
        throw new RagError('OFFLINE', { message: `${spec.uri} is not fetched while offline.`, hint: 'Leave out --offline.' });
      }
      const { source, run } = remembered(spec, options);
      yield* ingest(context, () => [source], run);
    },
    async *addBytes(bytes, options) {
      const { title } = options;
      const spec: SourceSpec = { kind: 'stdin', uri: `stdin:${encodeURIComponent(title)}`, options: { title } };
      const item = { uri: spec.uri, path: title, size: null, mtimeMs: null, content: { kind: 'bytes' as const, bytes } };
      const { source, run } = remembered(spec, options);
      const given = { ...context, listSource: async () => ({ items: [item], skipped: [], root: 'present' as const }) };
      yield* ingest(given, () => [source], run);
    },
    async *sync({ collection, dryRun = false, pruneMissing = false, signal } = {}) {
      // What came from standard input cannot be read again, so it stays as it is.
      const sources = () => store.sources(collection).filter(({ kind }) => kind !== 'stdin' && !(kind === 'url' && settings.offline));
      yield* ingest(context, sources, { dryRun, pruneMissing, signal, retryFailures: false });
    },
    list: ({ filter = {}, limit = DEFAULT_LIST_LIMIT, offset = 0 } = {}) => store.documents(filter, limit, offset).map(summaryOf),
    get: (reference) => get(store, reference),
    remove: (reference, { dryRun = false } = {}) => remove(store, reference, dryRun).map(summaryOf),
    search: (query, options) => search(context, query, options),
    ask: (question, options) => ask(context, question, options),
    collections: store.collections,
    createCollection: (name, description) => store.write((writer) => writer.ensureCollection(checkedName(name), description)),
    renameCollection: (from, to) => store.write((writer) => writer.renameCollection(from, checkedName(to))),
    removeCollection: (name) => store.write((writer) => writer.removeCollection(name)),
    status: () => status(store),
    doctor: () => doctor({ store, embedder, settings, fetch: runtime.fetch }),
    close: () => store.close(),
  };
}

function sourceOptions(options: AddOptions, settings: Settings): SourceOptions {
  const { include, exclude, hidden, noIgnore, maxFileBytes, allowPrivate, title } = options;
  return {
    include,
    exclude,
    hidden,
    noIgnore,
    title,
    maxFileBytes: maxFileBytes ?? settings.source.maxFileBytes,
    allowPrivate: allowPrivate ?? settings.source.allowPrivate,
  };
}

function checkedName(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(name)) return name;
  throw new RagError('USAGE', {
    message: `"${name}" cannot be the name of a collection.`,
    hint: 'Use letters, digits, dot, dash and underscore, 64 at most, beginning with a letter or digit.',
  });
}

