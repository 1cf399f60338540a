import type { Generator } from '../types.ts';

/** One model that may be asked, and the provider whose circuit and limits it shares with others. */
export type Member = {
  readonly generator: Generator;
  /** Provider and host: what is down for one model is down for all of them. */
  readonly provider: string;
};

/** Failures of a provider without a success between them. */
export type Circuit = {
  readonly failures: number;
  /** Of the last failure, or of the last probe that was begun. Milliseconds since 1970. */
  readonly failedAt: number;
};

/** Where circuits live; another process may change them at any time. Nothing here throws. */
export type CircuitStore = {
  circuit(provider: string): Circuit | null;
  /** One failure more, at `now`. */
  countFailure(provider: string, now: number): void;
  clearFailures(provider: string): void;
  /** Puts `now` for `failedAt` unless it has changed since; false when somebody else was faster. */
  claimProbe(provider: string, failedAt: number, now: number): boolean;
};

/** What a reply is kept as. */
export type KeptReply = {
  readonly text: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
};

export type ReplyStore = {
  reply(key: Uint8Array): KeptReply | null;
  keepReply(key: Uint8Array, reply: KeptReply): void;
};
