import { RagError, throwIfAborted } from '../platform/errors.ts';
import { createProcessPool, type ProcessPool } from '../platform/process-pool.ts';
import { loadError, lostError } from '../platform/transformers/load-error.ts';
import { modelSourceOf } from '../platform/transformers/model-source.ts';
import { workerEntry } from '../platform/transformers/worker-entry.ts';
import type { ScoreReply, ScoreTask } from './transformers/worker-messages.ts';
import type { Reranker, RerankerDriver, RerankerSettings } from './types.ts';

/**
 * Cross-encoders on this machine, by transformers.js: `transformers/<folder>` or `transformers/<name on the Hub>`. The
 * library is an optional install. The model runs in a process of its own, since inference is synchronous there: an
 * abort would not be seen before its end.
 */
export const transformersDriver: RerankerDriver = {
  provider: 'transformers',
  example: 'Xenova/ms-marco-MiniLM-L-6-v2',
  create: createTransformersReranker,
};

/** Pairs that are scored at once: after an abort at most so many are finished. */
const BATCH = 8;
/** Loading may begin with a download of a gigabyte. */
const TIMEOUT_MS = 15 * 60_000;
/** The largest rerankers in use take half of this. */
const MAX_MEMORY_BYTES = 16 * 2 ** 30;

const UNUSABLE = 'Choose a cross-encoder in ONNX form, such as transformers/Xenova/ms-marco-MiniLM-L-6-v2.';

function createTransformersReranker(model: string, settings: RerankerSettings): Reranker {
  const name = `transformers/${model}`;
  let pool: ProcessPool<ScoreTask, ScoreReply> | undefined;
  const close = () => {
    pool?.close();
    pool = undefined;
  };
  return {
    name,
    close,
    async rerank({ query, passages, signal }) {
      throwIfAborted(signal);
      if (passages.length === 0) return [];
      const source = modelSourceOf(model, name, settings.transformers);
      pool ??= createProcessPool<ScoreTask, ScoreReply>({
        entry: settings.transformers.workerEntry ?? workerEntry('rerank-worker'),
        size: 1,
        timeoutMs: TIMEOUT_MS,
        maxMemoryBytes: MAX_MEMORY_BYTES,
      });
      const scores = new Array<number>(passages.length).fill(0);
      // Passages of like length make batches with little padding.
      const order = passages.map((_, i) => i).sort((a, b) => lengthOf(passages, b) - lengthOf(passages, a));
      for (let start = 0; start < order.length; start += BATCH) {
        const batch = order.slice(start, start + BATCH);
        const task = { source, query, passages: batch.map((i) => passages[i] as string) };
        const reply = await untilAborted(runTask(pool, task, name), signal);
        if (reply.status === 'failed') throw loadError(reply, { source, name, verb: 'rerank', unusableHint: UNUSABLE });
        batch.forEach((passage, i) => {
          scores[passage] = reply.scores[i] as number;
        });
      }
      return scores;
    },
  };
}

const lengthOf = (passages: readonly string[], i: number): number => (passages[i] as string).length;

async function runTask(pool: ProcessPool<ScoreTask, ScoreReply>, task: ScoreTask, name: string): Promise<ScoreReply> {
  try {
    return await pool.run(task);
  } catch (error) {
    throw lostError(error, name);
  }
}

/** Waits no longer when the signal fires. The batch that the process has is finished there; no other is sent. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  return new Promise((settle, reject) => {
    const stop = () => reject(new RagError('ABORTED', { message: 'Interrupted.', cause: signal.reason }));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(settle, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
