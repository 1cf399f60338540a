import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SearchFilter } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import type { Store, StoredDocument } from '../../store/types.ts';
import { findByReference, notFound } from '../references.ts';
import type { SummaryScope } from './types.ts';

export type ResolvedTarget = {
  readonly kind: Exclude<SummaryScope['kind'], 'search'>;
  readonly name: string;
  /** In the order of their paths, within the filter. */
  readonly documents: readonly StoredDocument[];
};

const ALL = Number.MAX_SAFE_INTEGER;

/**
 * The documents that a name stands for: one document by path, URI, id, file name or title, else all below a folder, else
 * a collection. Without a name, all that pass the filter. Throws NOT_FOUND, or USAGE for a name of several documents.
 */
export function resolveTarget(store: Store, name: string | null, filter: SearchFilter): ResolvedTarget {
  const passing = store.documents(filter, ALL, 0);
  if (name === null) return checked(store, { kind: 'filter', name: 'all documents', documents: byPath(passing) });
  const rows = new Set(passing.map(({ row }) => row));
  const named = findByReference(store, name).filter(({ row }) => rows.has(row));
  const titled = named.length > 0 ? named : passing.filter(({ source }) => plain(source.title) === plain(name));
  const [document] = titled;
  if (document && titled.length === 1) return { kind: 'document', name: document.path, documents: titled };
  const below = byPath(passing.filter(isBelow(name)));
  if (below.length > 0) return { kind: 'folder', name, documents: below };
  if (titled.length > 1) {
    throw new RagError('USAGE', {
      message: `"${name}" names ${titled.length} documents, among them ${titled[0]?.path} and ${titled[1]?.path}.`,
      hint: 'Name one by more of its path, or a folder.',
    });
  }
  if (store.collections().some((each) => each.name === name)) {
    const documents = byPath(passing.filter(({ source }) => source.collection === name));
    return checked(store, { kind: 'collection', name, documents });
  }
  throw notFound(store, name);
}

function checked(store: Store, target: ResolvedTarget): ResolvedTarget {
  if (target.documents.length > 0) return target;
  const isEmpty = store.counts().documents === 0;
  throw new RagError('NOT_FOUND', {
    message: isEmpty ? 'The database is empty.' : `There is no document to summarize in ${target.name}.`,
    hint: isEmpty ? 'Add documents with `rag add <folder>`.' : 'See `rag ls` for what is there.',
  });
}

function isBelow(name: string): (document: StoredDocument) => boolean {
  const folder = name.replace(/^\.\//, '').replace(/\/+$/, '');
  const here = `${pathToFileURL(resolve(name)).href.replace(/\/+$/, '')}/`;
  return ({ path, source }) =>
    (folder !== '' && folder !== '.' && (path.startsWith(`${folder}/`) || path.includes(`/${folder}/`))) ||
    source.uri.startsWith(here);
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

const byPath = (documents: readonly StoredDocument[]): StoredDocument[] =>
  [...documents].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.row - b.row));
