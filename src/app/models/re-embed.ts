import type { EmbeddingSpace } from '../../domain/search.ts';
import type { Embedder } from '../../embed/types.ts';
import { isRagError, RagError, throwIfAborted } from '../../platform/errors.ts';
import type { LackingText, SpaceLack } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { createEventChannel } from '../ingest/event-channel.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { beginFilling, type Filling } from './filling.ts';
import { textOfPassage } from './text-of-passage.ts';
import type { ReEmbedEvent, ReEmbedOutcome } from './types.ts';

/** A kill loses one batch. It grows until it takes about as long as this, as a slow model must not lose much. */
const BATCH_MS = 2000;
const MIN_BATCH = 16;
const MAX_BATCH = 1024;

/** Later estimates rest on what was fast or slow lately. */
const RATE_WINDOW_MS = 30_000;

type Ports = Pick<AppContext, 'store' | 'runtime'>;

export type ReEmbedTask = {
  readonly space: EmbeddingSpace;
  /** Made when a text has to be embedded. */
  readonly embedder: () => Embedder;
  /** Former spaces that stay after the swap. */
  readonly keep: number;
  /** What goes on with it after a fault, such as `rag models use ollama/bge-m3`. */
  readonly command: string;
  readonly signal?: AbortSignal;
};

export type ReEmbedResult = {
  readonly outcome: ReEmbedOutcome;
  readonly embedded: number;
  readonly withoutVector: number;
  /** Texts that were longer than the model takes. */
  readonly cut: number;
};

/**
 * Fills a space until no passage lacks a vector in it, then makes it the active one. What is written is kept whatever
 * happens; a text is embedded once. Documents that come or go meanwhile, by any process, are taken in.
 */
export async function* reEmbed(ports: Ports, task: ReEmbedTask): AsyncGenerator<ReEmbedEvent, ReEmbedResult> {
  const { store } = ports;
  const { space, keep, signal } = task;
  const counts = { embedded: 0, withoutVector: 0, cut: 0 };
  await waitForWriteLock(ports, signal);
  const filling = beginFilling(ports, space);
  try {
    do {
      yield* fill(ports, task, filling, counts);
      await waitForWriteLock(ports, signal);
    } while (!store.write((writer) => writer.activateSpace(space, keep)));
    store.checkpoint();
    return { outcome: 'swapped', ...counts };
  } catch (error) {
    if (isRagError(error) && error.code === 'ABORTED') return { outcome: 'interrupted', ...counts };
    throw isRagError(error) ? withCommand(error, task.command) : error;
  } finally {
    filling.end();
  }
}

async function* fill(
  ports: Ports,
  { space, embedder, signal }: ReEmbedTask,
  filling: Filling,
  counts: { embedded: number; withoutVector: number; cut: number },
): AsyncGenerator<ReEmbedEvent> {
  const { store, runtime } = ports;
  const { clock } = runtime;
  const lack: SpaceLack = store.lackOf(space);
  const rate = createRate();
  let done = 0;
  let size = MIN_BATCH;
  for (let after = 0; ; ) {
    throwIfAborted(signal);
    const batch = store.lackingTexts(space, after, size);
    const last = batch.at(-1);
    if (!last) return;
    after = last.row;
    const started = clock.now();
    await waitForWriteLock(ports, signal);
    const texts = filling.write((writer) => writer.shareVectors(space, distinct(batch)));
    const wanted = readTexts(ports, texts);
    if (wanted.length > 0) {
      const model = embedder();
      const vectors = yield* embedWithProgress(model, wanted, signal, (embedded) => ({
        type: 'reembed-progress',
        done: done + embedded,
        total: Math.max(lack.texts, done + embedded),
        remainingMs: rate.remainingMs(Math.max(0, lack.texts - done - embedded)),
      }));
      const put = wanted.map(({ hash }, i) => ({ hash, vector: vectors[i] ?? null }));
      await waitForWriteLock(ports);
      filling.write((writer) => writer.putVectors(space, put));
      counts.cut = model.cutTexts ?? 0;
      counts.embedded += put.length;
      counts.withoutVector += put.filter(({ vector }) => !vector).length;
    }
    done += texts.length;
    const now = clock.now();
    size = nextSize(size, now - started);
    rate.add(now, texts.length, now - started);
    const total = Math.max(lack.texts, done);
    yield { type: 'reembed-progress', done, total, remainingMs: rate.remainingMs(total - done) };
    // Nothing above waits where the model is in this process.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The vectors of the texts; tells how many are done as the model tells it. */
async function* embedWithProgress(
  embedder: Embedder,
  wanted: readonly { readonly text: string }[],
  signal: AbortSignal | undefined,
  progress: (embedded: number) => ReEmbedEvent,
): AsyncGenerator<ReEmbedEvent, readonly (Float32Array | null)[]> {
  const channel = createEventChannel<ReEmbedEvent>();
  let embedded = 0;
  const texts = wanted.map(({ text }) => text);
  const work = embedder
    .embedPassages(texts, signal, (count) => {
      embedded += count;
      // The last ones are told when they are stored.
      if (embedded < texts.length) channel.push(progress(embedded));
    })
    .finally(channel.end);
  // Thrown below; until then nobody else must take it for unhandled.
  work.catch(() => {});
  yield* channel;
  return await work;
}

/** Texts of passages that are still there, each once. */
function readTexts({ store }: Ports, texts: readonly LackingText[]): { hash: Uint8Array; text: string }[] {
  const passages = store.chunks(texts.map(({ row }) => row));
  return texts.flatMap(({ row, hash }) => {
    const passage = passages.get(row);
    return passage ? [{ hash, text: textOfPassage(passage, hash) }] : [];
  });
}

const distinct = (texts: readonly LackingText[]): LackingText[] => [
  ...new Map(texts.map((text) => [Buffer.from(text.hash).toString('hex'), text])).values(),
];

/** Twice as many after a batch that was fast, half as many after a slow one. */
function nextSize(size: number, elapsedMs: number): number {
  if (elapsedMs < BATCH_MS / 2) return Math.min(MAX_BATCH, size * 2);
  return elapsedMs > BATCH_MS * 2 ? Math.max(MIN_BATCH, Math.floor(size / 2)) : size;
}

function createRate() {
  let recent: { readonly at: number; readonly texts: number; readonly ms: number }[] = [];
  return {
    add(at: number, texts: number, ms: number): void {
      recent = [...recent.filter((entry) => at - entry.at < RATE_WINDOW_MS), { at, texts, ms }];
    },
    remainingMs(left: number): number | null {
      const texts = recent.reduce((sum, entry) => sum + entry.texts, 0);
      const ms = recent.reduce((sum, entry) => sum + entry.ms, 0);
      return texts === 0 ? null : Math.round((left * ms) / texts);
    },
  };
}

const withCommand = (error: RagError, command: string): RagError =>
  new RagError(error.code, {
    message: error.message,
    hint: [error.hint, `What is done is kept, and searches go on as before; go on with \`${command}\`.`]
      .filter(Boolean)
      .join(' '),
    details: error.details,
    cause: error,
  });
