import type { ChunkId, DocumentId } from '../../domain/ids.ts';
import type { LoggedQuestion } from '../../store/types.ts';
import type { CalibrateOptions, CalibrationReport } from '../confidence/types.ts';
import type { QuestionSet } from '../evaluate/question-set.ts';
import type { GapOptions, GapReport } from '../gaps/types.ts';
import type { ModelUsage, ModelUsageOptions } from '../ledger/types.ts';
import type { SearchHit } from '../types.ts';

/** `edited`: the passage has other words now; `moved`: the document has another address now. */
export type FeedbackState = 'there' | 'edited' | 'moved' | 'passage gone' | 'document gone';

/** That something was right for a question, and where it stands now. */
export type FeedbackEntry = {
  readonly id: number;
  /** ISO 8601. */
  readonly givenAt: string;
  readonly question: string;
  readonly state: FeedbackState;
  readonly collection: string;
  /** Of today where the document is there, else of then. */
  readonly uri: string;
  readonly path: string;
  readonly documentId: DocumentId | null;
  /** Null for the document as a whole, and when the passage is gone. */
  readonly chunkId: ChunkId | null;
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
};

/** A line of the file that `rag eval` and `rag tune` read. */
export type FeedbackLine = {
  readonly id: string;
  readonly question: string;
  readonly paths: readonly string[];
  readonly passages: readonly string[];
  readonly kind: 'feedback';
};

export type CacheFigures = {
  readonly name: 'embeddings' | 'queries' | 'results' | 'replies';
  readonly entries: number;
  readonly bytes: number;
  /** Since the counting was begun, by every process. */
  readonly hits: number;
  readonly misses: number;
};

export type UsageFigures = {
  /** `oldest` is null when there are none. */
  readonly questions: { readonly count: number; readonly bytes: number; readonly oldest: string | null };
  readonly feedback: number;
  /** Questions that the confidence of hits stands on; null where none is shown. */
  readonly calibratedOn: number | null;
  readonly caches: readonly CacheFigures[];
};

export type { LoggedQuestion };

/** What was asked of a knowledge base, and what people said of the answers. */
export type Usage = {
  /** Newest first. `since`: ISO 8601. */
  questions(options?: { readonly since?: string; readonly limit?: number }): readonly LoggedQuestion[];
  /** How many there were. */
  clearQuestions(): number;
  /** Questions that found little, those that belong together as one. */
  gaps(options?: GapOptions): Promise<GapReport>;
  /** In the order in which it was given. */
  feedback(): readonly FeedbackEntry[];
  /** Says that a hit was right for the question. The same twice is one entry. */
  pick(question: string, hit: SearchHit): FeedbackEntry;
  /** As `pick`, for `<path|URI|document id|chunk id>`. Throws NOT_FOUND, or USAGE for a reference to several. */
  addFeedback(question: string, reference: string): FeedbackEntry;
  /** Takes an entry back. Throws NOT_FOUND. */
  removeFeedback(id: number): FeedbackEntry;
  /** A line for each question of which something is still there. */
  feedbackLines(): readonly FeedbackLine[];
  /** Fits a confidence for hits to labelled questions about this database. Throws ABORTED. */
  calibrate(set: QuestionSet, options?: CalibrateOptions): Promise<CalibrationReport>;
  /** Whether there was one to take away. */
  clearCalibration(): boolean;
  figures(): UsageFigures;
  /** What models were asked, and what that cost. */
  models(options?: ModelUsageOptions): ModelUsage;
  /** Takes away kept results and counts; what they were. */
  clearCaches(): readonly CacheFigures[];
};
