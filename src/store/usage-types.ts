import type { SessionRecorder, SessionStore } from './session-types.ts';

/** A question that somebody asked, as the log keeps it. */
export type AskedQuestion = {
  /** As typed, cut where it is very long. */
  readonly text: string;
  /** Folded, so that the same question in other letters is the same. */
  readonly normalized: string;
  /** `search` or `ask`. */
  readonly command: string;
  readonly mode: string;
  /** The filter as JSON; `{}` when there was none. */
  readonly filter: string;
  readonly results: number;
  /** Of the first hit; null when there was none. */
  readonly bestScore: number | null;
  /** Cosine of the nearest hit, in [-1, 1]; null when no hit has one. */
  readonly bestCosine: number | null;
  /** Share of the question's words in the hit that has most of them, in [0, 1]. */
  readonly coverage: number;
  readonly elapsedMs: number;
};

export type LoggedQuestion = AskedQuestion & { readonly id: number; readonly askedAt: string };

/** That a passage, or a document as a whole, was right for a question. Holds no text of the document. */
export type NewFeedback = {
  readonly question: string;
  readonly collection: string;
  readonly uri: string;
  readonly path: string;
  /** Of the document at that time: sha256 of its bytes, hex. */
  readonly contentHash: string;
  /** Null for the document as a whole. */
  readonly passage: FeedbackPassage | null;
};

export type FeedbackPassage = {
  readonly start: number;
  readonly end: number;
  /** Of its text. 16 bytes. */
  readonly textHash: Uint8Array;
  /** By which it is known again when its words were edited, see `sketchOf`. */
  readonly sketch: Uint8Array;
};

export type StoredFeedback = NewFeedback & { readonly id: number; readonly givenAt: string };

/** Hits and misses of the caches, by name. */
export type CacheCounts = Readonly<Record<string, { readonly hits: number; readonly misses: number }>>;

export type KeptResultFigures = { readonly entries: number; readonly bytes: number };

/** What people asked and said, and results kept for the next time. Of a database from before there were such tables, empty. */
export type UsageStore = SessionStore & {
  /** Newest first. `since`: ISO 8601, inclusive. */
  questions(options: { readonly since?: string; readonly limit: number }): readonly LoggedQuestion[];
  questionFigures(): { readonly count: number; readonly bytes: number; readonly oldest: string | null };
  /** In the order in which it was given. */
  feedback(): readonly StoredFeedback[];
  /** Null when there is none under this key. */
  keptResult(key: Uint8Array): Uint8Array | null;
  keptResultFigures(): KeptResultFigures;
  /** A vector as its bytes; null when there is none under this key. */
  keptQueryVector(key: Uint8Array): Uint8Array | null;
  keptQueryVectorFigures(): KeptResultFigures;
  cacheCounts(): CacheCounts;
  /** What was fitted to show confidence, as it was put; null when nothing was. */
  calibration(): unknown;
  /** As `write`, for what no search depends on: the generation stays as it is. */
  record<T>(work: (recorder: UsageRecorder) => T): T;
  /**
   * As `record`, but at once or not at all: false when the database cannot be written or another process is writing.
   * Never throws for a reason of the database's.
   */
  tryRecord(work: (recorder: UsageRecorder) => void): boolean;
};

export type UsageRecorder = SessionRecorder & {
  /** The oldest go when there are too many. */
  putQuestion(question: AskedQuestion): void;
  /** How many there were. */
  clearQuestions(): number;
  /** The id of the new entry, or of the one that says the same already. */
  putFeedback(feedback: NewFeedback): number;
  /** False when there is none of this id. */
  removeFeedback(id: number): boolean;
  /** Those that were not used for longest go when there are too many. */
  keepResult(key: Uint8Array, value: Uint8Array): void;
  /** Marks a kept result as used just now. */
  touchResult(key: Uint8Array): void;
  clearResults(): KeptResultFigures;
  /** As `keepResult`, `touchResult` and `clearResults`, for replies of models. */
  keepReply(key: Uint8Array, value: Uint8Array): void;
  touchReply(key: Uint8Array): void;
  clearReplies(): KeptResultFigures;
  /** As `keepResult`, `touchResult` and `clearResults`, for vectors of questions. */
  keepQueryVector(key: Uint8Array, value: Uint8Array): void;
  touchQueryVector(key: Uint8Array): void;
  clearQueryVectors(): KeptResultFigures;
  countCache(name: string, counts: { readonly hits: number; readonly misses: number }): void;
  clearCacheCounts(): void;
  putCalibration(value: unknown): void;
};
