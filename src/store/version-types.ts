import type { Section } from '../domain/document.ts';
import type { Span } from '../domain/span.ts';
import type { ChunkRow, DocumentRow, SourceRow } from './types.ts';

/** Row numbers of versions and of histories are the store's own, as those of documents are. */
export type VersionRow = number;
export type HistoryRow = number;

/** Why a version came: its file was new, edited, read in another way, or moved; or somebody restored a former one. */
export type VersionReason = 'added' | 'edited' | 'reprocessed' | 'moved' | 'restored';

/** How a version ceased to be the present one. */
export type VersionEnd = 'replaced' | 'moved' | 'restored' | 'deleted';

export type StoredVersion = {
  /** Null for the present one. */
  readonly row: VersionRow | null;
  /** From 1 on, without gaps but for what was pruned. */
  readonly number: number;
  readonly reason: VersionReason;
  /** When the base began to hold it, and ceased to. ISO 8601, UTC. */
  readonly since: string;
  readonly until: string | null;
  readonly ended: VersionEnd | null;
  readonly uri: string;
  readonly path: string;
  readonly title: string;
  /** Of the file; null where it had no size. */
  readonly fileBytes: number | null;
  /** What it takes in the database; 0 for the present one. */
  readonly storedBytes: number;
};

export type StoredHistory = {
  /** Null for a document that never was another. */
  readonly row: HistoryRow | null;
  /** Null when the document is gone. */
  readonly documentRow: DocumentRow | null;
  readonly collection: string;
  readonly path: string;
  readonly title: string;
  /** When the document was removed; null while it is there. */
  readonly goneAt: string | null;
  /** Newest first. */
  readonly versions: readonly StoredVersion[];
};

/** What a version says, as the document said it. */
export type VersionContent = {
  readonly title: string;
  readonly firstLine: number | null;
  readonly text: string;
  readonly sections: readonly Section[];
  readonly chunks: readonly {
    readonly span: Span;
    readonly headingPath: readonly string[];
    readonly embedHash: Uint8Array;
  }[];
};

/** A state of the whole base: after so many writes, or at a time (ISO 8601, UTC, milliseconds). */
export type Moment = { readonly generation: number } | { readonly at: string };

/** What has to be done so that the base holds what it held at a moment. */
export type StateChange = {
  /** Documents that were not there, or not as they are. */
  readonly remove: readonly DocumentRow[];
  readonly put: readonly VersionRow[];
  /** Documents that are as they were. */
  readonly unchanged: number;
};

/** A document as it was at a moment. */
export type PastDocument = {
  /** The same for all that one document ever was. */
  readonly lineage: string;
  readonly row: DocumentRow;
  readonly version: number;
  readonly collection: string;
  readonly path: string;
  readonly contentHash: string;
};

export type RestoreOptions = {
  /** See NewDocument.mentions; a version without is searched for names later. */
  readonly mentions?: ReadonlyMap<VersionRow, Uint8Array>;
  /** By embed hash, hex: of passages for which the active space has no vector (any more). */
  readonly vectors?: ReadonlyMap<string, Float32Array>;
  /**
   * Keep documents as restored while their files are as they are; else the next sync takes in the files. `reason` is why a
   * file is left out that the moment did not have.
   */
  readonly pin?: { readonly reason: string };
};

export type StoredSnapshot = {
  readonly name: string;
  readonly at: string;
  readonly generation: number;
  readonly documents: number;
};

export type HistoryFigures = {
  /** Former ones. */
  readonly versions: number;
  /** Documents that have any, the removed ones among them. */
  readonly documents: number;
  readonly removedDocuments: number;
  /** Documents whose text is that of a restored version, not that of their file. */
  readonly pinned: number;
  /** Of former versions, without and with the vectors that are kept for them. */
  readonly bytes: number;
  readonly vectorBytes: number;
  readonly snapshots: number;
  /** When the oldest version ceased to be the present one; null when there is none. */
  readonly oldest: string | null;
  /** Versions that ended up to then may have been dropped; null when none ever was. */
  readonly droppedUntil: string | null;
};

/** 0 sets no bound. What a snapshot needs is never dropped. */
export type RetentionBounds = {
  /** Former versions of one document. */
  readonly maxVersions: number;
  /** Versions that ended before are dropped; null for no bound. ISO 8601. */
  readonly endedBefore: string | null;
  /** Of all former versions with their vectors; the oldest go first. */
  readonly maxBytes: number;
};

/** Former versions of documents. Of a database from before they were kept, there are none. */
export type VersionStore = {
  historyOf(document: DocumentRow): StoredHistory;
  /** Of documents that are gone: by id, URI or path, or a path's end at a `/`; the last removed first. */
  goneHistories(reference: string, limit: number): readonly StoredHistory[];
  /** Throws NOT_FOUND when it was dropped, DB_DAMAGED when it is not what was kept. */
  versionContent(version: VersionRow): VersionContent;
  /** Passages of a version that no space would have a vector of when it is restored: those of the active one. */
  versionLacksVectors(version: VersionRow): ReadonlySet<string>;
  stateAt(moment: Moment): StateChange;
  /** What the base held at a moment, in order of rows: equal lists are equal bases. */
  documentsAt(moment: Moment): readonly PastDocument[];
  snapshots(): readonly StoredSnapshot[];
  /** How many versions `pruneVersions` would drop at least; 0 when there is nothing to do. */
  prunableVersions(bounds: RetentionBounds): number;
  historyFigures(): HistoryFigures;
  /** Former versions that cannot be read back; for a check of the whole file. */
  damagedVersions(limit: number): readonly { readonly path: string; readonly number: number }[];
};

export type VersionWriter = {
  /** For a copy that is searched only: drops all former versions, and everything that is neither document nor setting. */
  keepDocumentsOnly(): void;
  /** In one step; documents get the rows that they had. Throws NOT_FOUND for a version that was dropped meanwhile. */
  restoreState(change: Pick<StateChange, 'remove' | 'put'>, options: RestoreOptions): void;
  /** The next sync takes in the file again. */
  unpin(document: DocumentRow): void;
  /** The state that this transaction leaves. Throws USAGE when there is one of this name. */
  putSnapshot(name: string): StoredSnapshot;
  /** False when there is none of this name. */
  removeSnapshot(name: string): boolean;
  /** How many versions were dropped. */
  pruneVersions(bounds: RetentionBounds): number;
  /** Drops all former versions of a document, snapshots or not, and overwrites them in the file. How many they were. */
  forgetHistory(history: HistoryRow): number;
  /** Of all documents of a source. */
  forgetHistoriesOf(source: SourceRow): number;
};

export type { ChunkRow };
