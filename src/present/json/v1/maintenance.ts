import type { KeyChange } from '../../../app/maintain/encrypt.ts';
import type { BackupReport, CompactReport, RestoreReport, VerifyReport } from '../../../app/maintain/types.ts';

/** Data of `rag.verify/1`. */
export const verifyToJson = (report: VerifyReport) => ({
  sound: report.problemCount === 0,
  documents: report.documents,
  passages: report.passages,
  vectors: report.vectors,
  embedded: report.embedded,
  problemCount: report.problemCount,
  problems: report.problems.map(({ path, passage, kind, message }) => ({ path, passage, kind, message })),
  mended: report.mended.map(({ path, how }) => ({ path, how })),
  interrupted: report.interrupted,
  elapsedMs: report.elapsedMs,
});

/** Data of `rag.backup/1`. */
export const backupToJson = ({ path, bytes, sha256, documents, passages, removed, elapsedMs }: BackupReport) => ({
  path,
  bytes,
  sha256,
  documents,
  passages,
  removed,
  elapsedMs,
});

/** Data of `rag.restore-backup/1`. */
export const restoreToJson = ({ path, from, former, documents, passages, elapsedMs }: RestoreReport) => ({
  path,
  from,
  former,
  documents,
  passages,
  elapsedMs,
});

/** Data of `rag.compact/1`. */
export const compactToJson = ({ bytesBefore, bytesAfter, elapsedMs }: CompactReport) => ({
  bytesBefore,
  bytesAfter,
  elapsedMs,
});

/** Data of `rag.encrypt/1`, which `rag decrypt` prints as well. */
export const keyChangeToJson = ({ path, wasEncrypted, isEncrypted, bytes }: KeyChange) => ({
  path,
  wasEncrypted,
  encrypted: isEncrypted,
  bytes,
});
