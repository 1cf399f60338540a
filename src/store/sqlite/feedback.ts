import type Database from 'better-sqlite3';
import type { NewFeedback, StoredFeedback } from '../usage-types.ts';
import { overwriting } from './overwriting.ts';

type FeedbackRecord = {
  id: number;
  given_at: string;
  question: string;
  collection: string;
  uri: string;
  path: string;
  start: number | null;
  end: number | null;
  text_hash: Buffer | null;
  sketch: Buffer | null;
  content_hash: Buffer | null;
};

/** What people said was right. It stays when the document goes: it is theirs, and holds none of its text. */
export function createFeedback(database: Database.Database) {
  const insert = database.prepare(`
    INSERT INTO feedback (given_at, question, collection, uri, path, start, "end", text_hash, sketch, content_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const same = database
    .prepare<unknown[], number>(
      'SELECT id FROM feedback WHERE question = ? AND collection = ? AND uri = ? AND text_hash IS ?',
    )
    .pluck();
  const selectAll = database.prepare<[], FeedbackRecord>('SELECT * FROM feedback ORDER BY id');
  const remove = database.prepare('DELETE FROM feedback WHERE id = ?');
  return {
    put({ question, collection, uri, path, contentHash, passage }: NewFeedback, now: string): number {
      const there = same.get(question, collection, uri, passage?.textHash ?? null);
      if (there !== undefined) return there;
      return Number(
        insert.run(
          now,
          question,
          collection,
          uri,
          path,
          passage?.start ?? null,
          passage?.end ?? null,
          passage?.textHash ?? null,
          passage?.sketch ?? null,
          Buffer.from(contentHash, 'hex'),
        ).lastInsertRowid,
      );
    },
    remove: (id: number): boolean => overwriting(database, () => remove.run(id).changes > 0),
    all: (): StoredFeedback[] =>
      selectAll
        .all()
        .map(({ id, given_at, question, collection, uri, path, start, end, text_hash, sketch, content_hash }) => ({
          id,
          givenAt: given_at,
          question,
          collection,
          uri,
          path,
          contentHash: content_hash?.toString('hex') ?? '',
          passage:
            start === null || end === null || !text_hash || !sketch
              ? null
              : { start, end, textHash: text_hash, sketch },
        })),
  };
}
