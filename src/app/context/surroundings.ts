import type { Surroundings } from '../../answer/pack-context.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { ChunkRow, Store } from '../../store/types.ts';

/** What stands around passages, as it is stored; the rows of a document are read once. */
export function surroundingsIn(
  store: Pick<Store, 'findDocuments' | 'chunkRows' | 'chunks' | 'documentText'>,
): Surroundings {
  const rows = new Map<DocumentId, readonly ChunkRow[]>();
  const rowsOf = (documentId: DocumentId): readonly ChunkRow[] => {
    const known = rows.get(documentId);
    if (known) return known;
    const [document] = store.findDocuments(documentId, 1);
    const read = document ? store.chunkRows(document.row) : [];
    rows.set(documentId, read);
    return read;
  };
  return {
    chunkAt(documentId, ordinal) {
      const row = rowsOf(documentId)[ordinal];
      return row === undefined ? null : (store.chunks([row]).get(row)?.chunk ?? null);
    },
    textOf: (documentId, span) => store.documentText(documentId, span),
  };
}
