import type Database from 'better-sqlite3';
import type { LedgerStore, Reservation } from '../ledger-types.ts';
import type { UsageRecorder } from '../usage-types.ts';
import { createCircuits } from './circuits.ts';
import { createKeptResults } from './kept-results.ts';
import { createModelCalls } from './model-calls.ts';
import { BUSY_TIMEOUT_MS } from './open-database.ts';
import { isSqliteError } from './open-sqlite.ts';

/** What is noted without need waits no longer for another process that writes. */
const NOTE_TIMEOUT_MS = 500;

/** What models cost, which providers are in trouble, and kept replies. */
export function createLedger(database: Database.Database, readOnly: boolean) {
  // A database that is open for reading only may be of a version before these tables.
  const isThere = database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'model_calls'`).pluck().get() === 1;
  const tables = isThere
    ? {
        calls: createModelCalls(database),
        circuits: createCircuits(database),
        replies: createKeptResults(database, 'kept_replies'),
      }
    : null;
  type Tables = NonNullable<typeof tables>;

  /** Null when the database cannot be written, or not in time: nothing here is worth a failed answer. */
  const write = <T>(timeoutMs: number, work: (tables: Tables) => T): T | null => {
    if (readOnly || !tables || !database.open) return null;
    database.pragma(`busy_timeout = ${timeoutMs}`);
    try {
      return database.transaction(() => work(tables)).immediate();
    } catch (error) {
      if (isSqliteError(error)) return null;
      throw error;
    } finally {
      database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  };

  const store: LedgerStore = {
    reserveCall: (call, bounds) =>
      write<Reservation>(bounds.length > 0 ? BUSY_TIMEOUT_MS : NOTE_TIMEOUT_MS, ({ calls }) => {
        const over = calls.exceeded(call.cost ?? 0, bounds);
        return over ? { kind: 'exceeded', ...over } : { kind: 'reserved', id: calls.open(call) };
      }) ?? { kind: 'unwritable' },
    endCall: (id, call, ended) =>
      write(NOTE_TIMEOUT_MS, ({ calls }) => (id === null ? calls.put(call, ended) > 0 : calls.end(id, ended))) ?? false,
    noteCall: (call, ended) => write(0, ({ calls }) => calls.put(call, ended) > 0) ?? false,
    spentSince: (at) => tables?.calls.spentSince(at) ?? 0,
    callTimes: (provider, since) => (database.open && tables?.calls.times(provider, since)) || [],
    callSums: (by, since) => tables?.calls.sums(by, since) ?? [],
    circuit: (provider) => tables?.circuits.get(provider) ?? null,
    countFailure: (provider, now) =>
      void write(NOTE_TIMEOUT_MS, ({ circuits }) => circuits.countFailure(provider, now)),
    clearFailures(provider) {
      if (tables?.circuits.get(provider)) write(NOTE_TIMEOUT_MS, ({ circuits }) => circuits.clear(provider));
    },
    claimProbe: (provider, failedAt, now) =>
      write(NOTE_TIMEOUT_MS, ({ circuits }) => circuits.claim(provider, failedAt, now)) ?? true,
    keptReply: (key) => tables?.replies.get(key) ?? null,
    keptReplyFigures: () => tables?.replies.figures() ?? { entries: 0, bytes: 0 },
  };

  const recorder: Pick<UsageRecorder, 'keepReply' | 'touchReply' | 'clearReplies'> = {
    keepReply: (key, value) => tables?.replies.put(key, value),
    touchReply: (key) => tables?.replies.touch(key),
    clearReplies: () => tables?.replies.clear() ?? { entries: 0, bytes: 0 },
  };
  return { store, recorder, forgetReplies: () => void tables?.replies.clear() };
}
