import type { DocumentId } from '../../domain/ids.ts';

export type GapOptions = {
  /** ISO 8601: only what was asked from then on. */
  readonly since?: string;
  /** Most gaps. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly onQuestion?: (done: number, total: number) => void;
};

/** Questions of one subject that found little. */
export type Gap = {
  /** The one that is most like the others. */
  readonly question: string;
  /** Each once, most asked first. */
  readonly questions: readonly string[];
  /** Words that tell it from the other gaps, most telling first. */
  readonly terms: readonly string[];
  readonly asked: number;
  /** ISO 8601. */
  readonly lastAsked: string;
  /** Words of the questions that no passage of the database has. */
  readonly unknownWords: readonly string[];
  /** Words of the question that the nearest passage has not. */
  readonly missingWords: readonly string[];
  /** Share of the question's weight in the best of the nearest passages, in [0, 1]. */
  readonly coverage: number;
  /** Of the nearest passage, in [-1, 1]; null when it has none. */
  readonly cosine: number | null;
  readonly nearest: {
    readonly documentId: DocumentId;
    readonly title: string;
    readonly path: string;
    readonly uri: string;
  } | null;
  /** What to add: one or two sentences. */
  readonly advice: string;
};

export type GapReport = {
  /** Most asked first. */
  readonly gaps: readonly Gap[];
  /** Gaps beyond the limit. */
  readonly more: number;
  /** Entries of the log that were looked at. */
  readonly asked: number;
  /** Different questions among them. */
  readonly questions: number;
  /** Found little when they were asked, and find enough now. */
  readonly filled: number;
  /** Would have been asked again, had there not been so many. */
  readonly unchecked: number;
  /** Why there is nothing to show; null when there is something. */
  readonly reason: string | null;
};
