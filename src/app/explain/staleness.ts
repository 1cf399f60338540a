import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Store, StoredDocument } from '../../store/types.ts';

/** Whether the file of a document is another than the one that was read; null when it is not, or nobody can tell. */
export function staleness(
  store: Pick<Store, 'knownItem' | 'containerOf'>,
  { source, path }: StoredDocument,
): string | null {
  if (!source.uri.startsWith('file:')) return null;
  const known = store.containerOf(source.documentId) ?? store.knownItem(source.documentId);
  if (!known || known.mtimeMs === null) return null;
  try {
    const { size, mtimeMs } = statSync(fileURLToPath(known.uri));
    const isSame = size === known.size && Math.trunc(mtimeMs) === Math.trunc(known.mtimeMs);
    return isSame ? null : `${path} has changed since it was read; \`rag sync\` reads it again.`;
  } catch {
    return `${path} is no longer where it was read from.`;
  }
}
