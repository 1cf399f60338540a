import { parsers } from '../../parse/registry.ts';
import { RagError } from '../../platform/errors.ts';
import type { Processing, StoredDocument, StoredSource } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { createDocumentWriter } from '../ingest/document-writer.ts';
import { createEmbedProgress } from '../ingest/embed-progress.ts';
import { createEventChannel } from '../ingest/event-channel.ts';
import { MANY_CHANGES } from '../ingest/ingest.ts';
import { type IngestContext, ingestContext } from '../ingest/ingest-context.ts';
import { linkDocumentTitles } from '../ingest/link-document-titles.ts';
import { chunkingOf } from '../ingest/read-item.ts';
import { createSettler } from '../ingest/settle-item.ts';
import { workerCount } from '../ingest/worker-count.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { compareChunks, isSameDocument, ownTitleOf } from './compare-chunks.ts';
import { findSourceItems } from './find-source-items.ts';
import { readAgain } from './read-again.ts';
import type { ReprocessEvent, ReprocessedItem, ReprocessOptions, ReprocessReport } from './types.ts';

/** Documents in flight for each worker. */
const IN_FLIGHT_PER_WORKER = 4;

/**
 * Parses and cuts documents anew, beside what is stored, and swaps each in one transaction: who reads sees the old or the
 * new. Interrupted or killed, some documents are as before and some as wanted; the next run finds the latter unchanged. A
 * document that cannot be read so stays as it was. The last event is `reprocess-end`. Throws USAGE, CONFIG_INVALID,
 * NOT_FOUND when no document passes the filter, DB_*.
 */
export async function* reprocess(context: AppContext, options: ReprocessOptions): AsyncIterable<ReprocessEvent> {
  checkOptions(context, options);
  const documents = context.store.documents(options.filter ?? {}, Number.MAX_SAFE_INTEGER, 0);
  const left = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  const channel = createEventChannel<ReprocessEvent>();
  const work = run(ingestContext(context), { ...options, signal }, documents, channel.push).then(
    channel.end,
    channel.fail,
  );
  try {
    yield* channel;
  } finally {
    left.abort();
    await work;
  }
}

