/** Something in the database that does not fit the rest of it. */
export type VerifyProblem = {
  /** Null for what concerns no single document. */
  readonly path: string | null;
  /** 0-based; null for what concerns the whole document. */
  readonly passage: number | null;
  readonly kind: 'file' | 'text' | 'section' | 'passage' | 'words' | 'vector';
  readonly message: string;
};

/**
 * 'rewritten': its words were put into the index again. 'again': it was taken out, and the next sync reads it from its
 * source. 'no': it came from standard input, so that it cannot be read again, and was left as it is.
 */
export type MendedDocument = { readonly path: string; readonly how: 'rewritten' | 'again' | 'no' };

export type VerifyReport = {
  readonly documents: number;
  readonly passages: number;
  /** Passages with a vector, each checked for being one. */
  readonly vectors: number;
  /** Passages that were embedded again to compare their vectors; 0 unless asked for. */
  readonly embedded: number;
  /** The first of them; `problemCount` counts all. */
  readonly problems: readonly VerifyProblem[];
  readonly problemCount: number;
  readonly mended: readonly MendedDocument[];
  readonly interrupted: boolean;
  readonly elapsedMs: number;
};

export type VerifyEvent =
  | { readonly type: 'verify-progress'; readonly done: number; readonly total: number; readonly path: string }
  | { readonly type: 'verify-end'; readonly report: VerifyReport };

export type VerifyOptions = {
  /** Embed every passage again and compare: takes as long as the ingest did, and what the model costs. */
  readonly embedAgain?: boolean;
  /** Write the words of documents with problems anew, or take out what has to be read again. */
  readonly mend?: boolean;
  readonly signal?: AbortSignal;
};

export type BackupReport = {
  readonly path: string;
  readonly bytes: number;
  /** sha256 of the file, hex. */
  readonly sha256: string;
  readonly documents: number;
  readonly passages: number;
  /** Former backups that were taken away, see `keep`. */
  readonly removed: readonly string[];
  readonly elapsedMs: number;
};

export type BackupEvent =
  | { readonly type: 'backup-progress'; readonly done: number; readonly total: number }
  | { readonly type: 'backup-end'; readonly report: BackupReport };

export type BackupOptions = {
  /** A file, or a folder for a file with a name of its own; the folder `backups` beside the database when left out. */
  readonly to?: string;
  /** How many backups with such names of their own stay in that folder; all when left out. At least 1. */
  readonly keep?: number;
  /** Replace a file that is there. */
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
};

export type RestoreReport = {
  readonly path: string;
  readonly from: string;
  /** Where what stood there is now; null when nothing did, or it was not to be kept. */
  readonly former: string | null;
  readonly documents: number;
  readonly passages: number;
  readonly elapsedMs: number;
};

export type CompactReport = {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly elapsedMs: number;
};

/** Looking after the file as a whole. */
export type Maintenance = {
  /** Checks everything stored against everything else. The last event is `verify-end`. */
  verify(options?: VerifyOptions): AsyncIterable<VerifyEvent>;
  /** A consistent copy that is checked before it gets its name. Throws ABORTED, USAGE, DB_*. The last event is `backup-end`. */
  backup(options?: BackupOptions): AsyncIterable<BackupEvent>;
  /** Throws DB_BUSY when another process uses the file, and DB_FAILED when there is no room for a second copy. */
  compact(signal?: AbortSignal): Promise<CompactReport>;
};
