import type { DocumentId } from '../../domain/ids.ts';
import type { Store, StoredDocument } from '../../store/types.ts';
import { findByReference } from '../references.ts';
import { HEAD_LENGTH, readValidity, type StatedValidity } from './read-validity.ts';

/** A document with what it says of its time. */
export type Version = {
  readonly id: DocumentId;
  readonly path: string;
  readonly stated: StatedValidity;
  /** What replaces it, as either of the two says. */
  successor: Version | null;
  /** What it replaces. */
  predecessor: Version | null;
};

type Documents = Pick<Store, 'documentMetadata' | 'documentText' | 'findDocuments' | 'documents'>;

/**
 * The documents given, with those that they say they replace or are replaced by, tied to each other. A name is that of a
 * document when it is its path, its file name or the end of its path; names of several documents tie nothing.
 */
export function documentVersions(
  store: Documents,
  documents: readonly { readonly documentId: DocumentId; readonly path: string }[],
): ReadonlyMap<DocumentId, Version> {
  const versions = new Map<DocumentId, Version>();
  const versionOf = (id: DocumentId, path: string): Version => {
    const known = versions.get(id);
    if (known) return known;
    const head = store.documentText(id, { start: 0, end: HEAD_LENGTH }) ?? '';
    const stated = readValidity(store.documentMetadata(id) ?? {}, head);
    const version: Version = { id, path, stated, successor: null, predecessor: null };
    versions.set(id, version);
    return version;
  };
  const named = (version: Version, reference: string): Version | null => {
    const found = documentNamed(store, reference, version.path);
    return found && found.source.documentId !== version.id ? versionOf(found.source.documentId, found.path) : null;
  };
  const tie = (older: Version, newer: Version): void => {
    // What is not yet in force replaces nothing.
    if (newer.stated.status !== 'draft') older.successor ??= newer;
    newer.predecessor ??= older;
  };
  for (const { documentId, path } of documents) versionOf(documentId, path);
  for (const version of [...versions.values()]) {
    for (const reference of version.stated.supersedes) {
      const older = named(version, reference);
      if (older) tie(older, version);
    }
    for (const reference of version.stated.supersededBy) {
      const newer = named(version, reference);
      if (newer) tie(version, newer);
    }
  }
  return versions;
}

/** Beside the document that names it, where it stands there; else wherever there is one such. */
function documentNamed(store: Documents, reference: string, from: string): StoredDocument | null {
  const plain = reference.replace(/^(?:\.\/)+/, '');
  if (plain === '' || plain.length > 200) return null;
  const beside = from.includes('/') ? `${from.slice(0, from.lastIndexOf('/'))}/${plain}` : plain;
  const found = findByReference(store as Store, plain);
  return found.find(({ path }) => path === beside) ?? (found.length === 1 ? (found[0] as StoredDocument) : null);
}
