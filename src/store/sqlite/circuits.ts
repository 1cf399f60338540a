import type Database from 'better-sqlite3';

/** Providers that a knowledge base may have been pointed at; more are those of tests and of forgotten experiments. */
const MAX_CIRCUITS = 100;

/** Failures of providers since their last success; one statement each, so that two processes do not undo each other. */
export function createCircuits(database: Database.Database) {
  const select = database.prepare<[string], { failures: number; failedAt: number }>(
    'SELECT failures, failed_at AS failedAt FROM circuits WHERE provider = ?',
  );
  const count = database.prepare(`
    INSERT INTO circuits VALUES (?, 1, ?)
    ON CONFLICT (provider) DO UPDATE SET failures = failures + 1, failed_at = excluded.failed_at`);
  const clear = database.prepare('DELETE FROM circuits WHERE provider = ?');
  const claim = database.prepare('UPDATE circuits SET failed_at = ? WHERE provider = ? AND failed_at = ?');
  const prune = database.prepare(
    'DELETE FROM circuits WHERE provider NOT IN (SELECT provider FROM circuits ORDER BY failed_at DESC LIMIT ?)',
  );
  return {
    get: (provider: string) => select.get(provider) ?? null,
    countFailure(provider: string, now: number): void {
      count.run(provider, now);
      prune.run(MAX_CIRCUITS);
    },
    clear: (provider: string): void => void clear.run(provider),
    claim: (provider: string, failedAt: number, now: number): boolean => claim.run(now, provider, failedAt).changes > 0,
  };
}
