import type Database from 'better-sqlite3';
import type { SessionRecorder, SessionStore, StoredSession, StoredTurn } from '../session-types.ts';
import { overwriting } from './overwriting.ts';

/** Years of conversations; a list that is longer nobody reads. */
export const MAX_SESSIONS = 1000;
export const MAX_TURNS = 2000;

type SessionRow = {
  id: number;
  name: string;
  settings: string;
  summary: string;
  summarized_to: number;
  created_at: string;
  updated_at: string;
  turns: number;
  first_question: string | null;
};

type TurnRow = {
  id: number;
  asked_at: string;
  question: string;
  searched_for: string;
  state: string;
  text: string;
  answer: string;
  sources: string;
  error: string;
  process: number;
  touched_at: string;
};

const SELECT = `
  SELECT sessions.*,
    (SELECT count(*) FROM turns WHERE session_id = sessions.id) AS turns,
    (SELECT question FROM turns WHERE session_id = sessions.id ORDER BY id LIMIT 1) AS first_question
  FROM sessions`;

/** A damaged value costs its own turn some of what it shows, and nobody the session. */
const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
};

const packed = (value: unknown): string => JSON.stringify(value ?? null);

const sessionOf = (row: SessionRow): StoredSession => ({
  id: row.id,
  name: row.name,
  settings: parsed(row.settings),
  summary: row.summary,
  summarizedTo: row.summarized_to,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  turns: row.turns,
  firstQuestion: row.first_question ?? '',
});

const turnOf = (row: TurnRow): StoredTurn => ({
  id: row.id,
  askedAt: row.asked_at,
  question: row.question,
  searchedFor: row.searched_for,
  state: row.state,
  text: row.text,
  answer: parsed(row.answer),
  sources: parsed(row.sources),
  error: parsed(row.error),
  process: row.process,
  touchedAt: row.touched_at,
});

/** Conversations and their turns, bounded in number. */
export function createSessions(database: Database.Database): {
  readonly read: SessionStore;
  recorder(now: () => string): SessionRecorder;
} {
  const one = <Key extends number | string>(condition: string) =>
    database.prepare<[Key], SessionRow>(`${SELECT} WHERE ${condition} = ?`);
  const byId = one<number>('id');
  const byName = one<string>('name');
  const all = database.prepare<[number], SessionRow>(`${SELECT} ORDER BY updated_at DESC, id DESC LIMIT ?`);
  const turnsAfter = database.prepare<[number, number, number], TurnRow>(
    'SELECT * FROM (SELECT * FROM turns WHERE session_id = ? AND id > ? ORDER BY id DESC LIMIT ?) ORDER BY id',
  );
  const touch = database.prepare('UPDATE sessions SET updated_at = ? WHERE id = ?');
  const removeSession = database.prepare('DELETE FROM sessions WHERE id = ?');

  const freeName = (name: string, own: number): string => {
    const isTaken = (wanted: string): boolean => (byName.get(wanted)?.id ?? own) !== own;
    let free = name;
    for (let number = 2; isTaken(free); number++) free = `${name} ${number}`;
    return free;
  };

  return {
    read: {
      sessions: (limit) => all.all(limit).map(sessionOf),
      session: (id) => mapped(byId.get(id), sessionOf),
      sessionNamed: (name) => mapped(byName.get(name), sessionOf),
      sessionTurns: (session, { after, limit }) => turnsAfter.all(session, after, limit).map(turnOf),
    },
    recorder: (now) => ({
      putSession({ name, settings }) {
        const at = now();
        const { lastInsertRowid } = database
          .prepare(
            `INSERT INTO sessions (name, settings, summary, summarized_to, created_at, updated_at)
             VALUES (?, ?, '', 0, ?, ?)`,
          )
          .run(freeName(name, 0), packed(settings), at, at);
        const old = database
          .prepare<[number], number>('SELECT id FROM sessions ORDER BY updated_at DESC, id DESC LIMIT -1 OFFSET ?')
          .pluck()
          .all(MAX_SESSIONS);
        if (old.length > 0) overwriting(database, () => old.map((id) => removeSession.run(id)));
        return Number(lastInsertRowid);
      },
      changeSession(id, change) {
        const before = byId.get(id);
        if (!before) return false;
        database
          .prepare('UPDATE sessions SET name = ?, settings = ?, summary = ?, summarized_to = ? WHERE id = ?')
          .run(
            change.name === undefined ? before.name : freeName(change.name, id),
            change.settings === undefined ? before.settings : packed(change.settings),
            change.summary ?? before.summary,
            change.summarizedTo ?? before.summarized_to,
            id,
          );
        return true;
      },
      removeSession: (id) => overwriting(database, () => removeSession.run(id).changes > 0),
      putTurn(session, turn) {
        if (!byId.get(session)) return null;
        const { askedAt, question, searchedFor, state, text, answer, sources, error, process, touchedAt } = turn;
        const { lastInsertRowid } = database
          .prepare(
            `INSERT INTO turns (session_id, asked_at, question, searched_for, state, text, answer, sources, error, process, touched_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            session,
            askedAt,
            question,
            searchedFor,
            state,
            text,
            packed(answer),
            packed(sources),
            packed(error),
            process,
            touchedAt,
          );
        touch.run(now(), session);
        overwriting(database, () =>
          database
            .prepare(
              `DELETE FROM turns WHERE session_id = ? AND id <=
                 (SELECT id FROM turns WHERE session_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
            )
            .run(session, session, MAX_TURNS),
        );
        return Number(lastInsertRowid);
      },
      changeTurn: (id, { searchedFor, state, text, answer, sources, error, process, touchedAt }) =>
        database
          .prepare(
            `UPDATE turns SET searched_for = ?, state = ?, text = ?, answer = ?, sources = ?, error = ?, process = ?,
               touched_at = ? WHERE id = ?`,
          )
          .run(searchedFor, state, text, packed(answer), packed(sources), packed(error), process, touchedAt, id)
          .changes > 0,
      removeTurns: (session, { from, to }) =>
        void overwriting(database, () =>
          database.prepare('DELETE FROM turns WHERE session_id = ? AND id BETWEEN ? AND ?').run(session, from, to),
        ),
    }),
  };
}

const mapped = <Row, Value>(row: Row | undefined, map: (row: Row) => Value): Value | null =>
  row === undefined ? null : map(row);
