import type { SourceKind } from '../../source/types.ts';
import type { ItemOutcome, ItemStatus } from '../types.ts';

export type WatchOptions = {
  /** A path that is added unless it is remembered, or the name of a collection; else all that is remembered. */
  readonly target?: string;
  /** Only sources of it; what is added goes there. */
  readonly collection?: string;
  /** Bring everything in step once, and end. */
  readonly once?: boolean;
  /** Though another process watches the same database. */
  readonly force?: boolean;
  /** Look at the sources so often instead of being told of changes, in milliseconds: for network drives. */
  readonly pollMs?: number;
  /** Look at everything so often, in case an event was lost, in milliseconds; 0 never does. */
  readonly reconcileMs?: number;
  readonly signal?: AbortSignal;
};

export type WatchedSource = {
  readonly uri: string;
  readonly kind: SourceKind;
  readonly collection: string;
  /** Told by the system, or looked at from time to time. */
  readonly method: 'events' | 'poll';
};

/** Why a source is looked at: at the start, for changes, once more after many of them, from time to time. */
export type LookReason = 'start' | 'changes' | 'again' | 'poll' | 'interval' | 'back';

export type WatchEvent =
  /** Every source was brought in step, and is watched from now on. */
  | { readonly type: 'watch-start'; readonly sources: readonly WatchedSource[] }
  | { readonly type: 'look-start'; readonly uri: string; readonly reason: LookReason; readonly paths: number | null }
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly path: string }
  /** A document changed, or could not be taken. */
  | { readonly type: 'item'; readonly uri: string; readonly outcome: ItemOutcome }
  /** The database shows what the source held. `lagMs`: since the last change that was told of; null when none was. */
  | {
      readonly type: 'look-end';
      readonly uri: string;
      readonly reason: LookReason;
      readonly counts: Readonly<Record<ItemStatus, number>>;
      readonly elapsedMs: number;
      readonly lagMs: number | null;
    }
  | {
      readonly type: 'source-problem';
      readonly uri: string;
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
    }
  /** Its root is there again. */
  | { readonly type: 'source-back'; readonly uri: string }
  /** The system tells of no more changes there, so it is looked at from time to time. */
  | { readonly type: 'polling'; readonly uri: string; readonly message: string; readonly hint: string }
  /** Another process writes for so long that the changes wait for the next turn. */
  | { readonly type: 'busy'; readonly uri: string; readonly message: string }
  | { readonly type: 'sources'; readonly sources: readonly WatchedSource[] }
  | { readonly type: 'watch-end'; readonly report: WatchReport };

export type WatchReport = {
  readonly counts: Readonly<Record<ItemStatus, number>>;
  readonly elapsedMs: number;
  /** Sources that could not be looked at the last time. */
  readonly problems: number;
};
