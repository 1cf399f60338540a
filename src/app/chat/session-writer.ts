import { setTimeout as pause } from 'node:timers/promises';
import type { NewTurn, SessionChange, SessionRecorder } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import type { PassageReference } from './remembered-passages.ts';
import { storedTurnOf } from './stored-turn.ts';
import type { ChatSettings, ChatTurn } from './types.ts';

/** A turn with what only saving needs. */
export type LiveTurn = {
  turn: ChatTurn;
  references: readonly PassageReference[];
  /** Null while it stands in no row. */
  row: number | null;
  isSaved: boolean;
};

export type SessionWriter = {
  id(): number | null;
  /** Why nothing is saved; null when it is. */
  reason(): string | null;
  /** Turns that are not saved go into the file if it can be written at once; false when some are left. */
  saveTurns(turns: readonly LiveTurn[]): boolean;
  /** As `saveTurns`, and waits a moment for another process that writes. */
  saveTurnsSoon(turns: readonly LiveTurn[]): Promise<boolean>;
  change(change: SessionChange): void;
  /** Takes turns out of the file, by their rows. */
  remove(rows: { readonly from: number; readonly to: number }): void;
  start(): void;
};

export const READ_ONLY = 'The database can only be read, so this conversation is not saved.';
const OFF = 'This conversation is not saved, as was asked for.';
const REMOVED = 'The session was removed from the database meanwhile, so the conversation is not saved any more.';

/** An ingest writes in batches of a second or so. Together, the waits are as long as one. */
const ATTEMPTS = 25;
const WAIT_MS = 60;

type WriterOptions = {
  /** Of a session that is there already. */
  readonly id: number | null;
  readonly save: boolean;
  readonly name: () => string;
  readonly settings: () => ChatSettings;
};

/** Writes a conversation as it happens: at once or not at all, so that nothing waits for another process's lock. */
export function createSessionWriter({ store, runtime, kept }: AppContext, options: WriterOptions): SessionWriter {
  let { id } = options;
  const asKept = (text: string): string => kept?.text(text) ?? text;
  const turnAsKept = (turn: NewTurn): NewTurn => kept?.turn(turn) ?? turn;
  let reason = store.readOnly ? READ_ONLY : options.save ? null : OFF;

  const ensured = (recorder: SessionRecorder): number => {
    id ??= recorder.putSession({ name: asKept(options.name()), settings: options.settings() });
    return id;
  };

  const saveTurns = (turns: readonly LiveTurn[]): boolean => {
    const due = turns.filter(({ isSaved }) => !isSaved);
    if (due.length === 0 || reason !== null) return reason === null;
    const before = id;
    const rows = new Map<LiveTurn, number>();
    let isRemoved = false;
    const isWritten = store.tryRecord((recorder) => {
      for (const live of due) {
        const record = turnAsKept(storedTurnOf(live.turn, live.references, runtime.clock));
        if (live.row !== null) {
          isRemoved ||= !recorder.changeTurn(live.row, record);
          continue;
        }
        const row = recorder.putTurn(ensured(recorder), record);
        if (row === null) isRemoved = true;
        else rows.set(live, row);
      }
    });
    if (!isWritten) {
      id = before;
      return false;
    }
    for (const live of due) live.isSaved = true;
    for (const [live, row] of rows) live.row = row;
    if (isRemoved && id !== null && store.session(id) === null) reason = REMOVED;
    return true;
  };

  return {
    id: () => (reason === REMOVED ? null : id),
    reason: () => reason,
    saveTurns,
    async saveTurnsSoon(turns) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (saveTurns(turns)) return true;
        if (reason !== null) return false;
        await pause(WAIT_MS);
      }
      return false;
    },
    change(change) {
      if (id === null || reason !== null) return;
      const own = id;
      const { name, summary } = change;
      const treated = {
        ...change,
        ...(name !== undefined && { name: asKept(name) }),
        ...(summary !== undefined && { summary: asKept(summary) }),
      };
      store.tryRecord((recorder) => void recorder.changeSession(own, treated));
    },
    remove(rows) {
      if (id === null || reason !== null) return;
      const own = id;
      store.record((recorder) => recorder.removeTurns(own, rows));
    },
    start() {
      if (reason === OFF) reason = null;
    },
  };
}
