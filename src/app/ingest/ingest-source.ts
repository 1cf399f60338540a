import { basename, extname } from 'node:path';
import { isRagError, messageOf } from '../../platform/errors.ts';
import type { ProcessPool } from '../../platform/process-pool.ts';
import type { SourceItem, SourceListing } from '../../source/types.ts';
import type { KnownItem, StoredSource } from '../../store/types.ts';
import { documentIdOf } from '../document-id.ts';
import type { IngestEvent, ItemOutcome, ItemStatus } from '../types.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { createDocumentWriter } from './document-writer.ts';
import type { EmbedProgress } from './embed-progress.ts';
import type { IngestContext } from './ingest-context.ts';
import type { ParseReply, ParseTask } from './parse-task.ts';
import { type PlanOptions, planSource } from './plan-source.ts';
import { readItem } from './read-item.ts';
import { sourceTreatment } from './treated-source.ts';

/** Items in flight for each worker: enough to keep it busy, few enough to bound the memory that replies take. */
const IN_FLIGHT_PER_WORKER = 12;
/** As text, passages and messages a file takes some five times its size here; two of any size keep two workers busy. */
const MAX_BYTES_IN_FLIGHT = 32_000_000;
const MAX_BATCH_WAIT_MS = 1000;

export type IngestSourceOptions = PlanOptions & { readonly dryRun: boolean; readonly signal?: AbortSignal };

export type SourceRun = {
  /** `row` is -1 in a dry run of a source that is not stored. */
  readonly source: StoredSource;
  readonly pool: ProcessPool<ParseTask, ParseReply>;
  readonly workers: number;
  readonly emit: (event: IngestEvent) => void;
  readonly progress: { done: number; total: number };
  readonly embedProgress: EmbedProgress;
};

export type SourceProblem = {
  readonly uri: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
};

/**
 * Brings the database in step with one source. What was finished when the signal fires is stored.
 * Throws only what concerns the database or the source as a whole; a bad item is an outcome.
 */
export async function ingestSource(
  context: IngestContext,
  run: SourceRun,
  options: IngestSourceOptions,
): Promise<SourceProblem[]> {
  const { source } = run;
  run.emit({ type: 'source-start', uri: source.uri, kind: source.kind });
  const listing = await context.listSource(source, { ...context.runtime, signal: options.signal });
  const stored = source.row < 0 ? new Map<string, KnownItem>() : context.store.knownItems(source.row);
  const { known, finish } = sourceTreatment(context, source, { known: stored, dryRun: options.dryRun });
  const problems = await ingestListing(context, run, options, { listing, known });
  if (problems.length === 0 && !options.signal?.aborted) finish();
  return problems;
}

