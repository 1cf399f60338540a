import type { DocumentRecord, DocumentRow, Store } from '../../../store/types.ts';
import type { MendedDocument, VerifyProblem } from '../types.ts';

/** Its words are written anew from its text; where more than those is wrong, the source has to be read again. */
export function mendDocument(
  store: Store,
  { document, path }: DocumentRecord,
  { row, problems }: { readonly row: DocumentRow; readonly problems: readonly Pick<VerifyProblem, 'kind'>[] },
): MendedDocument['how'] {
  const known = store.knownItem(document.id);
  if (problems.every(({ kind }) => kind === 'words')) {
    const { uri, title } = document.source;
    store.write((writer) =>
      writer.moveDocument(row, {
        id: document.id,
        uri,
        path,
        title,
        size: known?.size ?? null,
        mtimeMs: known?.mtimeMs ?? null,
      }),
    );
    return 'rewritten';
  }
  const sourceRow = store.sourceOfDocument(document.id);
  const source = store.sources().find(({ row }) => row === sourceRow);
  if (!source || source.kind === 'stdin' || source.kind === 'import') return 'no';
  store.write((writer) => writer.removeDocuments([row]));
  return 'again';
}
