import { programVersion } from '../../platform/version.ts';
import type { DocumentRow } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import type { Export, ExportedDocument, ExportOptions } from './types.ts';

/** What is needed to make the same documents elsewhere, with the same passages and vectors. */
export function exportDocuments(context: AppContext, { filter = {}, vectors = false }: ExportOptions = {}): Export {
  const { store, runtime } = context;
  const documents = store.documents(filter, Number.MAX_SAFE_INTEGER, 0);
  const rows = new Set(documents.map(({ sourceRow }) => sourceRow));
  return {
    header: {
      exportedAt: new Date(runtime.clock.now()).toISOString(),
      version: programVersion(),
      space: vectors ? store.space() : null,
      sources: store
        .sources()
        .filter(({ row }) => rows.has(row))
        .map(({ kind, uri, options, collection, tags }) => ({ kind, uri, options, collection, tags })),
      documents: documents.length,
    },
    documents: readEach(
      context,
      documents.map(({ row }) => row),
      vectors,
    ),
  };
}

function* readEach(
  { store }: Pick<AppContext, 'store'>,
  rows: readonly DocumentRow[],
  vectors: boolean,
): Iterable<ExportedDocument> {
  const sourceUris = new Map(store.sources().map(({ row, uri }) => [row, uri]));
  for (const row of rows) {
    const record = store.documentRecord(row);
    if (!record) continue;
    const { document, path, passages } = record;
    const known = store.knownItem(document.id);
    yield {
      document,
      path,
      source: sourceUris.get(store.sourceOfDocument(document.id) ?? -1) ?? null,
      size: known?.size ?? null,
      mtimeMs: known?.mtimeMs ?? null,
      passages: passages.map(({ span, headingPath, page, lines, tokens, embedHash, vector }) => ({
        span,
        headingPath,
        page,
        lines,
        tokens,
        embedHash,
        vector: vectors ? vector : null,
      })),
    };
  }
}
