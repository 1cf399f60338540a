import type { SourceRef } from '../../domain/document.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { QualityWarning, StoredDocument } from '../types.ts';

/** A row of documents, with its collection, its facts and all of its tags. */
export type DocumentRecord = {
  id: number;
  public_id: DocumentId;
  collection: string;
  source_id: number;
  uri: string;
  path: string;
  title: string;
  media_type: string;
  type: string;
  language: string | null;
  modified_at: string | null;
  size: number | null;
  content_hash: Buffer;
  chunk_count: number;
  first_line: number | null;
  sections: string;
  metadata: string;
  indexed_at: string;
  tags: string;
  kind: string | null;
  warnings: string | null;
  /** Absent in a database from before versions were kept. */
  version?: number;
  file_hash?: Buffer | null;
};

export const sourceRef = (record: DocumentRecord): SourceRef => ({
  documentId: record.public_id,
  collection: record.collection,
  uri: record.uri,
  title: record.title,
  mediaType: record.media_type,
  type: record.type,
  modifiedAt: record.modified_at,
});

export const storedDocument = (record: DocumentRecord): StoredDocument => ({
  row: record.id,
  sourceRow: record.source_id,
  source: sourceRef(record),
  path: record.path,
  contentHash: record.content_hash.toString('hex'),
  bytes: record.size ?? 0,
  chunks: record.chunk_count,
  tags: JSON.parse(record.tags) as string[],
  language: record.language,
  kind: record.kind,
  warnings: JSON.parse(record.warnings ?? '[]') as QualityWarning[],
  indexedAt: record.indexed_at,
  version: record.version ?? 1,
  isPinned: (record.file_hash ?? null) !== null,
});
