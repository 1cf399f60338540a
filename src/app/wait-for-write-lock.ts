import { setTimeout as delay } from 'node:timers/promises';
import { RagError, throwIfAborted } from '../platform/errors.ts';
import type { AppContext } from './app-context.ts';

/** Most writes of another process are over by then. */
const TELL_AFTER_MS = 1000;
const POLL_MS = 50;
/** As long as SQLite itself would wait. */
const MAX_WAIT_MS = 60_000;

/**
 * Waits until no other process writes to the database; after a second it says for whom. SQLite would wait as well, but
 * without a word and deaf to Ctrl-C. Throws ABORTED, or DB_BUSY after a minute.
 */
export async function waitForWriteLock(
  { store, runtime }: Pick<AppContext, 'store' | 'runtime'>,
  signal?: AbortSignal,
): Promise<void> {
  const started = runtime.clock.now();
  let told = false;
  for (let held = store.writeLock(); held; held = store.writeLock()) {
    throwIfAborted(signal);
    const waited = runtime.clock.now() - started;
    const whom = held.pid === null ? 'another rag process' : `another rag process (pid ${held.pid})`;
    if (waited >= MAX_WAIT_MS) {
      throw new RagError('DB_BUSY', {
        message: `${whom[0]!.toUpperCase()}${whom.slice(1)} has been writing to ${store.path} for ${Math.round(waited / 1000)} seconds.`,
        hint: 'Wait for it to finish, or end it, then run the command again.',
      });
    }
    if (waited >= TELL_AFTER_MS && !told) {
      told = true;
      runtime.log.warn(`Waiting for ${whom} that writes to ${store.path}.`);
    }
    await delay(POLL_MS, undefined, { signal }).catch(() => throwIfAborted(signal));
  }
}
