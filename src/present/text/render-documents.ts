import type { DocumentSummary } from '../../app/types.ts';
import { renderColumns } from './columns.ts';
import { renderCsv } from './csv.ts';
import { escapeLine } from './escape-terminal.ts';
import { fileNameOf } from './location.ts';
import { formatBytes, formatDay, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

/** A table of documents; `page.width` 0 cuts nothing. */
export function renderDocuments(documents: readonly DocumentSummary[], page: Page): string {
  const collections = new Set(documents.map((document) => document.collection));
  const columns = [
    { title: 'path', shrinks: true },
    { title: 'type' },
    { title: 'kind' },
    { title: 'lang' },
    { title: 'size', align: 'right' },
    { title: 'passages', align: 'right' },
    { title: 'modified' },
    { title: 'collection' },
  ] as const;
  const rows = documents.map((document) => [
    `${escapeLine(document.path)}${document.isPinned ? ' (restored)' : ''}`,
    escapeLine(document.type),
    escapeLine(document.kind ?? ''),
    escapeLine(document.language ?? ''),
    formatBytes(document.bytes),
    groupDigits(document.chunks),
    formatDay(document.modifiedAt),
    escapeLine(document.collection),
  ]);
  // The last column says nothing while there is one collection.
  const shown = collections.size > 1 ? columns.length : columns.length - 1;
  return renderColumns(
    columns.slice(0, shown),
    rows.map((row) => row.slice(0, shown)),
    {
      width: page.width,
      paintTitle: page.style.dim,
    },
  );
}

/** What is doubtful about each document, a line for each warning below its path. */
export const renderDocumentWarnings = (documents: readonly DocumentSummary[]): string =>
  documents
    .map(({ path, warnings }) =>
      [escapeLine(path), ...warnings.map(({ code, message }) => `  ${code}: ${escapeLine(message)}`), ''].join('\n'),
    )
    .join('');

export const renderDocumentsCsv = (documents: readonly DocumentSummary[]): string =>
  renderCsv(
    [
      'id',
      'path',
      'uri',
      'title',
      'format',
      'collection',
      'bytes',
      'passages',
      'modified',
      'indexed',
      'tags',
      'kind',
      'language',
    ],
    documents.map((document) => [
      document.documentId,
      document.path,
      document.uri,
      document.title,
      document.type,
      document.collection,
      document.bytes,
      document.chunks,
      document.modifiedAt,
      document.indexedAt,
      document.tags.join(' '),
      document.kind,
      document.language,
    ]),
  );

/** Paths or URLs, one a line. */
export const renderDocumentFiles = (documents: readonly DocumentSummary[], workingFolder: string): string =>
  documents.map((document) => `${fileNameOf(document.uri, workingFolder)}\n`).join('');
