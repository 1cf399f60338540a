import type { SearchFilter } from '../../domain/search.ts';
import type { Processing } from '../../store/types.ts';
import type { ItemOutcome } from '../types.ts';

export type ReprocessOptions = {
  /** Which documents; all when left out. */
  readonly filter?: SearchFilter;
  /** In place of the settings, and remembered with each document; what is left out stays as each document has it. */
  readonly processing?: Processing;
  /** Forget first what the documents had in place of the settings. */
  readonly reset?: boolean;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
};

/** Passages of a document before and after; `kept` keep their vectors. */
export type ChunkChange = { readonly before: number; readonly after: number; readonly kept: number };

export type ReprocessedItem = {
  readonly path: string;
  readonly uri: string;
  readonly status: 'changed' | 'unchanged' | 'failed';
  readonly chunks: ChunkChange;
  /** It was cut anew from its stored text: its source cannot be read again, or is no file. */
  readonly isFromStored: boolean;
  /** Why it failed, and stays as it was. */
  readonly reason?: ItemOutcome['reason'];
};

export type ReprocessEvent =
  | { readonly type: 'item-end'; readonly item: ReprocessedItem; readonly done: number; readonly total: number }
  | { readonly type: 'embed-progress'; readonly done: number; readonly total: number }
  | { readonly type: 'reprocess-end'; readonly report: ReprocessReport };

export type ReprocessReport = {
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<ReprocessedItem['status'], number>>;
  readonly fromStored: number;
  readonly chunks: ChunkChange;
  readonly elapsedMs: number;
  readonly interrupted: boolean;
};
