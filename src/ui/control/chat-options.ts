import type { ChatSession, SessionSummary } from '../../app/chat/types.ts';
import type { KnowledgeBase } from '../../app/types.ts';
import type { Programs } from '../sources/opening-command.ts';

/** What the chat on the screen is made of. */
export type ChatOptions = {
  readonly session: ChatSession;
  readonly knowledgeBase: KnowledgeBase;
  /** Goes on with another session. Throws NOT_FOUND with the nearest names. */
  readonly openSession: (reference: string) => ChatSession | Promise<ChatSession>;
  /** Saved sessions, last used first. */
  readonly listSessions: (limit: number) => readonly SessionSummary[] | Promise<readonly SessionSummary[]>;
  /** Questions of former sessions, oldest first, for Up and Ctrl-R. Asked for when the screen stands. */
  readonly loadHistory: () => readonly string[] | Promise<readonly string[]>;
  /** Models that are known to be there, as `provider/model`, for completion. */
  readonly listModels: () => Promise<readonly string[]>;
  readonly programs: Programs;
  readonly hasColor: boolean;
  readonly workingFolder: string;
  /** As `process.platform`. */
  readonly platform: string;
  /** Has warnings, one sentence each, told to the listener instead of written over the screen; what it returns ends that. */
  readonly takeWarnings?: (listener: (text: string) => void) => () => void;
  /** Asked at once. */
  readonly firstQuestion?: string;
};
