import { RagError, throwIfAborted } from '../errors.ts';
import { createProcessPool, type ProcessPool } from '../process-pool.ts';
import { lostError } from './load-error.ts';

/** Loading may begin with a download of a gigabyte. */
const TIMEOUT_MS = 15 * 60_000;
/** The largest models in use here take half of this. */
const MAX_MEMORY_BYTES = 16 * 2 ** 30;

export type ModelProcess<Task, Reply> = {
  /**
   * Waits no longer when the signal fires: what the process works on is finished there, and nothing else is sent. Throws
   * ABORTED, MODEL_TIMEOUT, or MODEL_FAILED when the process is lost.
   */
  run(task: Task, signal?: AbortSignal): Promise<Reply>;
  close(): void;
};

/**
 * One process with one model, started with the first task. Inference is synchronous there: in this process an abort would
 * not be seen before its end. `name` is `transformers/<model>`.
 */
export function createModelProcess<Task, Reply>(entry: () => URL, name: string): ModelProcess<Task, Reply> {
  let pool: ProcessPool<Task, Reply> | undefined;
  return {
    async run(task, signal) {
      throwIfAborted(signal);
      pool ??= createProcessPool<Task, Reply>({
        entry: entry(),
        size: 1,
        timeoutMs: TIMEOUT_MS,
        maxMemoryBytes: MAX_MEMORY_BYTES,
      });
      const work = pool.run(task).catch((error: unknown) => {
        throw lostError(error, name);
      });
      return await untilAborted(work, signal);
    },
    close() {
      pool?.close();
      pool = undefined;
    },
  };
}

function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  return new Promise((settle, reject) => {
    const stop = () => reject(new RagError('ABORTED', { message: 'Interrupted.', cause: signal.reason }));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(settle, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
