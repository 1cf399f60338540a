/** A turn of a conversation as its row holds it. What is `unknown` is JSON that the store does not look into. */
export type NewTurn = {
  /** ISO 8601, UTC. */
  readonly askedAt: string;
  readonly question: string;
  readonly searchedFor: string;
  /** running, done, stopped or failed. */
  readonly state: string;
  readonly text: string;
  readonly answer: unknown;
  readonly sources: unknown;
  readonly error: unknown;
  /** Of the process that answers it. */
  readonly process: number;
  /** When the row was written last: ISO 8601, UTC. */
  readonly touchedAt: string;
};

export type StoredTurn = NewTurn & { readonly id: number };

export type StoredSession = {
  readonly id: number;
  readonly name: string;
  readonly settings: unknown;
  /** What the turns up to `summarizedTo`, a turn's id, come down to; empty when nothing was summarised. */
  readonly summary: string;
  readonly summarizedTo: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly turns: number;
  readonly firstQuestion: string;
};

/** Conversations. Of a database from before there were any, empty. */
export type SessionStore = {
  /** Last used first. */
  sessions(limit: number): readonly StoredSession[];
  session(id: number): StoredSession | null;
  sessionNamed(name: string): StoredSession | null;
  /** In order, those after a turn; of more than `limit`, the last. */
  sessionTurns(session: number, options: { readonly after: number; readonly limit: number }): readonly StoredTurn[];
};

export type SessionChange = Partial<Pick<StoredSession, 'name' | 'settings' | 'summary' | 'summarizedTo'>>;

export type SessionRecorder = {
  /** Its id. The sessions that were not used for longest go when there are too many. A name that is taken gets a number. */
  putSession(session: { readonly name: string; readonly settings: unknown }): number;
  /** False when the session is gone. */
  changeSession(id: number, change: SessionChange): boolean;
  removeSession(id: number): boolean;
  /** Its id; null when the session is gone. The oldest turns go when there are too many. */
  putTurn(session: number, turn: NewTurn): number | null;
  /** False when the turn is gone. */
  changeTurn(id: number, turn: Omit<NewTurn, 'askedAt' | 'question'>): boolean;
  /** Removes turns of a session by their rows, both ends included. */
  removeTurns(session: number, rows: { readonly from: number; readonly to: number }): void;
};
