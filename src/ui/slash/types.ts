import type { ChatEvent, ChatSession, SessionSummary } from '../../app/chat/types.ts';
import type { KnowledgeBase } from '../../app/types.ts';
import type { Page } from '../../present/text/style.ts';
import type { ItemContent, Openable, OpenWay } from '../state/types.ts';

export type SlashContext = {
  readonly session: ChatSession;
  readonly knowledgeBase: KnowledgeBase;
  readonly page: Page;
  /** What `n` counts: passages of the last answer or search. */
  readonly openables: readonly Openable[];
  /** Another session of the knowledge base. Throws NOT_FOUND with the nearest names. */
  readonly openSession: (reference: string) => ChatSession | Promise<ChatSession>;
  /** Saved sessions, last used first. */
  readonly listSessions: (limit: number) => readonly SessionSummary[] | Promise<readonly SessionSummary[]>;
  readonly signal: AbortSignal;
  /** What is being done, while it takes its time. */
  onPhase(phase: string): void;
};

/** What a command leaves to the screen. */
export type SlashOutcome =
  | { readonly type: 'print'; readonly item: ItemContent }
  | { readonly type: 'openables'; readonly openables: readonly Openable[] }
  | { readonly type: 'answer'; readonly events: AsyncIterable<ChatEvent> }
  | { readonly type: 'session'; readonly session: ChatSession }
  | { readonly type: 'cleared' }
  | { readonly type: 'open'; readonly openable: Openable; readonly way: OpenWay }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'draft'; readonly text: string }
  | { readonly type: 'leave' };

export type SlashRun = (
  argument: string,
  context: SlashContext,
) => Promise<readonly SlashOutcome[]> | readonly SlashOutcome[];

export const say = (text: string, hint?: string): readonly SlashOutcome[] => [
  { type: 'print', item: { type: 'note', tone: 'info', text, ...(hint && { hint }) } },
];

export const output = (text: string): SlashOutcome => ({ type: 'print', item: { type: 'output', text } });
