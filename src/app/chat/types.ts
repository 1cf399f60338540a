import type { Answer } from '../../domain/answer.ts';
import type { ChunkId } from '../../domain/ids.ts';
import type { SearchFilter, SearchMode } from '../../domain/search.ts';
import type { AskEvent } from '../types.ts';

/**
 * `running`: being answered. `stopped`: the user stopped it, or the process ended before its end; what had come is in
 * `text`. `failed`: see `error`.
 */
export type TurnState = 'running' | 'done' | 'stopped' | 'failed';

export type TurnError = { readonly code: string; readonly message: string; readonly hint?: string };

/** A passage that an answer was given from, as a session remembers it: by reference, without its text. */
export type ChatSource = {
  /** `[marker]` of the answer, from 1. */
  readonly marker: number;
  readonly chunkId: ChunkId;
  readonly collection: string;
  readonly uri: string;
  readonly path: string;
  readonly title: string;
  /** Short name of the format: md, pdf ... */
  readonly type: string;
  readonly headingPath: readonly string[];
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly score: number;
  /** Whether the answer cites it. */
  readonly cited: boolean;
  /** `changed`: the document was read again since, and the passage holds another text now. `gone`: it is there no more. */
  readonly state: 'there' | 'changed' | 'gone';
};

export type ChatTurn = {
  /** Counts the questions of the session, from 1; a question in place of another has its number. */
  readonly id: number;
  /** As it was typed. */
  readonly question: string;
  /** What was searched for: the question, or what a follow-up was rewritten to. */
  readonly searchedFor: string;
  /** What of the answer has come, with `[n]` markers. */
  readonly text: string;
  /** The whole answer; null until it has come. Passages of a resumed turn that are gone have an empty text. */
  readonly answer: Answer | null;
  /** In the order of their markers. */
  readonly sources: readonly ChatSource[];
  readonly state: TurnState;
  readonly error?: TurnError;
  /** When it was asked: ISO 8601, UTC. */
  readonly at: string;
};

export type ChatEvent =
  /** The question is saved. */
  | { readonly type: 'turn-start'; readonly turn: ChatTurn }
  /** A follow-up question was made to stand alone; `by` the rules or by the model. */
  | { readonly type: 'rewritten'; readonly question: string; readonly by: 'model' | 'rules' }
  /** So many older turns now stand in the prompt as a summary; the conversation takes so many tokens of it. */
  | { readonly type: 'compacted'; readonly turns: number; readonly tokens: number }
  /** One sentence for people: the session cannot be saved, another process wrote to it. */
  | { readonly type: 'note'; readonly text: string }
  | AskEvent
  /** Always the last one, also of what failed or was stopped: `turn.state` says which. */
  | { readonly type: 'turn-end'; readonly turn: ChatTurn };

export type ChatSettings = {
  /** `provider/model`; 'extractive' = none; absent: the setting `model`. */
  readonly model?: string;
  readonly system?: string;
  readonly filter: SearchFilter;
  /** Documents, by path, from which alone questions are answered; empty = all. */
  readonly files: readonly string[];
  /** Passages that an answer may draw on. */
  readonly limit: number;
  readonly mode: SearchMode;
  /** Tokens of the prompt that passages may take; absent: by what the model holds. */
  readonly contextTokens?: number;
  /** Tokens of the prompt that the conversation may take. */
  readonly memoryTokens: number;
};

export type AskInChat = { readonly signal?: AbortSignal };

/** A conversation. One question at a time: asking while one is answered throws USAGE. */
export type ChatSession = {
  /** Null while nothing of it is saved. */
  id(): number | null;
  /** What people call it; made from its first question, and empty before. */
  name(): string;
  /** Why nothing is saved; null when it is. */
  unsavedReason(): string | null;
  turns(): readonly ChatTurn[];
  settings(): ChatSettings;
  /** The model that answers, by name; null when answers are quoted from the documents. */
  model(): string | null;
  /** Replaces the settings given. Throws as the wrong value would in a question: MODEL_UNKNOWN, NOT_FOUND for a file. */
  change(settings: Partial<ChatSettings>): void;
  /** Never throws for what a model, a search or the disk does: the last event, `turn-end`, tells. */
  ask(question: string, options?: AskInChat): AsyncIterable<ChatEvent>;
  /** Answers the last question again, in its place. Throws NOT_FOUND when there is none. */
  retry(options?: AskInChat): AsyncIterable<ChatEvent>;
  /** Takes a question and all that followed it back, and asks another in its place. */
  edit(turn: number, question: string, options?: AskInChat): AsyncIterable<ChatEvent>;
  /** Summarises the conversation so far, whatever room it takes; null when there is nothing to summarise. */
  compact(signal?: AbortSignal): Promise<{ readonly turns: number; readonly tokens: number } | null>;
  /** Forgets all turns, in the database too; settings stay. */
  clear(): void;
  rename(name: string): void;
  /** From now on it is saved, with what was said so far, under the name if one is given. */
  save(name?: string): void;
  export(format: 'md' | 'json'): string;
};

export type ChatOptions = {
  /** Id or name of the session to go on with. Throws NOT_FOUND with the nearest names. */
  readonly session?: string;
  /** Go on with the session that was used last; a new one when there is none. */
  readonly continue?: boolean;
  /** False: nothing of it goes into the database. */
  readonly save?: boolean;
  /** In place of the defaults, or of those that a resumed session had. */
  readonly settings?: Partial<ChatSettings>;
};

export type SessionSummary = {
  readonly id: number;
  readonly name: string;
  readonly turns: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The first question; empty when nothing was asked. */
  readonly firstQuestion: string;
};

/** A session as it stands in the database. */
export type SessionRecord = SessionSummary & {
  readonly settings: ChatSettings;
  readonly transcript: readonly ChatTurn[];
};

/** Saved sessions. A reference is an id or a name; what names none throws NOT_FOUND with the nearest names. */
export type Sessions = {
  /** Last used first. */
  list(limit?: number): readonly SessionSummary[];
  find(reference: string): SessionSummary;
  show(reference: string): SessionRecord;
  /** In order, the last of many. */
  questions(reference: string): readonly string[];
  rename(reference: string, name: string): SessionSummary;
  export(reference: string, format: 'md' | 'json'): string;
  remove(reference: string): SessionSummary;
};
