import { createProcessPool, type ProcessPool } from '../../platform/process-pool.ts';
import type { ModelSource } from '../../platform/transformers/model-source.ts';
import { workerEntry } from '../../platform/transformers/worker-entry.ts';
import type { TextReply, TextTask } from './worker-messages.ts';

/** The process that has one model. Answers are written one at a time. */
export type TextProcess = {
  ask(task: Exclude<TextTask, { kind: 'stop' }>): Promise<TextReply>;
  /** Resolves when no other answer is being written, with what ends one's own turn and stops what it left unfinished. */
  take(): Promise<() => void>;
  /** Kills the process; the next question starts another. */
  close(): void;
};

/** Longer than the download of some gigabytes; the pauses within an answer are bounded by who asks. */
export const LOAD_TIMEOUT_MS = 60 * 60_000;
/** A model of eight billion parameters in half precision, with room. */
const MAX_MEMORY_BYTES = 24 * 2 ** 30;

const processes = new Map<string, TextProcess>();

/**
 * One process for each model as long as the program runs: loading takes seconds, and every question makes a generator of
 * its own. It does not keep the program running, and ends with it.
 */
export function textProcess(source: ModelSource, entry: URL = workerEntry('generate-worker')): TextProcess {
  const key = JSON.stringify([source, entry.href]);
  const present = processes.get(key);
  if (present) return present;
  const made = createTextProcess(entry);
  processes.set(key, made);
  return made;
}

function createTextProcess(entry: URL): TextProcess {
  let pool: ProcessPool<TextTask, TextReply> | undefined;
  let turn = Promise.resolve();
  const endTurn = async (release: () => void): Promise<void> => {
    try {
      await pool?.run({ kind: 'stop' });
    } catch {
      // It is gone, and so is what it was writing.
    }
    release();
  };
  return {
    ask(task) {
      pool ??= createProcessPool<TextTask, TextReply>({
        entry,
        size: 1,
        timeoutMs: LOAD_TIMEOUT_MS,
        maxMemoryBytes: MAX_MEMORY_BYTES,
        isBackground: true,
      });
      return pool.run(task);
    },
    take() {
      const before = turn;
      let release = () => {};
      turn = new Promise((resolve) => {
        release = resolve;
      });
      return before.then(() => () => void endTurn(release));
    },
    close() {
      pool?.close();
      pool = undefined;
    },
  };
}
