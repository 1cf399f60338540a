import type { DocumentReport, DuplicateReport, ExpiredDocument } from '../../../app/understanding/types.ts';

/** Data of `rag.facts/1` for one document. */
export const factsToJson = ({
  documentId,
  path,
  title,
  facts,
  keywords,
  words,
  characters,
  isExpired,
}: DocumentReport) => ({
  documentId,
  path,
  title,
  language: facts.language,
  kind: facts.kind,
  kindBecause: facts.kindBecause,
  dates: facts.dates,
  expired: isExpired,
  warnings: facts.warnings,
  keywords,
  words,
  characters,
});

/** Data of `rag.facts/1` with --expired. */
export const expiredToJson = (expired: readonly ExpiredDocument[]) => ({
  expired: expired.map(({ id, path, until }) => ({ documentId: id, path, until })),
});

/** Data of `rag.duplicates/1`. `similarity` is the share of common shingles with the first of the group. */
export const duplicatesToJson = ({ threshold, documents, lacking, groups, interrupted }: DuplicateReport) => ({
  threshold,
  documents,
  ...(lacking > 0 && { notCompared: lacking }),
  ...(interrupted && { interrupted }),
  groups: groups.map((group) => ({
    documents: group.documents.map(({ documentId, path, uri, modifiedAt, bytes, likeness, similarity }) => ({
      documentId,
      path,
      uri,
      modifiedAt,
      bytes,
      likeness,
      similarity: Number(similarity.toFixed(4)),
    })),
  })),
});
