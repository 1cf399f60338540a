import type Database from 'better-sqlite3';
import type { Processing, ProcessingStore, ProcessingWriter } from '../processing-types.ts';
import type { DocumentRow, SourceRow } from '../types.ts';

/** From which schema version on the table is there; a file opened for reading only may be older. */
const SCHEMA_VERSION = 16;

type Kept = {
  readonly store: ProcessingStore;
  readonly writer: ProcessingWriter;
  /** Notes that a document is about to be removed. */
  leaving(document: DocumentRow): void;
  /** Notes that what could not be read is no longer remembered. */
  leavingFailure(source: SourceRow, uri: string): void;
  /** At the end of a transaction: what was removed and is not there again is forgotten here too. */
  settle(): void;
};

export function createProcessing(database: Database.Database, schemaVersion: number): Kept {
  if (schemaVersion < SCHEMA_VERSION) {
    return {
      store: { processing: () => new Map() },
      writer: { putProcessing: () => {} },
      leaving: () => {},
      leavingFailure: () => {},
      settle: () => {},
    };
  }
  const ofSource = database.prepare<[number], { uri: string; options: string }>(
    'SELECT uri, options FROM processing WHERE source_id = ?',
  );
  // A source that is gone by now takes nothing.
  const put = database.prepare('INSERT OR REPLACE INTO processing SELECT id, ?, ? FROM sources WHERE id = ?');
  const remove = database.prepare('DELETE FROM processing WHERE source_id = ? AND uri = ?');
  const ofDocument = database.prepare<[number], { source_id: number; uri: string }>(
    'SELECT source_id, uri FROM processing JOIN documents USING (source_id, uri) WHERE documents.id = ?',
  );
  const removeGone = database.prepare(
    `DELETE FROM processing WHERE source_id = @source_id AND uri = @uri
       AND NOT EXISTS (SELECT 1 FROM documents WHERE documents.source_id = @source_id AND documents.uri = @uri)
       AND NOT EXISTS (SELECT 1 FROM failures WHERE failures.source_id = @source_id AND failures.uri = @uri)`,
  );
  let left: { source_id: number; uri: string }[] = [];
  return {
    store: {
      processing: (source) =>
        new Map(ofSource.all(source).map(({ uri, options }) => [uri, JSON.parse(options) as Processing])),
    },
    writer: {
      putProcessing(source, uri, processing) {
        if (processing && Object.keys(processing).length > 0) put.run(uri, JSON.stringify(processing), source);
        else remove.run(source, uri);
      },
    },
    leaving(document) {
      const found = ofDocument.get(document);
      if (found) left.push(found);
    },
    leavingFailure: (source, uri) => void left.push({ source_id: source, uri }),
    settle() {
      for (const each of left) removeGone.run(each);
      left = [];
    },
  };
}
