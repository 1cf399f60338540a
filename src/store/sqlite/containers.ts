import type Database from 'better-sqlite3';
import type { ContainerStore, ContainerWriter, KnownContainer } from '../container-types.ts';

/** From which schema version on the table is there; a file opened for reading only may be older. */
const SCHEMA_VERSION = 11;

type ContainerRecord = {
  uri: string;
  size: number | null;
  mtime_ms: number | null;
  content_hash: Buffer;
  members: number;
};

export function createContainers(
  database: Database.Database,
  schemaVersion: number,
): { readonly store: ContainerStore; readonly writer: ContainerWriter } {
  if (schemaVersion < SCHEMA_VERSION) {
    return {
      store: { containers: () => new Map(), containersElsewhere: () => new Set(), containerOf: () => null },
      writer: { putContainer: () => {}, removeContainer: () => {} },
    };
  }
  const ofSource = database.prepare<[number], ContainerRecord>('SELECT * FROM containers WHERE source_id = ?');
  const ofDocument = database.prepare<[string], ContainerRecord>(
    `SELECT containers.* FROM documents JOIN containers ON containers.source_id = documents.source_id
     WHERE public_id = ? AND substr(documents.uri, 1, length(containers.uri) + 2) = containers.uri || '!/'`,
  );
  const elsewhere = database
    .prepare<[string, number], string>(
      `SELECT containers.uri FROM containers JOIN sources ON sources.id = source_id JOIN collections ON collections.id = collection_id
       WHERE collections.name = ? AND source_id <> ?`,
    )
    .pluck();
  // A source that is gone by now takes nothing.
  const put = database.prepare('INSERT OR REPLACE INTO containers SELECT id, ?, ?, ?, ?, ? FROM sources WHERE id = ?');
  const remove = database.prepare('DELETE FROM containers WHERE source_id = ? AND uri = ?');
  return {
    store: {
      containers: (source) => new Map(ofSource.all(source).map((record) => [record.uri, containerOf(record)])),
      containersElsewhere: (collection, source) => new Set(elsewhere.all(collection, source)),
      containerOf(id) {
        const record = ofDocument.get(id);
        return record ? containerOf(record) : null;
      },
    },
    writer: {
      putContainer: (source, { uri, size, mtimeMs, contentHash, members }) =>
        void put.run(uri, size, mtimeMs, Buffer.from(contentHash, 'hex'), members, source),
      removeContainer: (source, uri) => void remove.run(source, uri),
    },
  };
}

const containerOf = (record: ContainerRecord): KnownContainer => ({
  uri: record.uri,
  size: record.size,
  mtimeMs: record.mtime_ms,
  contentHash: record.content_hash.toString('hex'),
  members: record.members,
});
