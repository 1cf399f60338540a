import type Database from 'better-sqlite3';
import { overwriting } from './overwriting.ts';

/** Columns that hold what people wrote, or what was said to them. */
const TEXTS = [
  ['feedback', 'question'],
  ['sessions', 'name'],
  ['sessions', 'summary'],
  ['turns', 'question'],
  ['turns', 'searched_for'],
  ['merge_decisions', 'from_name'],
  ['merge_decisions', 'to_name'],
  ['merge_decisions', 'reason'],
] as const;

type TurnRow = {
  readonly id: number;
  readonly text: string;
  readonly answer: string;
  readonly sources: string;
  readonly error: string;
};

/**
 * Changes all that is kept of what people wrote and of what answers said, and forgets the hashes by which passages of a
 * source were to be known again: of a passage whose values are gone, anyone could try them out.
 */
export function rewriteKept(database: Database.Database, source: number, change: (text: string) => string): void {
  const uris = database
    .prepare<[number, number], string>(
      'SELECT uri FROM documents WHERE source_id = ? UNION SELECT uri FROM failures WHERE source_id = ?',
    )
    .pluck()
    .all(source, source);
  overwriting(database, () => {
    for (const [table, column] of TEXTS) rewriteColumn(database, { table, column, change });
    rewriteTurns(database, new Set(uris), change);
    const forget = database.prepare(
      `UPDATE feedback SET start = NULL, "end" = NULL, text_hash = NULL, sketch = NULL, content_hash = NULL WHERE uri = ?`,
    );
    for (const uri of uris) forget.run(uri);
  });
}

type Column = { readonly table: string; readonly column: string; readonly change: (text: string) => string };

function rewriteColumn(database: Database.Database, { table, column, change }: Column): void {
  const set = database.prepare(`UPDATE OR IGNORE ${table} SET ${column} = ? WHERE id = ?`);
  const rows = database.prepare<[], { id: number; text: string }>(`SELECT id, ${column} AS text FROM ${table}`).all();
  for (const { id, text } of rows) {
    const changed = change(text);
    // A name that another has already gets a number.
    if (changed !== text && set.run(changed, id).changes === 0) set.run(`${changed} ${id}`, id);
  }
}

function rewriteTurns(database: Database.Database, uris: ReadonlySet<string>, change: (text: string) => string): void {
  const set = database.prepare('UPDATE turns SET text = ?, answer = ?, sources = ?, error = ? WHERE id = ?');
  const last = database.prepare<[number], TurnRow>(
    'SELECT id, text, answer, sources, error FROM turns WHERE id > ? ORDER BY id LIMIT 1',
  );
  for (let turn = last.get(0); turn; turn = last.get(turn.id)) {
    const text = change(turn.text);
    // What an answer says of places in its text holds for that text only.
    const answer = text === turn.text ? rewriteJson(turn.answer, change) : 'null';
    const sources = rewriteJson(turn.sources, change, uris);
    const error = rewriteJson(turn.error, change);
    if (text !== turn.text || answer !== turn.answer || sources !== turn.sources || error !== turn.error)
      set.run(text, answer, sources, error, turn.id);
  }
}

/** Damaged JSON is of no use to anyone, and may hold anything. */
function rewriteJson(json: string, change: (text: string) => string, forgotten?: ReadonlySet<string>): string {
  const reviver = (name: string, value: unknown): unknown => {
    if (isReference(value) && forgotten?.has(value.uri)) return { ...value, hash: '' };
    // Names of documents stay.
    return typeof value === 'string' && !PLACES.has(name) ? change(value) : value;
  };
  try {
    return JSON.stringify(JSON.parse(json, reviver));
  } catch {
    return 'null';
  }
}

const PLACES = new Set(['uri', 'path', 'chunkId', 'documentId', 'hash', 'collection', 'modifiedAt']);

const isReference = (value: unknown): value is { readonly uri: string; readonly hash: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { uri?: unknown }).uri === 'string' &&
  'hash' in value;
