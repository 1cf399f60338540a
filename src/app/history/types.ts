import type { HistoryFigures, Moment, StoredSnapshot, VersionEnd, VersionReason } from '../../store/types.ts';
import type { KnowledgeBase } from '../types.ts';
import type { TextDiff } from './diff-texts.ts';

export type VersionEntry = {
  /** Null for the removal of the document. */
  readonly number: number | null;
  readonly isPresent: boolean;
  readonly reason: VersionReason | 'deleted';
  /** When the base began to hold it; of a removal, when that was. */
  readonly since: string;
  readonly until: string | null;
  readonly ended: VersionEnd | null;
  readonly path: string;
  readonly title: string;
  readonly fileBytes: number | null;
  /** What it takes in the database. */
  readonly storedBytes: number;
  /** Words that it has and the version before has not, and the other way round; null where nobody counted. */
  readonly words: { readonly added: number; readonly removed: number } | null;
};

export type DocumentHistory = {
  readonly path: string;
  readonly title: string;
  readonly collection: string;
  /** The document was removed. */
  readonly isGone: boolean;
  /** It is a restored version; its file does not replace it until it is edited. */
  readonly isPinned: boolean;
  /** Newest first. */
  readonly entries: readonly VersionEntry[];
  /** Of all entries, those that are not listed among them. */
  readonly more: number;
};

export type VersionText = {
  readonly path: string;
  readonly title: string;
  readonly number: number;
  readonly since: string;
  readonly until: string | null;
  readonly firstLine: number | null;
  readonly text: string;
};

export type VersionDiff = { readonly from: VersionText; readonly to: VersionText; readonly diff: TextDiff };

export type RestoredDocument = {
  readonly path: string;
  /** What was restored, and the number that it has now. */
  readonly version: number;
  readonly number: number;
  /** Whether the file differs from it, so that syncs leave it until the file is edited. */
  readonly isPinned: boolean;
  readonly hasFile: boolean;
};

/** A moment as people gave it, and what it means. */
export type NamedMoment = { readonly name: string; readonly moment: Moment; readonly at: string };

export type BaseChange = {
  readonly status: 'added' | 'removed' | 'changed' | 'moved';
  readonly path: string;
  readonly collection: string;
  /** Former path of what was moved. */
  readonly from?: string;
  /** Versions before and after; null where there was none. */
  readonly versions: readonly [number | null, number | null];
};

export type RestoredBase = {
  readonly moment: NamedMoment;
  readonly dryRun: boolean;
  /** From what was there to what is there now. */
  readonly changes: readonly BaseChange[];
  readonly unchanged: number;
};

/** The base as it was; `close` it. */
export type PastBase = {
  readonly knowledgeBase: KnowledgeBase;
  readonly moment: NamedMoment;
  readonly documents: number;
  /** What a user should know of it, one sentence each. */
  readonly notes: readonly string[];
  close(): void;
};

/** Former versions of documents, and moments of the whole base. */
export type History = {
  /** Of one document, the removed ones among them. Throws NOT_FOUND, or USAGE where several are named. */
  of(reference: string, options?: { readonly limit?: number; readonly countsWords?: boolean }): DocumentHistory;
  /** Throws NOT_FOUND when there is no such version. */
  text(reference: string, version?: number): VersionText;
  /** The present version against the one before, unless said otherwise. */
  diff(reference: string, options?: DiffOptions): Promise<VersionDiff>;
  restore(reference: string, version: number, signal?: AbortSignal): Promise<RestoredDocument>;
  /** The next sync takes in the file of a restored document again. */
  unpin(reference: string): Promise<string>;
  /** Drops what is beyond the bounds of the settings. */
  prune(): Promise<{ readonly dropped: number; readonly figures: HistoryFigures }>;
  /** Drops all former versions of a document, and with a folder the copies of former states of this base in it. */
  forget(
    reference: string,
    options?: { readonly pastFolder?: string },
  ): Promise<{ readonly path: string; readonly dropped: number }>;
  figures(): HistoryFigures;
  snapshots(): readonly StoredSnapshot[];
  createSnapshot(name: string): Promise<StoredSnapshot>;
  removeSnapshot(name: string): Promise<void>;
  /** A snapshot's name, a date or a time; a date means its end. Throws USAGE, NOT_FOUND. */
  moment(name: string): NamedMoment;
  /** Null: as it is now. */
  changes(from: NamedMoment, to: NamedMoment | null): readonly BaseChange[];
  restoreBase(
    moment: NamedMoment,
    options?: { readonly dryRun?: boolean; readonly signal?: AbortSignal },
  ): Promise<RestoredBase>;
  /** The base as it was, as a copy in the folder; made when it is first asked for. */
  openPast(moment: NamedMoment, options: PastOptions): Promise<PastBase>;
};

export type DiffOptions = {
  readonly from?: number;
  readonly to?: number;
  readonly by?: 'lines' | 'words';
  /** Equal lines around what differs. */
  readonly context?: number;
};

export type PastOptions = {
  /** Where copies stay between commands. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: string) => void;
};

export type { HistoryFigures, StoredSnapshot };
