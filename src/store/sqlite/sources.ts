import type Database from 'better-sqlite3';
import type { DocumentId } from '../../domain/ids.ts';
import { RagError } from '../../platform/errors.ts';
import type { SourceKind, SourceOptions, SourceSpec } from '../../source/types.ts';
import type { FailedItem, KnownItem, StoredSource } from '../types.ts';
import { sourceIsGone } from './source-is-gone.ts';

type SourceRecord = {
  id: number;
  collection: string;
  kind: SourceKind;
  uri: string;
  options: string;
  tags: string;
  added_at: string;
  synced_at: string | null;
  treatment?: string | null;
};

type ItemRecord = {
  uri: string;
  path: string;
  document_id: number | null;
  size: number | null;
  mtime_ms: number | null;
  content_hash: Buffer | null;
  is_pinned: number;
};

/** Collections, the places that were added to them, and what could not be read there. */
export function createSources(database: Database.Database) {
  // A file opened for reading only may be of before there were restored versions.
  const hasPins = database
    .prepare(`SELECT 1 FROM pragma_table_info('documents') WHERE name = 'file_hash'`)
    .pluck()
    .get();
  const fileHash = hasPins ? 'coalesce(file_hash, content_hash)' : 'content_hash';
  const isPinned = hasPins ? 'file_hash IS NOT NULL' : '0';
  const itemColumns = `uri, path, id AS document_id, size, mtime_ms, ${fileHash} AS content_hash, ${isPinned} AS is_pinned`;
  const collectionId = database.prepare<[string], number>('SELECT id FROM collections WHERE name = ?').pluck();
  const insertCollection = database.prepare('INSERT INTO collections (name, description, created_at) VALUES (?, ?, ?)');
  const selectSource = database.prepare<[number, string], SourceRecord>(
    `SELECT sources.*, collections.name AS collection FROM sources JOIN collections ON collections.id = collection_id
     WHERE collection_id = ? AND uri = ?`,
  );
  const upsertSource = database.prepare(`
    INSERT INTO sources (collection_id, kind, uri, options, tags, added_at)
    VALUES (@collection, @kind, @uri, @options, coalesce(@tags, '[]'), @now)
    ON CONFLICT (collection_id, uri) DO UPDATE SET kind = @kind, options = @options, tags = coalesce(@tags, tags)`);
  const selectItems = database.prepare<[number, number], ItemRecord>(`
    SELECT ${itemColumns} FROM documents WHERE source_id = ?
    UNION ALL SELECT uri, path, NULL, size, mtime_ms, NULL, 0 FROM failures WHERE source_id = ?
      AND uri NOT IN (SELECT uri FROM documents WHERE documents.source_id = failures.source_id)`);
  const selectItem = database.prepare<[string], ItemRecord>(`SELECT ${itemColumns} FROM documents WHERE public_id = ?`);
  const selectFailingElsewhere = database
    .prepare<[string, number], string>(
      `SELECT failures.uri FROM failures JOIN sources ON sources.id = source_id JOIN collections ON collections.id = collection_id
       WHERE collections.name = ? AND source_id <> ?`,
    )
    .pluck();
  const upsertFailure = database.prepare(`
    INSERT OR REPLACE INTO failures (source_id, uri, path, size, mtime_ms, code, message, failed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const hasSource = database.prepare<[number], number>('SELECT 1 FROM sources WHERE id = ?').pluck();
  const deleteFailure = database.prepare('DELETE FROM failures WHERE source_id = ? AND uri = ?');
  const stamp = database.prepare('UPDATE sources SET synced_at = ? WHERE id = ?');

  const existing = (name: string): number => {
    const id = collectionId.get(name);
    if (id !== undefined) return id;
    throw new RagError('NOT_FOUND', {
      message: `There is no collection "${name}".`,
      hint: 'See `rag collection list`.',
    });
  };

  return {
    existing,
    ensure(name: string, description: string | undefined, now: string): number {
      const id = collectionId.get(name);
      if (id === undefined) return Number(insertCollection.run(name, description ?? '', now).lastInsertRowid);
      if (description !== undefined) {
        database.prepare('UPDATE collections SET description = ? WHERE id = ?').run(description, id);
      }
      return id;
    },
    rename(from: string, to: string, idOf: (uri: string) => DocumentId): void {
      if (collectionId.get(to) !== undefined) {
        throw new RagError('USAGE', {
          message: `There is a collection "${to}" already.`,
          hint: 'Choose another name.',
        });
      }
      const id = existing(from);
      database.prepare('UPDATE collections SET name = ? WHERE id = ?').run(to, id);
      const setId = database.prepare('UPDATE documents SET public_id = ? WHERE id = ?');
      const documents = database.prepare('SELECT id, uri FROM documents WHERE collection_id = ?').all(id);
      for (const document of documents as { id: number; uri: string }[]) setId.run(idOf(document.uri), document.id);
    },
    collections: () =>
      database
        .prepare(
          `SELECT name, description,
             (SELECT count(*) FROM sources WHERE collection_id = collections.id) AS sources,
             (SELECT count(*) FROM documents WHERE collection_id = collections.id) AS documents,
             (SELECT coalesce(sum(chunk_count), 0) FROM documents WHERE collection_id = collections.id) AS chunks
           FROM collections ORDER BY name`,
        )
        .all() as { name: string; description: string; sources: number; documents: number; chunks: number }[],

    put(
      { kind, uri, options }: SourceSpec,
      collection: number,
      tags: readonly string[] | null,
      now: string,
    ): StoredSource {
      upsertSource.run({
        collection,
        kind,
        uri,
        options: JSON.stringify(options),
        tags: tags && JSON.stringify([...new Set(tags)]),
        now,
      });
      return storedSource(selectSource.get(collection, uri) as SourceRecord);
    },
    list(collection: string | undefined): (StoredSource & { documents: number; failures: number })[] {
      const records = database
        .prepare<unknown[], SourceRecord & { documents: number; failures: number }>(
          `SELECT sources.*, collections.name AS collection,
             (SELECT count(*) FROM documents WHERE source_id = sources.id) AS documents,
             (SELECT count(*) FROM failures WHERE source_id = sources.id AND code <> 'PARSE_LEFT_OUT') AS failures
           FROM sources JOIN collections ON collections.id = collection_id
           ${collection === undefined ? '' : 'WHERE collections.name = ?'} ORDER BY sources.id`,
        )
        .all(...(collection === undefined ? [] : [collection]));
      return records.map((record) => ({
        ...storedSource(record),
        documents: record.documents,
        failures: record.failures,
      }));
    },
    markTreated: (source: number, treatment: string | null) =>
      void database.prepare('UPDATE sources SET treatment = ? WHERE id = ?').run(treatment, source),
    markSynced: (source: number, now: string) => void stamp.run(now, source),
    remove: (source: number) => void database.prepare('DELETE FROM sources WHERE id = ?').run(source),
    removeCollection: (id: number) => void database.prepare('DELETE FROM collections WHERE id = ?').run(id),

    knownItems(source: number): Map<string, KnownItem> {
      const items = new Map<string, KnownItem>();
      for (const record of selectItems.iterate(source, source)) {
        items.set(record.uri, itemOf(record));
      }
      return items;
    },
    knownItem(id: DocumentId): KnownItem | null {
      const record = selectItem.get(id);
      return record ? itemOf(record) : null;
    },
    failingElsewhere: (collection: string, source: number): Set<string> =>
      new Set(selectFailingElsewhere.all(collection, source)),
    putFailure(failure: FailedItem, now: string): void {
      const { sourceRow, uri, path, size, mtimeMs, code, message } = failure;
      if (hasSource.get(sourceRow) === undefined) throw sourceIsGone(path);
      upsertFailure.run(sourceRow, uri, path, size, mtimeMs, code, message, now);
    },
    removeFailures: (source: number, uris: readonly string[]) =>
      uris.forEach((uri) => void deleteFailure.run(source, uri)),
    failures: (): FailedItem[] =>
      database
        .prepare(
          'SELECT source_id AS sourceRow, uri, path, size, mtime_ms AS mtimeMs, code, message FROM failures ORDER BY path',
        )
        .all() as FailedItem[],
  };
}

const storedSource = (record: SourceRecord): StoredSource => ({
  row: record.id,
  kind: record.kind,
  uri: record.uri,
  options: JSON.parse(record.options) as SourceOptions,
  collection: record.collection,
  tags: JSON.parse(record.tags) as string[],
  addedAt: record.added_at,
  syncedAt: record.synced_at,
  treatment: record.treatment ?? null,
});

const itemOf = (record: ItemRecord): KnownItem => ({
  uri: record.uri,
  path: record.path,
  documentRow: record.document_id,
  size: record.size,
  mtimeMs: record.mtime_ms,
  contentHash: record.content_hash?.toString('hex') || null,
  ...(record.is_pinned === 1 && record.content_hash?.length === 0 && { staysWithoutFile: true }),
});
