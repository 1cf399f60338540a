import { closeSync, fchmodSync, openSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { isRagError, throwIfAborted } from '../../platform/errors.ts';
import type { CopyOptions, DocumentRecord, MaintenanceStore, PassageRecord } from '../maintenance-types.ts';
import type { ChunkRow, DocumentRow } from '../types.ts';
import type { createDocuments } from './documents.ts';
import type { createVectors } from './vectors.ts';

type Parts = {
  readonly isEncrypted: boolean;
  readonly documents: ReturnType<typeof createDocuments>;
  readonly vectors: ReturnType<typeof createVectors>;
};

/** Each is one look into the index; three tell a passage from any other. */
const SAMPLE_WORDS = 3;
/** Plain letters and digits, which every tokenizer takes for one word. */
const PLAIN_WORD = /(?<![\p{L}\p{N}\p{M}_])[A-Za-z0-9]{3,40}(?![\p{L}\p{N}\p{M}_])/gu;
/** Some 8 MB: a second of another process's waiting at most. */
const PAGES_PER_STEP = 1000;

/** Reading everything for a check, and writing the file elsewhere or anew. */
export function createMaintenance(
  database: Database.Database,
  { documents, vectors, isEncrypted }: Parts,
): MaintenanceStore {
  const rows = database.prepare<[], number>('SELECT id FROM documents ORDER BY id').pluck();
  const embedHashes = database.prepare<[number], { id: number; embed_hash: Buffer; chunk_count: number }>(
    `SELECT chunks.id, embed_hash, chunk_count FROM chunks JOIN documents ON documents.id = document_id
     WHERE document_id = ? ORDER BY ordinal`,
  );
  const passageCount = database.prepare<[number], number>('SELECT chunk_count FROM documents WHERE id = ?').pluck();
  // A number arrives as REAL, which FTS5 takes for no bound at all.
  const hasWord = database
    .prepare<[string, number], number>(
      'SELECT 1 FROM chunk_words WHERE chunk_words MATCH ? AND rowid = CAST(? AS INTEGER)',
    )
    .pluck();
  const count = (sql: string): number => Number(database.prepare(sql).pluck().get());

  const unfoundWords = (row: ChunkRow, text: string): string[] =>
    sampleOf(text).filter((word) => hasWord.get(`body : "${word}"`, row) === undefined);

  const readRecord = database.transaction((row: DocumentRow): DocumentRecord => {
    const document = documents.get(row);
    const hashes = new Map(embedHashes.all(row).map(({ id, embed_hash }) => [id, embed_hash]));
    const chunkRows = documents.chunkRows(row);
    const passages = documents.chunksOf(row).map((chunk, index): PassageRecord => {
      const chunkRow = chunkRows[index] as ChunkRow;
      const { ordinal, span, page, lines, tokens, headingPath, text } = chunk;
      return {
        row: chunkRow,
        ordinal,
        span,
        page,
        lines,
        tokens,
        headingPath,
        embedHash: hashes.get(chunkRow) ?? new Uint8Array(),
        unfoundWords: unfoundWords(chunkRow, text),
        vector: vectors.of(chunkRow),
      };
    });
    return { document, path: documents.path(row), passageCount: passageCount.get(row) ?? 0, passages };
  });

  return {
    documentRows: () => rows.all(),
    documentRecord(row) {
      try {
        return readRecord(row);
      } catch (error) {
        if (isRagError(error) && error.code === 'NOT_FOUND') return null;
        throw error;
      }
    },
    strayEntries: () =>
      [
        ['the word index', count('SELECT count(*) FROM chunk_words_docsize WHERE id NOT IN (SELECT id FROM chunks)')],
        ['the n-gram index', count('SELECT count(*) FROM chunk_grams_docsize WHERE id NOT IN (SELECT id FROM chunks)')],
        [
          'the table of texts',
          count('SELECT count(*) FROM document_texts WHERE document_id NOT IN (SELECT id FROM documents)'),
        ],
      ].flatMap(([name, entries]) => (entries === 0 ? [] : [`${name} holds ${entries} entries of what is gone`])),
    async copyTo(path: string, { signal, onProgress }: CopyOptions = {}) {
      throwIfAborted(signal);
      makeLike(path, database.name);
      if (isEncrypted) {
        // SQLite's backup knows no key for the copy; this one has that of the original.
        database.prepare('VACUUM INTO ?').run(path);
        return;
      }
      await database.backup(path, {
        progress({ totalPages, remainingPages }) {
          throwIfAborted(signal);
          onProgress?.({ done: totalPages - remainingPages, total: totalPages });
          return PAGES_PER_STEP;
        },
      });
    },
    raiseGeneration(above) {
      database.prepare(`UPDATE meta SET value = max(value, ?) + 1 WHERE key = 'generation'`).run(above);
    },
    compact() {
      for (const table of ['chunk_words', 'chunk_grams']) {
        database.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
      }
      // In memory it would take as much as the file has; what is encrypted must not stand in a file that is not.
      if (!isEncrypted) database.pragma('temp_store = FILE');
      try {
        database.exec('VACUUM');
      } finally {
        database.pragma('temp_store = MEMORY');
      }
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.pragma('optimize');
    },
  };
}

/** Makes an empty file that those may read who may read the other: SQLite would make one for everybody. */
function makeLike(path: string, like: string): void {
  const file = openSync(path, 'a', 0o600);
  try {
    fchmodSync(file, (statSync(like).mode & 0o777) | 0o600);
  } finally {
    closeSync(file);
  }
}

/** The longest of them: short words are in many passages. */
function sampleOf(text: string): string[] {
  const words = new Set(text.slice(0, 20_000).match(PLAIN_WORD));
  return [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, SAMPLE_WORDS);
}