/** As `ingestSource`, of what was found already. A listing of a part removes nothing, and leaves the source as last synced. */
export async function ingestListing(
  context: IngestContext,
  run: SourceRun,
  options: IngestSourceOptions,
  { listing, known }: { readonly listing: SourceListing; readonly known: ReadonlyMap<string, KnownItem> },
): Promise<SourceProblem[]> {
  const { store } = context;
  const { source, emit, progress } = run;
  const own = withoutForeign(context, source, listing, known);
  const plan = planSource(own, known, options);
  progress.total += own.items.length + own.skipped.length;
  run.embedProgress.expectDocuments(plan.toRead.length);
  if (listing.root !== 'part')
    emit({ type: 'scan-end', uri: source.uri, items: own.items.length, skipped: own.skipped.length });

  const tell = (outcome: ItemOutcome): void => {
    progress.done++;
    emit({ type: 'item-end', outcome, done: progress.done, total: progress.total });
  };
  for (const { uri, path, code, message } of listing.skipped)
    tell({ uri, path, status: 'skipped', reason: { code, message } });
  for (const { uri, path } of plan.unchanged) tell({ uri, path, status: 'unchanged' });
  if (plan.stillFailing.length > 0) {
    const reasons = new Map(store.failures().map((failure) => [failure.uri, failure]));
    for (const { uri, path } of plan.stillFailing) {
      const { code = 'PARSE_FAILED', message = 'It could not be read.' } = reasons.get(uri) ?? {};
      tell({ uri, path, status: statusOf(code), reason: { code, message } });
    }
  }

  const writer = createDocumentWriter(context, run.embedProgress);
  const moves = new Map(plan.vanished.flatMap((item) => (item.contentHash ? [[item.contentHash, item] as const] : [])));
  const moved = new Set<string>();

  const flush = async (): Promise<void> => {
    if (options.dryRun) return;
    // What was read when the signal fired is still stored; only the waiting for a slow embedder, or for
    // another process that writes, can be cut short.
    await waitForWriteLock(context, options.signal);
    for (const outcome of await writer.flush(options.signal?.aborted ? undefined : options.signal)) tell(outcome);
  };

  const settle = (item: SourceItem, reply: ParseReply): void => {
    const { uri, path } = item;
    const former = known.get(uri);
    const readMs = reply.elapsedMs;
    const put = (outcome: ItemOutcome, write: Parameters<typeof writer.put>[0]) => {
      if (options.dryRun) tell(outcome);
      else writer.put(write, outcome);
    };
    if (reply.status === 'unchanged') {
      put({ uri, path, status: 'unchanged', readMs }, (w) => {
        if (former?.documentRow) w.touchDocument(former.documentRow, reply.size, item.mtimeMs);
      });
      return;
    }
    if (reply.status === 'failed' && reply.code === 'SOURCE_FAILED') {
      // It could not even be opened, so nothing is known of what it holds: what is stored stays, and the next run tries.
      tell({
        uri,
        path,
        status: 'failed',
        reason: { code: reply.code, message: reply.message, hint: reply.hint },
        readMs,
      });
      return;
    }
    if (reply.status === 'failed') {
      const { code, message, hint } = reply;
      put({ uri, path, status: statusOf(code), reason: { code, message, hint }, readMs }, (w) => {
        // The stored text is no longer what the source holds; the failure says why it is gone.
        if (former?.documentRow) w.removeDocuments([former.documentRow]);
        w.putFailure({ sourceRow: source.row, uri, path, size: item.size, mtimeMs: item.mtimeMs, code, message });
      });
      return;
    }
    const { document, chunks, mentions, contentHash, size } = reply;
    const id = documentIdOf(source.collection, uri);
    const place = { id, uri, path, title: titleOf(document.title, item), size, mtimeMs: item.mtimeMs };
    const origin = former?.documentRow ? undefined : moves.get(contentHash);
    if (origin?.documentRow && !moved.has(origin.uri) && isReadAlike(origin.path, path)) {
      const row = origin.documentRow;
      moved.add(origin.uri);
      put({ uri, path, status: 'moved', from: origin.path, chunks: chunks.length, readMs }, (w) => {
        w.moveDocument(row, place);
        w.removeFailures(source.row, [uri]);
      });
      return;
    }
    const status = former?.documentRow ? 'updated' : 'added';
    const outcome: ItemOutcome = {
      uri,
      path,
      status,
      chunks: chunks.length,
      warnings: document.warnings,
      readMs,
      pii: reply.pii,
    };
    if (options.dryRun) {
      tell(outcome);
      return;
    }
    if (former && !former.documentRow) writer.put((w) => w.removeFailures(source.row, [uri]), null);
    const { warnings: _, title: ownTitle, modifiedAt, ...rest } = document;
    writer.putDocument(
      {
        ...rest,
        ...place,
        ownTitle,
        sourceRow: source.row,
        contentHash,
        modifiedAt: modifiedAt ?? (item.mtimeMs === null ? null : new Date(item.mtimeMs).toISOString()),
        chunks,
        mentions,
      },
      outcome,
    );
  };

  const inFlight = new Map<number, Promise<{ key: number; item: SourceItem; reply: ParseReply }>>();
  let lastFlush = Date.now();
  let key = 0;
  let bytesInFlight = 0;
  const takeOne = async (): Promise<void> => {
    const { key, item, reply } = await Promise.race(inFlight.values());
    inFlight.delete(key);
    bytesInFlight -= bytesOf(item);
    run.embedProgress.documentRead();
    settle(item, reply);
    if (writer.isFull() || Date.now() - lastFlush > MAX_BATCH_WAIT_MS) {
      await flush();
      lastFlush = Date.now();
    }
  };
  try {
    for (const item of plan.toRead) {
      while (inFlight.size > 1 && bytesInFlight + bytesOf(item) > MAX_BYTES_IN_FLIGHT) await takeOne();
      if (options.signal?.aborted) break;
      const mine = key++;
      bytesInFlight += bytesOf(item);
      inFlight.set(
        mine,
        readItem(context, run, item, known.get(item.uri)?.contentHash ?? null).then((reply) => ({
          key: mine,
          item,
          reply,
        })),
      );
      if (inFlight.size >= run.workers * IN_FLIGHT_PER_WORKER) await takeOne();
    }
    while (inFlight.size > 0 && !options.signal?.aborted) await takeOne();
  } catch (error) {
    for (const rest of inFlight.values()) rest.catch(() => {});
    await flush();
    throw error;
  }
  // Replies that never come must not become unhandled rejections when the pool closes.
  for (const rest of inFlight.values()) rest.catch(() => {});
  await flush();
  if (options.signal?.aborted) return [];

  const gone = plan.vanished.filter(({ uri }) => !moved.has(uri));
  const problem =
    plan.heldBack && gone.length > 0 ? heldBackProblem(source, plan.heldBack, gone.length, listing.reason) : null;
  if (!problem && gone.length > 0) {
    if (!options.dryRun) {
      store.write((w) => {
        w.removeDocuments(gone.flatMap(({ documentRow }) => documentRow ?? []));
        w.removeFailures(
          source.row,
          gone.map(({ uri }) => uri),
        );
      });
    }
    progress.total += gone.length;
    for (const { uri, path } of gone) tell({ uri, path, status: 'removed' });
  }
  if (problem || listing.root === 'missing') {
    return [problem ?? heldBackProblem(source, 'missing', 0, listing.reason)];
  }
  const isWhole = listing.root !== 'part' && !listing.scope;
  if (!options.dryRun && isWhole) store.write((w) => w.markSynced(source.row));
  return [];
}

