import type {
  BaseChange,
  DocumentHistory,
  HistoryFigures,
  NamedMoment,
  RestoredBase,
  RestoredDocument,
  StoredSnapshot,
  VersionDiff,
  VersionText,
} from '../../../app/history/types.ts';

/** Data of `rag.history/1` for one document, newest version first. `number` is null where the document was removed. */
export const historyToJson = ({ path, title, collection, isGone, isPinned, entries, more }: DocumentHistory) => ({
  path,
  title,
  collection,
  removed: isGone,
  pinned: isPinned,
  versions: entries.map((entry) => ({
    number: entry.number,
    present: entry.isPresent,
    reason: entry.reason,
    since: entry.since,
    until: entry.until,
    ended: entry.ended,
    path: entry.path,
    title: entry.title,
    fileBytes: entry.fileBytes,
    storedBytes: entry.storedBytes,
    words: entry.words,
  })),
  more,
});

/** Of all former versions. Bytes are those in the database. */
export const figuresToJson = (figures: HistoryFigures) => ({
  versions: figures.versions,
  documents: figures.documents,
  removedDocuments: figures.removedDocuments,
  pinned: figures.pinned,
  bytes: figures.bytes,
  vectorBytes: figures.vectorBytes,
  snapshots: figures.snapshots,
  oldest: figures.oldest,
  droppedUntil: figures.droppedUntil,
});

/** Data of `rag.version/1`. */
export const versionToJson = ({ path, title, number, since, until, text }: VersionText) => ({
  path,
  title,
  version: number,
  since,
  until,
  text,
});

const sideToJson = ({ path, number, since }: VersionText) => ({ path, version: number, since });

/** Data of `rag.diff/1`. Lines are 1-based; `words`, where they were asked for, say the same as `lines`. */
export const diffToJson = ({ from, to, diff }: VersionDiff) => ({
  from: sideToJson(from),
  to: sideToJson(to),
  addedLines: diff.addedLines,
  removedLines: diff.removedLines,
  coarse: diff.isCoarse,
  hunks: diff.hunks.map(({ oldStart, oldLines, newStart, newLines, lines, words }) => ({
    oldStart,
    oldLines,
    newStart,
    newLines,
    lines: lines.map(({ kind, text }) => ({ kind, text })),
    ...(words && { words: words.map(({ kind, text }) => ({ kind, text })) }),
  })),
});

/** Data of `rag.restore/1`. */
export const restoredToJson = ({ path, version, number, isPinned, hasFile }: RestoredDocument) => ({
  path,
  restored: version,
  version: number,
  pinned: isPinned,
  hasFile,
});

export const snapshotToJson = ({ name, at, documents }: StoredSnapshot) => ({ name, at, documents });

/** `asOf` of results of a former state, and of what is done with one. */
export const momentToJson = ({ name, at }: NamedMoment) => ({ name, at });

const changeToJson = ({ status, path, collection, from, versions }: BaseChange) => ({
  status,
  path,
  collection,
  ...(from !== undefined && { from }),
  versions,
});

/** Data of `rag.snapshot-diff/1`. `to` is null for what is there now. */
export const changesToJson = (from: NamedMoment, to: NamedMoment | null, changes: readonly BaseChange[]) => ({
  from: momentToJson(from),
  to: to && momentToJson(to),
  changes: changes.map(changeToJson),
});

/** Data of `rag.snapshot-restore/1`. */
export const restoredBaseToJson = ({ moment, dryRun, changes, unchanged }: RestoredBase) => ({
  moment: momentToJson(moment),
  dryRun,
  unchanged,
  changes: changes.map(changeToJson),
});
