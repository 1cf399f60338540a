import type { SourceItem } from '../../source/types.ts';
import type { KnownContainer, KnownItem, Processing } from '../../store/types.ts';
import type { ItemOutcome } from '../types.ts';
import { createContainerRun, type Work } from './containers/container-run.ts';
import { expandItem } from './containers/expand-item.ts';
import type { DocumentWriter } from './document-writer.ts';
import type { IngestContext } from './ingest-context.ts';
import type { IngestSourceOptions, SourceRun } from './ingest-source.ts';
import type { SourcePlan } from './plan-source.ts';
import { readWithPrograms } from './programs/read-with-programs.ts';
import type { Settler } from './settle-item.ts';

/** Items in flight for each worker: enough to keep it busy, few enough to bound the memory that replies take. */
const IN_FLIGHT_PER_WORKER = 12;
/** As text, passages and messages a file takes some five times its size here; two of any size keep two workers busy. */
const MAX_BYTES_IN_FLIGHT = 32_000_000;
const MAX_BATCH_WAIT_MS = 1000;

export type Reading = {
  readonly context: IngestContext;
  readonly run: SourceRun;
  readonly options: IngestSourceOptions;
  readonly known: ReadonlyMap<string, KnownItem>;
  readonly containers: ReadonlyMap<string, KnownContainer>;
  readonly plan: SourcePlan;
  readonly settler: Settler;
  readonly writer: DocumentWriter;
  readonly flush: () => Promise<void>;
  readonly tell: (outcome: ItemOutcome) => void;
  readonly tellStanding: (unchanged: readonly KnownItem[], stillFailing: readonly KnownItem[]) => void;
};

/** A worker's part of the work is done: settles it, which may bring more work. */
type Settle = () => void;

/**
 * Reads all that the plan wants read, several at a time, and the members of those that turn out to be containers. Each is
 * settled as its reply comes; batches are flushed as they fill. Returns members that are stored and there no more.
 */
export async function readItems(reading: Reading): Promise<{ readonly vanished: readonly KnownItem[] }> {
  const { context, run, options, known, plan, writer, flush } = reading;
  const opened = createContainerRun(reading);
  const processing = run.source.row < 0 ? new Map<string, Processing>() : context.store.processing(run.source.row);
  const inFlight = new Map<number, Promise<{ key: number; bytes: number; settle: Settle }>>();
  // From the first reply on: a worker takes its time to start.
  let batchSince: number | null = null;
  let nextKey = 0;
  let bytesInFlight = 0;

  const takeOne = async (): Promise<void> => {
    const { key, bytes, settle } = await Promise.race(inFlight.values());
    inFlight.delete(key);
    bytesInFlight -= bytes;
    settle();
    batchSince ??= Date.now();
    if (writer.isFull() || Date.now() - batchSince > MAX_BATCH_WAIT_MS) {
      await flush();
      batchSince = null;
    }
  };

  const start = async (work: Work): Promise<Settle> => {
    const { item } = work;
    if (work.task === 'expand') {
      const reply = await expandItem(context, run, item, opened.wantedOf(work));
      return () => opened.expanded(work, reply);
    }
    const knownHash = opened.isTorn(item) ? null : (known.get(item.uri)?.contentHash ?? null);
    const asked = { knownHash, processing: processing.get(item.uri), signal: options.signal };
    const reply = await readWithPrograms(context, run, item, asked);
    return () => {
      run.embedProgress.documentRead();
      opened.read(work, reply);
    };
  };

  let at = 0;
  const next = (): Work | null => {
    const work = opened.next();
    if (work) return work;
    const item = plan.toRead[at++];
    return item ? { task: 'read', item, container: null, depth: 0 } : null;
  };

  try {
    while (!options.signal?.aborted) {
      const work = next();
      if (!work) {
        if (inFlight.size === 0) break;
        await takeOne();
        continue;
      }
      const bytes = work.task === 'expand' ? 0 : bytesOf(work.item);
      while (inFlight.size > 1 && bytesInFlight + bytes > MAX_BYTES_IN_FLIGHT) await takeOne();
      if (options.signal?.aborted) break;
      const key = nextKey++;
      bytesInFlight += bytes;
      inFlight.set(
        key,
        start(work).then((settle) => ({ key, bytes, settle })),
      );
      if (inFlight.size >= run.workers * IN_FLIGHT_PER_WORKER) await takeOne();
    }
  } catch (error) {
    for (const rest of inFlight.values()) rest.catch(() => {});
    await flush();
    throw error;
  } finally {
    // Replies that never come must not become unhandled rejections when the pool closes.
    for (const rest of inFlight.values()) rest.catch(() => {});
    opened.abandon();
  }
  return { vanished: opened.vanished };
}

const bytesOf = ({ content, size }: SourceItem): number =>
  content.kind === 'bytes' ? content.bytes.byteLength : (size ?? 0);
