import type Database from 'better-sqlite3';
import type { AskedQuestion, LoggedQuestion } from '../usage-types.ts';
import { overwriting } from './overwriting.ts';

/** A year of thirty questions a day. */
export const MAX_QUESTIONS = 10_000;
export const MAX_QUESTION_BYTES = 4_000_000;
/** Counting all bytes takes a millisecond: not with every question. */
const PRUNE_EVERY = 64;

const BYTES = 'octet_length(text) + octet_length(normalized) + octet_length(filter) + 64';

type QuestionRecord = {
  id: number;
  asked_at: string;
  text: string;
  normalized: string;
  command: string;
  mode: string;
  filter: string;
  results: number;
  best_score: number | null;
  best_cosine: number | null;
  coverage: number;
  elapsed_ms: number;
};

/** The log of questions, bounded in rows and bytes: the oldest go. */
export function createQuestions(database: Database.Database) {
  const insert = database.prepare(`
    INSERT INTO questions (asked_at, text, normalized, command, mode, filter, results, best_score, best_cosine, coverage, elapsed_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const removeUpTo = database.prepare('DELETE FROM questions WHERE id <= ?');
  const select = database.prepare<[string, number], QuestionRecord>(
    'SELECT * FROM questions WHERE asked_at >= ? ORDER BY id DESC LIMIT ?',
  );
  const newestBeyond = database
    .prepare<[number], number | null>(
      `SELECT max(id) FROM (SELECT id, sum(${BYTES}) OVER (ORDER BY id DESC) AS total FROM questions) WHERE total > ?`,
    )
    .pluck();
  return {
    put(question: AskedQuestion, now: string): void {
      const { text, normalized, command, mode, filter, results, bestScore, bestCosine, coverage, elapsedMs } = question;
      const id = Number(
        insert.run(now, text, normalized, command, mode, filter, results, bestScore, bestCosine, coverage, elapsedMs)
          .lastInsertRowid,
      );
      removeUpTo.run(id - MAX_QUESTIONS);
      if (id % PRUNE_EVERY !== 0) return;
      const last = newestBeyond.get(MAX_QUESTION_BYTES);
      if (last) removeUpTo.run(last);
    },
    list: ({ since = '', limit }: { readonly since?: string; readonly limit: number }): LoggedQuestion[] =>
      select.all(since, limit).map((record) => ({
        id: record.id,
        askedAt: record.asked_at,
        text: record.text,
        normalized: record.normalized,
        command: record.command,
        mode: record.mode,
        filter: record.filter,
        results: record.results,
        bestScore: record.best_score,
        bestCosine: record.best_cosine,
        coverage: record.coverage,
        elapsedMs: record.elapsed_ms,
      })),
    figures: () =>
      database
        .prepare(
          `SELECT count(*) AS count, coalesce(sum(${BYTES}), 0) AS bytes, min(asked_at) AS oldest FROM questions`,
        )
        .get() as { count: number; bytes: number; oldest: string | null },
    clear: (): number => overwriting(database, () => database.prepare('DELETE FROM questions').run().changes),
  };
}
