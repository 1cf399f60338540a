import { isRagError, messageOf } from '../../platform/errors.ts';
import type { ProcessPool } from '../../platform/process-pool.ts';
import type { SourceListing } from '../../source/types.ts';
import type { KnownContainer, KnownItem, StoredSource } from '../../store/types.ts';
import { documentIdOf } from '../document-id.ts';
import type { IngestEvent, ItemOutcome } from '../types.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { createDocumentWriter } from './document-writer.ts';
import type { EmbedProgress } from './embed-progress.ts';
import type { IngestContext } from './ingest-context.ts';
import type { WorkerReply, WorkerTask } from './parse-task.ts';
import { type PlanOptions, planSource } from './plan-source.ts';
import { readItems } from './read-items.ts';
import { createSettler } from './settle-item.ts';
import { createStandingTeller } from './tell-standing.ts';
import { sourceTreatment } from './treated-source.ts';

export type IngestSourceOptions = PlanOptions & {
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
  /** Leave it to the caller to look for titles and to build what searches walk: more is to come. */
  readonly isUnfinished?: boolean;
};

export type SourceRun = {
  /** `row` is -1 in a dry run of a source that is not stored. */
  readonly source: StoredSource;
  readonly pool: ProcessPool<WorkerTask, WorkerReply>;
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
  return problems.length > 0 || options.signal?.aborted ? problems : await finish();
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
  const containers = source.row < 0 ? new Map<string, KnownContainer>() : store.containers(source.row);
  const plan = planSource(own, known, options, containers);
  progress.total += plan.toRead.length + plan.unchanged.length + plan.stillFailing.length + own.skipped.length;
  run.embedProgress.expectDocuments(plan.toRead.length);
  if (listing.root !== 'part')
    emit({ type: 'scan-end', uri: source.uri, items: own.items.length, skipped: own.skipped.length });

  const tell = (outcome: ItemOutcome): void => {
    progress.done++;
    emit({ type: 'item-end', outcome, done: progress.done, total: progress.total });
  };
  for (const { uri, path, code, message } of listing.skipped)
    tell({ uri, path, status: 'skipped', reason: { code, message } });
  const tellStanding = createStandingTeller(store, tell);
  tellStanding(plan.unchanged, plan.stillFailing);

  const writer = createDocumentWriter(context, run.embedProgress);
  const settler = createSettler({ source, known, writer, tell, dryRun: options.dryRun });
  settler.offerMoves(plan.vanished);
  const flush = async (): Promise<void> => {
    if (options.dryRun) return;
    // What was read when the signal fired is still stored; only the waiting for a slow embedder, or for
    // another process that writes, can be cut short.
    await waitForWriteLock(context, options.signal);
    for (const outcome of await writer.flush(options.signal?.aborted ? undefined : options.signal)) tell(outcome);
  };
  const { vanished } = await readItems({
    context,
    run,
    options,
    known,
    plan,
    containers,
    settler,
    writer,
    flush,
    tell,
    tellStanding,
  });
  await flush();
  if (options.signal?.aborted) return [];

  const gone = [...plan.vanished, ...vanished].filter(
    ({ uri, staysWithoutFile }) => !staysWithoutFile && !settler.moved.has(uri),
  );
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

/** A file that another source of the collection holds already stays that source's. */
export function withoutForeign(
  { store }: Pick<IngestContext, 'store'>,
  source: StoredSource,
  listing: SourceListing,
  known: ReadonlyMap<string, KnownItem>,
): SourceListing {
  const { row, collection } = source;
  const failing = store.failingElsewhere(collection, row);
  const opened = store.containersElsewhere(collection, row);
  const isForeign = (uri: string): boolean => {
    const holder = store.sourceOfDocument(documentIdOf(collection, uri));
    return holder === null ? failing.has(uri) || opened.has(uri) : holder !== row;
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

export const reasonOf = (error: unknown): { code: string; message: string; hint?: string } =>
  isRagError(error)
    ? { code: error.code, message: error.message, hint: error.hint }
    : { code: 'INTERNAL', message: messageOf(error) };
