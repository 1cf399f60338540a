import { throwIfAborted } from '../../platform/errors.ts';

/**
 * What the work gives, waited for until the signal fires (ABORTED) or the time is up (what `onTimeout` gives is thrown).
 * The work itself is not ended. The wait keeps the program running, which a process in the background does not.
 */
export async function waitForReply<Reply>(
  work: Promise<Reply>,
  options: { readonly signal: AbortSignal | undefined; readonly afterMs: number; readonly onTimeout: () => unknown },
): Promise<Reply> {
  const { signal, afterMs, onTimeout } = options;
  throwIfAborted(signal);
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onTimeout()), afterMs);
    stop = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, ended]);
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    // Nobody listens to it any more.
    work.catch(() => {});
    ended.catch(() => {});
  }
}
