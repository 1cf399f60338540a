import type { ExportedDocument, ExportHeader } from '../../../app/transfer/types.ts';
import { quantizeInt8 } from '../../../platform/wasm/int8-matrix.ts';

/** First line of `rag export`. */
export const exportHeaderToLine = ({ exportedAt, version, space, sources, documents }: ExportHeader) => ({
  type: 'header',
  schema: 'rag.export/1',
  exportedAt,
  version,
  space,
  documents,
  sources: sources.map(({ kind, uri, options, collection, tags }) => ({ kind, uri, options, collection, tags })),
});

/** One document. `vector` is base64 of signed bytes, one for each dimension, in proportion to the components. */
export const exportedDocumentToLine = ({ document, path, source, size, mtimeMs, passages }: ExportedDocument) => ({
  type: 'document',
  id: document.id,
  collection: document.source.collection,
  uri: document.source.uri,
  path,
  source,
  title: document.source.title,
  mediaType: document.source.mediaType,
  documentType: document.source.type,
  modifiedAt: document.source.modifiedAt,
  language: document.language,
  contentHash: document.contentHash,
  size,
  mtimeMs,
  firstLine: document.firstLine,
  tags: document.tags,
  metadata: document.metadata,
  sections: document.sections,
  text: document.text,
  passages: passages.map(({ span, headingPath, page, lines, tokens, embedHash, vector }) => ({
    start: span.start,
    end: span.end,
    headingPath,
    page,
    lines,
    tokens,
    embedHash: Buffer.from(embedHash).toString('hex'),
    ...(vector && { vector: base64Of(vector) }),
  })),
});

/** Last line: where it is missing, the file was cut short. */
export const exportEndToLine = (documents: number) => ({ type: 'end', documents });

function base64Of(vector: Float32Array): string {
  const { values } = quantizeInt8(vector);
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}
