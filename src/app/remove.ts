import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Store, StoredDocument } from '../store/types.ts';
import { findByReference, notFound, one } from './references.ts';

/**
 * Removes a source with its documents, a single document, or every document below a path. Throws NOT_FOUND, or USAGE
 * when the reference is the name of several documents.
 * A source of which nothing is left, such as a page or standard input, goes with its document; a document of a folder comes back with
 * the next sync if it is still there.
 */
export function remove(store: Store, reference: string, dryRun: boolean): readonly StoredDocument[] {
  if (reference.trim() === '') throw notFound(store, reference);
  const uris = new Set([reference, reference.replace(/\/$/, '')]);
  if (!/^[a-z]+:/.test(reference)) uris.add(pathToFileURL(resolve(reference)).href);
  const sources = store.sources().filter(({ uri }) => uris.has(uri));
  if (sources.length > 0) {
    const rows = new Set(sources.map(({ row }) => row));
    const documents = store.documents({}, Number.MAX_SAFE_INTEGER, 0).filter(({ sourceRow }) => rows.has(sourceRow));
    if (!dryRun) {
      store.write((writer) => {
        for (const { row } of sources) writer.removeSource(row);
      });
    }
    return documents;
  }
  const isOne = findByReference(store, reference).length > 0;
  const documents = isOne
    ? withAttached(store, one(store, reference))
    : store.documents({ paths: [reference, resolve(reference)] }, Number.MAX_SAFE_INTEGER, 0);
  if (documents.length === 0) throw notFound(store, reference);
  if (!dryRun) {
    const removed = new Map<number, number>();
    for (const { sourceRow } of documents) removed.set(sourceRow, (removed.get(sourceRow) ?? 0) + 1);
    const isAll = ({ row, documents }: { row: number; documents: number }) => removed.get(row) === documents;
    const single = store.sources().filter((source) => source.kind !== 'folder' && isAll(source));
    store.write((writer) => {
      writer.removeDocuments(documents.map(({ row }) => row));
      for (const { row } of single) writer.removeSource(row);
    });
  }
  return documents;
}

/** What is attached to a mail goes with it. */
const withAttached = (store: Store, document: StoredDocument): readonly StoredDocument[] => [
  document,
  ...store
    .documents({}, Number.MAX_SAFE_INTEGER, 0)
    .filter(
      ({ sourceRow, source }) => sourceRow === document.sourceRow && source.uri.startsWith(`${document.source.uri}!/`),
    ),
];
