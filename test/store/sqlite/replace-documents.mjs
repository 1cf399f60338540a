// node replace-documents.mjs <database>: puts every document in place of itself, under new rows, until it is killed.
import Database from 'better-sqlite3';

const database = new Database(process.argv[2], { timeout: 10_000 });
database.pragma('foreign_keys = ON');
for (const table of ['documents', 'document_texts', 'chunks'])
  database.exec(`CREATE TEMP TABLE kept_${table} AS SELECT * FROM ${table}`);
const replace = database.transaction(() =>
  database.exec(`
    DELETE FROM documents;
    UPDATE kept_documents SET id = id + 1000;
    UPDATE kept_document_texts SET document_id = document_id + 1000;
    UPDATE kept_chunks SET id = id + 1000, document_id = document_id + 1000;
    INSERT INTO documents SELECT * FROM kept_documents;
    INSERT INTO document_texts SELECT * FROM kept_document_texts;
    INSERT INTO chunks SELECT * FROM kept_chunks;`),
);
replace.immediate();
process.send('begun');
for (;;) replace.immediate();
