import type { ChatSource } from '../../app/chat/types.ts';
import type { Input } from '../input/types.ts';
import type { Draft } from './edit-text.ts';

/** A source of an answer as the screen lists it. */
export type ShownSource = ChatSource & {
  /** From 0 to 1; only where the database was calibrated. */
  readonly confidence?: number;
  /** What the answer quotes though it does not stand in the stored text. */
  readonly unverified: readonly string[];
};

/** Something that is printed once, above what moves. */
export type ItemContent =
  | { readonly type: 'welcome'; readonly lines: readonly string[] }
  | { readonly type: 'question'; readonly text: string }
  | { readonly type: 'rewritten'; readonly text: string }
  | { readonly type: 'markdown'; readonly text: string }
  | { readonly type: 'sources'; readonly sources: readonly ShownSource[] }
  | {
      readonly type: 'note';
      readonly tone: 'info' | 'warning' | 'error';
      readonly text: string;
      readonly hint?: string;
    }
  /** What a command prints, made for the terminal by the renderers of `present`. */
  | { readonly type: 'output'; readonly text: string };

/** `isTight`: no blank line stands above it, as between notes. */
export type Item = ItemContent & { readonly id: number; readonly isTight?: true };

/** Something that can be opened by its number: a passage of the last answer or search. */
export type Openable = {
  readonly marker: number;
  readonly title: string;
  readonly uri: string;
  readonly path: string;
  readonly type: string;
  /** 1-based, in the source. */
  readonly line: number | null;
  readonly page: number | null;
  readonly chunkId: string;
  /** What it was found for. */
  readonly query: string;
};

/** How something is opened: as its kind asks for, in the editor, or by what the system opens such files with. */
export type OpenWay = 'best' | 'editor' | 'system';

export type Status = {
  readonly collections: string;
  readonly model: string;
  readonly session: string;
  readonly documents: number;
  readonly turns: number;
};

export type Candidate = { readonly text: string; readonly help?: string };

/** Completions of `text.slice(start, end)` of the draft they were made for. */
export type Completion = {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Candidate[];
  /** The one that stands in the draft; null when only what they have in common does. */
  readonly selected: number | null;
};

/** Something is under way: an answer, or a command that takes its time. */
export type Running = {
  readonly kind: 'answer' | 'command';
  /** `searching`, `writing` ... */
  readonly phase: string;
  /** Markdown that is not final yet. */
  readonly tail: string;
  readonly isStopping: boolean;
};

export type State = {
  readonly columns: number;
  readonly rows: number;
  readonly draft: Draft;
  /** What was sent, oldest first. */
  readonly history: readonly string[];
  /** The entry that stands in the draft, and the draft that was left for it. */
  readonly recalled: { readonly at: number; readonly kept: Draft } | null;
  /** Ctrl-R: what is looked for, and where the entry stands that holds it. */
  readonly lookup: { readonly text: string; readonly at: number | null; readonly kept: Draft } | null;
  readonly completion: Completion | null;
  readonly picker: { readonly selected: number } | null;
  readonly openables: readonly Openable[];
  readonly items: readonly Item[];
  /** What is printed begins here, and is printed again whenever `epoch` changes. */
  readonly firstItem: number;
  readonly epoch: number;
  readonly running: Running | null;
  readonly status: Status;
  /** One line below the input, until the next key. */
  readonly notice: string;
  /** Another program has the terminal. */
  readonly isSuspended: boolean;
};

export type Action =
  | { readonly type: 'input'; readonly input: Input }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly type: 'print'; readonly items: readonly ItemContent[] }
  | { readonly type: 'begin'; readonly kind: Running['kind']; readonly phase: string }
  | { readonly type: 'phase'; readonly phase: string }
  /** Text of the answer, as much as came since the last frame. */
  | { readonly type: 'text'; readonly text: string }
  /** What is under way has come to its end: `items` stand below it. */
  | { readonly type: 'end'; readonly items: readonly ItemContent[] }
  | { readonly type: 'openables'; readonly openables: readonly Openable[] }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'notice'; readonly text: string }
  | {
      readonly type: 'completions';
      readonly draft: string;
      readonly start: number;
      readonly end: number;
      readonly candidates: readonly Candidate[];
    }
  | { readonly type: 'draft'; readonly text: string }
  /** What was asked in former sessions, oldest first. */
  | { readonly type: 'history'; readonly entries: readonly string[] }
  | { readonly type: 'suspend' }
  | { readonly type: 'resume' }
  /** All of the conversation is to be shown anew: another session, or none of it. */
  | { readonly type: 'replace'; readonly items: readonly ItemContent[] };

/** What is to be done outside of the state. */
export type Effect =
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'stop' }
  | { readonly type: 'leave' }
  /** The screen is to be wiped, for all of it is printed anew. */
  | { readonly type: 'wipe' }
  | { readonly type: 'complete'; readonly text: string; readonly cursor: number }
  | { readonly type: 'open'; readonly openable: Openable; readonly way: OpenWay };

export type Step = { readonly state: State; readonly effects: readonly Effect[] };
