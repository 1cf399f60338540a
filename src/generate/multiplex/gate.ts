import pLimit from 'p-limit';
import { throwIfAborted } from '../../platform/errors.ts';
import type { Clock } from '../../platform/runtime.ts';

export type GateOptions = {
  /** Calls that run at the same time. */
  readonly maxConcurrent: number;
  /** Calls that begin within any 60 seconds; 0 sets no bound. */
  readonly requestsPerMinute: number;
  /** When calls began that this process may know nothing of, since a time; oldest first. Its own may be among them. */
  readonly beganSince?: (since: number) => readonly number[];
  readonly clock: Clock;
  /** Rejects when the signal fires. */
  readonly wait: (delayMs: number, signal: AbortSignal) => Promise<void>;
};

/** The way to one provider: bounds how many calls are under way and how many begin in a minute. */
export type Gate = {
  /** Resolves when a call may begin; call what it gives when the call has ended. Throws ABORTED. */
  enter(signal: AbortSignal): Promise<() => void>;
};

const MINUTE_MS = 60_000;

export function createGate(options: GateOptions): Gate {
  const { maxConcurrent, requestsPerMinute, clock, wait } = options;
  const limit = pLimit(maxConcurrent);
  let begun: number[] = [];

  const turn = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      throwIfAborted(signal);
      const now = clock.now();
      begun = begun.filter((at) => now - at < MINUTE_MS);
      const known = requestsPerMinute === 0 ? [] : (options.beganSince?.(now - MINUTE_MS + 1) ?? []);
      const recent = known.length > begun.length ? known : begun;
      if (requestsPerMinute === 0 || recent.length < requestsPerMinute) {
        begun.push(now);
        return;
      }
      const oldest = recent[recent.length - requestsPerMinute] ?? now;
      await wait(Math.max(1, MINUTE_MS - (now - oldest)), signal).catch((error: unknown) => {
        throwIfAborted(signal);
        throw error;
      });
    }
  };

  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        const stop = () => reject(abortedError(signal));
        signal.addEventListener('abort', stop, { once: true });
        void limit(async () => {
          if (signal.aborted) return stop();
          await turn(signal);
          signal.removeEventListener('abort', stop);
          await new Promise<void>((leave) => resolve(leave));
        }).catch(reject);
      }),
  };
}

function abortedError(signal: AbortSignal): unknown {
  try {
    throwIfAborted(signal);
  } catch (error) {
    return error;
  }
  return signal.reason;
}
