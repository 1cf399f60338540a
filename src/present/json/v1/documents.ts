import type { DocumentSummary, GetResult } from '../../../app/types.ts';
import { fileNameOf } from '../../text/location.ts';

/** One document without its text. `location` is its absolute path or its URL. */
export const documentToJson = (document: DocumentSummary) => ({
  documentId: document.documentId,
  path: document.path,
  location: fileNameOf(document.uri),
  uri: document.uri,
  title: document.title,
  collection: document.collection,
  format: document.type,
  mediaType: document.mediaType,
  modifiedAt: document.modifiedAt,
  indexedAt: document.indexedAt,
  bytes: document.bytes,
  chunks: document.chunks,
  tags: document.tags,
  language: document.language,
  kind: document.kind,
  ...(document.warnings.length > 0 && { warnings: document.warnings }),
  version: document.version,
  ...(document.isPinned && { pinned: true }),
});

/** Data of `rag.get/1`. `lines` are of the file, 1-based and inclusive; null where the text has no lines of a file. */
export const getToJson = (result: GetResult) => ({
  documentId: result.document.id,
  path: result.path,
  location: fileNameOf(result.document.source.uri),
  uri: result.document.source.uri,
  title: result.document.source.title,
  collection: result.document.source.collection,
  format: result.document.source.type,
  mediaType: result.document.source.mediaType,
  modifiedAt: result.document.source.modifiedAt,
  contentHash: result.document.contentHash,
  language: result.document.language,
  tags: result.document.tags,
  metadata: result.document.metadata,
  lines: result.lines,
  chunk: result.chunk
    ? {
        chunkId: result.chunk.id,
        ordinal: result.chunk.ordinal,
        span: result.chunk.span,
        headingPath: result.chunk.headingPath,
        page: result.chunk.page,
        tokens: result.chunk.tokens,
      }
    : null,
  text: result.text,
});
