import type { PiiCount } from '../../privacy/types.ts';
import type { CrawlSummary, SourceKind, SourceOptions } from '../../source/types.ts';

export type ItemStatus = 'added' | 'updated' | 'moved' | 'unchanged' | 'removed' | 'skipped' | 'failed';

export type ItemOutcome = {
  readonly uri: string;
  /** What people are shown: path below the source root, URL, or title. */
  readonly path: string;
  readonly status: ItemStatus;
  /** Why it was skipped or failed. `code` is a SkippedItem code or a RagErrorCode. */
  readonly reason?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly chunks?: number;
  /** Time that reading it took, in milliseconds. */
  readonly readMs?: number;
  /** Former path of a moved document. */
  readonly from?: string;
  readonly warnings?: readonly string[];
  /** Personal data that it holds, or held before it was taken out; absent where nobody looked. */
  readonly pii?: readonly PiiCount[];
};

export type IngestReport = {
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<ItemStatus, number>>;
  readonly chunks: number;
  /** Passages that were longer than the embedding model takes: their vectors are those of their beginnings. */
  readonly cutTexts?: number;
  /** Of the sites among the sources, in order. */
  readonly crawls?: readonly CrawlSummary[];
  readonly elapsedMs: number;
  /** Personal data that was found, by kind; absent where nobody looked. */
  readonly pii?: Readonly<Record<string, number>>;
  /** True when it was stopped before its end; what was finished is stored. */
  readonly interrupted: boolean;
  /** Sources that could not be listed, or whose removals were held back. */
  readonly sourceProblems: readonly {
    readonly uri: string;
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
  }[];
};

export type IngestEvent =
  | { readonly type: 'source-start'; readonly uri: string; readonly kind: SourceKind }
  | { readonly type: 'scan-end'; readonly uri: string; readonly items: number; readonly skipped: number }
  /** `total` is of all items scanned so far; it grows when a sync has several sources. */
  | { readonly type: 'item-end'; readonly outcome: ItemOutcome; readonly done: number; readonly total: number }
  /**
   * Passages that got vectors so far, told where a model takes its time. `total` is an estimate until all documents are
   * read.
   */
  | { readonly type: 'embed-progress'; readonly done: number; readonly total: number }
  /** Documents are searched for names of others. */
  | { readonly type: 'link-progress'; readonly done: number; readonly total: number }
  /** A page of a site was asked for; `total` counts the addresses known so far. */
  | { readonly type: 'crawl-progress'; readonly uri: string; readonly done: number; readonly total: number }
  | { readonly type: 'crawl-end'; readonly crawl: CrawlSummary }
  | { readonly type: 'ingest-end'; readonly report: IngestReport };

export type AddOptions = SourceOptions & {
  readonly collection?: string;
  /** Tags of every document of the source, in place of those that it had; when left out, it keeps them. */
  readonly tags?: readonly string[];
  readonly dryRun?: boolean;
  /** Absolute path, from which relative names are found; else the working folder of this process. */
  readonly workingFolder?: string;
  readonly signal?: AbortSignal;
};

export type SyncOptions = {
  readonly collection?: string;
  readonly dryRun?: boolean;
  /** Remove what a missing or suddenly empty root no longer shows. */
  readonly pruneMissing?: boolean;
  readonly signal?: AbortSignal;
};