const bytesOf = ({ content, size }: SourceItem): number =>
  content.kind === 'bytes' ? content.bytes.byteLength : (size ?? 0);

/** A file that another source of the collection holds already stays that source's. */
export function withoutForeign(
  { store }: Pick<IngestContext, 'store'>,
  source: StoredSource,
  listing: SourceListing,
  known: ReadonlyMap<string, KnownItem>,
): SourceListing {
  const { row, collection } = source;
  const failing = store.failingElsewhere(collection, row);
  const isForeign = (uri: string): boolean => {
    const holder = store.sourceOfDocument(documentIdOf(collection, uri));
    return holder === null ? failing.has(uri) : holder !== row;
  };
  return { ...listing, items: listing.items.filter(({ uri }) => known.has(uri) || !isForeign(uri)) };
}

function heldBackProblem(
  source: StoredSource,
  why: 'missing' | 'empty',
  count: number,
  reason?: string,
): SourceProblem {
  const kept = count > 0 ? `; its ${count === 1 ? 'document is' : `${count} documents are`} kept` : '';
  return {
    uri: source.uri,
    code: 'SOURCE_MISSING',
    message:
      why === 'missing'
        ? `The source is not there${reason ? ` (${reason.replace(/\.$/, '')})` : ''}${kept}.`
        : `The source is suddenly empty${kept}.`,
    hint:
      count > 0
        ? 'If that is meant, run `rag sync --prune-missing`, or `rag rm` the source.'
        : 'Check the name; `rag rm` takes out a source that is gone for good.',
  };
}

/** What is no document is left out, as a file with the extension of a picture is; anything else should have been read. */
const statusOf = (code: string): ItemStatus => (code === 'PARSE_LEFT_OUT' ? 'skipped' : 'failed');

/** The extension has a say in what the same bytes are: `notes.txt` as `notes.md` is another document. */
const isReadAlike = (former: string, path: string): boolean =>
  extname(former).toLowerCase() === extname(path).toLowerCase();

const titleOf = (ownTitle: string | null, item: SourceItem): string =>
  ownTitle?.trim() || basename(item.path) || item.path;

export const reasonOf = (error: unknown): { code: string; message: string; hint?: string } =>
  isRagError(error)
    ? { code: error.code, message: error.message, hint: error.hint }
    : { code: 'INTERNAL', message: messageOf(error) };