async function run(
  context: IngestContext,
  options: ReprocessOptions & { readonly signal: AbortSignal },
  documents: readonly StoredDocument[],
  tell: (event: ReprocessEvent) => void,
): Promise<void> {
  const { store, runtime, settings } = context;
  const { signal, dryRun = false } = options;
  const started = runtime.clock.now();
  const counts: Record<ReprocessedItem['status'], number> = { changed: 0, unchanged: 0, failed: 0 };
  const chunks = { before: 0, after: 0, kept: 0 };
  let fromStored = 0;
  let done = 0;
  const end = (item: ReprocessedItem): void => {
    counts[item.status]++;
    if (item.isFromStored) fromStored++;
    for (const part of ['before', 'after', 'kept'] as const) chunks[part] += item.chunks[part];
    tell({ type: 'item-end', item, done: ++done, total: documents.length });
  };
  const embedProgress = createEmbedProgress(runtime.clock, (embedded, total) =>
    tell({ type: 'embed-progress', done: embedded, total }),
  );
  embedProgress.expectDocuments(documents.length);
  const writer = createDocumentWriter(context, embedProgress);
  const pool = context.startPool();
  const onAbort = () => pool.close();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  /** What is told of a document once it is stored. */
  const waiting = new Map<string, ReprocessedItem>();
  const flush = async (): Promise<void> => {
    if (dryRun) return;
    await waitForWriteLock(context, signal);
    await writer.flush(signal.aborted ? undefined : signal);
    for (const item of waiting.values()) end(item);
    waiting.clear();
  };

  const reprocessSource = async (source: StoredSource, own: readonly StoredDocument[]): Promise<void> => {
    const known = store.knownItems(source.row);
    const processing = store.processing(source.row);
    const items = await findSourceItems(context, source, signal);
    const settler = createSettler({ source, known, writer, tell: () => {}, dryRun });

    const one = async (document: StoredDocument): Promise<() => void> => {
      const { uri } = document.source;
      const former = processing.get(uri) ?? {};
      const wanted = wantedOf(former, options);
      const { item, reply, isFromStored } = await readAgain(context, pool, {
        source,
        document,
        known: known.get(uri),
        item: items.get(uri),
        processing: wanted,
      });
      return () => {
        embedProgress.documentRead();
        const facts = { path: document.path, uri, isFromStored };
        const stays = { before: document.chunks, after: document.chunks, kept: document.chunks };
        if (reply.status !== 'parsed') {
          const { code, message, hint } =
            reply.status === 'failed'
              ? reply
              : { code: 'PARSE_UNSUPPORTED', message: 'It holds many documents now.', hint: 'Run `rag sync` first.' };
          end({ ...facts, status: 'failed', chunks: stays, reason: { code, message, hint } });
          return;
        }
        const stored = store.document(document.row);
        const { change, isSame } = compareChunks(
          { chunks: store.documentChunks(document.row), ownTitle: ownTitleOf(stored.source.title, document.path) },
          reply.chunks,
        );
        const isUnchanged = isSame && isSameDocument(stored, document.path, reply.document);
        const result: ReprocessedItem = { ...facts, status: isUnchanged ? 'unchanged' : 'changed', chunks: change };
        if (dryRun) return end(result);
        if (!isUnchanged) settler.settle(item, reply);
        if (JSON.stringify(former) !== JSON.stringify(wanted)) {
          writer.put((w) => w.putProcessing(source.row, uri, wanted), null);
        }
        waiting.set(uri, result);
      };
    };

    const inFlight = new Map<number, Promise<{ readonly key: number; readonly settle: () => void }>>();
    const takeOne = async (): Promise<void> => {
      const { key, settle } = await Promise.race(inFlight.values());
      inFlight.delete(key);
      settle();
      if (writer.isFull() || waiting.size >= MANY_CHANGES) await flush();
    };
    const most = workerCount(settings.ingest.workers) * IN_FLIGHT_PER_WORKER;
    try {
      for (const [key, document] of own.entries()) {
        if (signal.aborted) return;
        inFlight.set(
          key,
          one(document).then((settle) => ({ key, settle })),
        );
        if (inFlight.size >= most) await takeOne();
      }
      while (inFlight.size > 0 && !signal.aborted) await takeOne();
    } finally {
      // Replies that never come must not become unhandled rejections when the pool closes.
      for (const rest of inFlight.values()) rest.catch(() => {});
    }
  };

  try {
    for (const source of store.sources()) {
      const own = documents.filter(({ sourceRow }) => sourceRow === source.row);
      if (own.length > 0 && !signal.aborted) await reprocessSource(source, own);
    }
    await flush();
    if (!dryRun && counts.changed > 0) {
      await linkDocumentTitles(store, { signal });
      if (counts.changed >= MANY_CHANGES && !signal.aborted) context.graph?.prepare();
      store.checkpoint();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    pool.close();
  }
  const elapsedMs = runtime.clock.now() - started;
  const report: ReprocessReport = { dryRun, counts, fromStored, chunks, elapsedMs, interrupted: signal.aborted };
  tell({ type: 'reprocess-end', report });
}

/** What the document is read by from now on: what is asked for, over what it had. */
function wantedOf(former: Processing, { processing = {}, reset = false }: ReprocessOptions): Processing {
  const asked = Object.entries(processing).filter(([, value]) => value !== undefined);
  return { ...(reset ? {} : former), ...Object.fromEntries(asked) };
}

function checkOptions(
  { settings, store }: AppContext,
  { processing = {}, filter = {}, dryRun }: ReprocessOptions,
): void {
  const { parser } = processing;
  if (parser !== undefined && !parsers.some(({ type }) => type === parser)) {
    const types = [...new Set(parsers.map(({ type }) => type))].sort().join(', ');
    throw new RagError('USAGE', { message: `There is no parser "${parser}".`, hint: `There are: ${types}.` });
  }
  const { targetTokens, maxTokens } = chunkingOf(settings, processing);
  if (targetTokens > maxTokens) {
    throw new RagError('USAGE', {
      message: `Passages cannot be of ${targetTokens} tokens on average and ${maxTokens} at most.`,
      hint: 'Give --max-chunk-size as well.',
    });
  }
  if (store.readOnly && !dryRun) {
    throw new RagError('DB_READ_ONLY', {
      message: `The database ${store.path} cannot be written.`,
      hint: 'Make the file and its folder writable.',
    });
  }
  if (store.documents(filter, 1, 0).length === 0) {
    throw new RagError('NOT_FOUND', {
      message: 'No document passes the filter.',
      hint: '`rag ls` lists what there is.',
    });
  }
}
