import type Database from 'better-sqlite3';
import { RagError } from '../../platform/errors.ts';
import type { UsageRecorder, UsageStore } from '../usage-types.ts';
import { createFeedback } from './feedback.ts';
import { createKeptResults } from './kept-results.ts';
import { BUSY_TIMEOUT_MS } from './open-database.ts';
import { isSqliteError } from './open-sqlite.ts';
import { createQuestions } from './questions.ts';
import { createSessions } from './sessions.ts';

type UsageOptions = {
  /** As the user named it: what is open may be a copy. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly now: () => string;
  readonly check: () => void;
  /** The part of a recorder that is about kept replies. */
  readonly replies: Pick<UsageRecorder, 'keepReply' | 'touchReply' | 'clearReplies'>;
};

/** What people asked and said, and kept results: tables that no search reads its hits from. */
export function createUsage(database: Database.Database, { path, readOnly, now, check, replies }: UsageOptions) {
  // A database that is open for reading only may be of a version before these tables.
  const isThere =
    database.prepare(`SELECT count(*) FROM pragma_table_info('feedback') WHERE name = 'content_hash'`).pluck().get() ===
    1;
  const tables = isThere
    ? {
        questions: createQuestions(database),
        feedback: createFeedback(database),
        results: createKeptResults(database),
        readCalibration: database.prepare<[], string>(`SELECT value FROM meta WHERE key = 'calibration'`).pluck(),
      }
    : null;

  const hasSessions = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'turns'`).get() !== undefined;
  const sessions = hasSessions ? createSessions(database) : null;

  const hasQueryVectors = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'kept_query_vectors'`).get();
  const queryVectors = hasQueryVectors ? createKeptResults(database, 'kept_query_vectors') : null;

  const recorderOf = (
    { questions, feedback, results }: NonNullable<typeof tables>,
    conversations: NonNullable<typeof sessions>,
  ): UsageRecorder => ({
    ...conversations.recorder(now),
    putQuestion: (question) => questions.put(question, now()),
    clearQuestions: questions.clear,
    putFeedback: (entry) => feedback.put(entry, now()),
    removeFeedback: feedback.remove,
    keepResult: results.put,
    touchResult: results.touch,
    clearResults: results.clear,
    ...replies,
    keepQueryVector: (key, value) => queryVectors?.put(key, value),
    touchQueryVector: (key) => queryVectors?.touch(key),
    clearQueryVectors: () => queryVectors?.clear() ?? { entries: 0, bytes: 0 },
    countCache: results.count,
    clearCacheCounts: results.clearCounts,
    putCalibration(value) {
      database.prepare(`DELETE FROM meta WHERE key = 'calibration'`).run();
      if (value !== null) database.prepare(`INSERT INTO meta VALUES ('calibration', ?)`).run(JSON.stringify(value));
    },
  });
  const recorder = tables && sessions && recorderOf(tables, sessions);

  const store: UsageStore = {
    sessions: (limit) => sessions?.read.sessions(limit) ?? [],
    session: (id) => sessions?.read.session(id) ?? null,
    sessionNamed: (name) => sessions?.read.sessionNamed(name) ?? null,
    sessionTurns: (session, options) => sessions?.read.sessionTurns(session, options) ?? [],
    questions: (options) => tables?.questions.list(options) ?? [],
    questionFigures: () => tables?.questions.figures() ?? { count: 0, bytes: 0, oldest: null },
    feedback: () => tables?.feedback.all() ?? [],
    keptResult: (key) => tables?.results.get(key) ?? null,
    keptResultFigures: () => tables?.results.figures() ?? { entries: 0, bytes: 0 },
    keptQueryVector: (key) => queryVectors?.get(key) ?? null,
    keptQueryVectorFigures: () => queryVectors?.figures() ?? { entries: 0, bytes: 0 },
    cacheCounts: () => tables?.results.counts() ?? {},
    calibration() {
      try {
        return JSON.parse(tables?.readCalibration.get() ?? 'null') as unknown;
      } catch {
        // A damaged line must not keep anyone from searching; without it no confidence is shown.
        return null;
      }
    },
    record(work) {
      if (readOnly || !recorder) {
        throw new RagError('DB_READ_ONLY', {
          message: `The database ${path} is open for reading only.`,
          hint: 'Make the file and its folder writable, or choose another file with --db.',
        });
      }
      check();
      return database.transaction(() => work(recorder)).immediate();
    },
    tryRecord(work) {
      if (readOnly || !recorder) return false;
      database.pragma('busy_timeout = 0');
      try {
        database.transaction(() => work(recorder)).immediate();
        return true;
      } catch (error) {
        // Locked, full, gone or read-only: what was to be noted is not worth a failed search.
        if (isSqliteError(error)) return false;
        throw error;
      } finally {
        database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      }
    },
  };
  return { store, forgetResults: () => void tables?.results.clear() };
}
