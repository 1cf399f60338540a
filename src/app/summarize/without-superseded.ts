import type { Store, StoredDocument } from '../../store/types.ts';
import { appliesAt } from '../validity/applies-at.ts';
import { documentVersions } from '../validity/document-versions.ts';

/** Of more documents nobody waits for what each says of its time. */
const MAX_LOOKED_AT = 2000;
const MAX_NAMED = 3;

/** The documents without those of which a newer version is among them, and the paths of these. */
export function withoutSuperseded(
  store: Store,
  documents: readonly StoredDocument[],
  now: number,
): { readonly documents: readonly StoredDocument[]; readonly left: readonly string[] } {
  if (documents.length < 2 || documents.length > MAX_LOOKED_AT) return { documents, left: [] };
  const versions = documentVersions(
    store,
    documents.map(({ source, path }) => ({ documentId: source.documentId, path })),
  );
  const ids = new Set(documents.map(({ source }) => source.documentId));
  const present = { kind: 'now' as const, period: { first: now, after: now + 1 }, written: '' };
  const isLeft = ({ source }: StoredDocument): boolean => {
    const version = versions.get(source.documentId);
    const newer = version?.successor;
    return version !== undefined && newer != null && ids.has(newer.id) && !appliesAt(version, present);
  };
  const left = documents.filter(isLeft).map(({ path }) => path);
  return { documents: documents.filter((document) => !isLeft(document)), left };
}

export function tellOfSuperseded(left: readonly string[]): string[] {
  if (left.length === 0) return [];
  const more = left.length > MAX_NAMED ? ` and ${left.length - MAX_NAMED} more` : '';
  return [`Left out, since newer versions are there: ${left.slice(0, MAX_NAMED).join(', ')}${more}.`];
}
