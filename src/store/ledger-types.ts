/** A call of a model, as it is known before it begins. */
export type NewModelCall = {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `provider/model`. */
  readonly model: string;
  readonly purpose: string;
  /** Estimates: what it takes at most. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar that it may cost at most; null where the model has no price. */
  readonly cost: number | null;
};

/** What became of a call. Holds no text of it. */
export type EndedModelCall = {
  /** `ok`, `stopped` when the reader went away, or the code of an error. */
  readonly outcome: string;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** The tokens were not counted by the server. */
  readonly isEstimated: boolean;
  /** The reply was kept from an earlier call. */
  readonly isCached: boolean;
  readonly cost: number | null;
  /** Null when no text came. */
  readonly firstTokenMs: number | null;
  readonly totalMs: number;
};

/** Most that calls may cost, in millionths of a US dollar, from a time on (milliseconds since 1970). */
export type SpendingBound = { readonly since: number; readonly most: number };

/** `exceeded`: which bound, and what has been spent or is reserved since. `unwritable`: nothing was recorded. */
export type Reservation =
  | { readonly kind: 'reserved'; readonly id: number }
  | { readonly kind: 'exceeded'; readonly bound: SpendingBound; readonly spent: number }
  | { readonly kind: 'unwritable' };

/** `all`: everything in one. */
export type CallGrouping = 'model' | 'day' | 'purpose' | 'all';

/** Sums over calls. Replies that were kept count as calls and as cached, and their tokens nowhere. */
export type CallSums = {
  /** `provider/model`, a day of UTC such as 2026-03-31, a purpose, or `all`. */
  readonly key: string;
  readonly calls: number;
  readonly failures: number;
  readonly cached: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Calls whose tokens are estimates. */
  readonly estimated: number;
  /** Millionths of a US dollar, of the calls that have a price. */
  readonly cost: number;
  /** Calls of models without a price. */
  readonly unpriced: number;
  /** Medians over the calls that gave text; null when none did. */
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
};

/** The calls of models. Of a database from before there was such a table, empty. */
export type LedgerStore = {
  /**
   * Notes a call that is about to begin, unless its cost would go above a bound. With bounds it waits for other writers,
   * so that two processes never spend the same money; without, half a second at most.
   */
  reserveCall(call: NewModelCall, bounds: readonly SpendingBound[]): Reservation;
  /** Writes what became of a call; `id` null for one that could not be noted before. False when it cannot be written. */
  endCall(id: number | null, call: NewModelCall, ended: EndedModelCall): boolean;
  /** As `endCall` for a call that was not noted before, but at once or not at all. */
  noteCall(call: NewModelCall, ended: EndedModelCall): boolean;
  /** Millionths of a US dollar, with what is reserved. */
  spentSince(at: number): number;
  /** When calls of a provider's models began that were not answered from a kept reply; the oldest first. */
  callTimes(provider: string, since: number): readonly number[];
  /** Dearest first, days in their order. */
  callSums(by: CallGrouping, since: number): readonly CallSums[];
  circuit(provider: string): { readonly failures: number; readonly failedAt: number } | null;
  countFailure(provider: string, now: number): void;
  clearFailures(provider: string): void;
  claimProbe(provider: string, failedAt: number, now: number): boolean;
  /** Null when there is none under this key. */
  keptReply(key: Uint8Array): Uint8Array | null;
  keptReplyFigures(): { readonly entries: number; readonly bytes: number };
};
