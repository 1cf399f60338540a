import type { Answer } from '../../domain/answer.ts';
import type { ExpansionMethod, SearchFilter, SearchMode } from '../../domain/search.ts';
import type { PassageReference } from '../chat/remembered-passages.ts';
import type { Grade } from '../correct/types.ts';
import type { Route } from '../routes/types.ts';

/** A passage as it was offered to the answer, with its text: `[n]` is the n-th. */
export type RecordedPassage = PassageReference & { readonly text: string };

/** How it was asked: everything that an answer depends on, and no secret. */
export type RecordedOptions = {
  readonly model: string;
  readonly mode: SearchMode;
  readonly filter: SearchFilter;
  readonly system?: string;
  readonly limit?: number;
  readonly contextTokens?: number;
  readonly perDocument?: number;
  readonly minScore?: number;
  readonly diversity?: number;
  readonly window?: number;
  readonly expandSections?: boolean;
  readonly expandQuery?: ExpansionMethod;
  readonly expansionModel?: string;
  readonly graph?: boolean;
  readonly collapseCopies?: boolean;
  readonly rerank: string;
};

/** One question and all that came of it. Data of `rag.record/1`. */
export type AskRecord = {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Of the program. */
  readonly version: string;
  readonly question: string;
  readonly options: RecordedOptions;
  /** `provider/model` of the vectors of the database; null where it has none. */
  readonly embedder: string | null;
  readonly route: Route['kind'];
  readonly notes: readonly string[];
  /** How far what was found speaks of the question; absent where that was not judged. */
  readonly grade?: Grade;
  readonly passages: readonly RecordedPassage[];
  /** What the model was asked; null where none took part. */
  readonly prompt: { readonly system: string; readonly user: string } | null;
  readonly answer: Omit<Answer, 'hits' | 'question'>;
};

export type MovedPassage = {
  readonly path: string;
  readonly chunkId: string;
  readonly from: number;
  readonly to: number;
};
export type NamedPassage = { readonly path: string; readonly chunkId: string; readonly rank: number };

/** `text` in turn: what is in both, only in the first, only in the second. */
export type TextPart = { readonly type: 'same' | 'removed' | 'added'; readonly text: string };

export type RecordDifference = {
  /** Passages, their order and texts, the answer and its checks are the same. Usage may differ. */
  readonly isSame: boolean;
  readonly passages: {
    readonly gained: readonly NamedPassage[];
    readonly lost: readonly NamedPassage[];
    readonly moved: readonly MovedPassage[];
    /** The same passage of the same document, with another text. */
    readonly changed: readonly NamedPassage[];
  };
  readonly text: readonly TextPart[];
  readonly support: { readonly before: Answer['support']; readonly after: Answer['support'] };
  readonly model: { readonly before: string; readonly after: string };
  /** Sentences of each label, and citations that are verified. */
  readonly checks: { readonly before: CheckCounts; readonly after: CheckCounts };
  readonly usage: { readonly before: Answer['usage']; readonly after: Answer['usage'] };
};

export type CheckCounts = Readonly<Record<string, number>>;

export type ReplayOptions = {
  /** Another model; 'extractive' = none. */
  readonly model?: string;
  /** Answer from the recorded passages, without a search. */
  readonly passages?: boolean;
  readonly signal?: AbortSignal;
};

export type Replay = { readonly before: AskRecord; readonly after: AskRecord; readonly difference: RecordDifference };
