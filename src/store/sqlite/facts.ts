import type Database from 'better-sqlite3';
import type { DocumentId } from '../../domain/ids.ts';
import type { DocumentFacts, DocumentKind, QualityWarning, StatedDates } from '../../understand/types.ts';
import type { FactStore, FactWriter, StoredSketch } from '../fact-types.ts';

/** From which schema version on the table is there; a file opened for reading only may be older. */
const SCHEMA_VERSION = 17;

type FactRecord = {
  language: string | null;
  kind: string | null;
  kind_because: string;
  warnings: string;
  dates: string | null;
};

/** What is known of documents: one row each, which goes with its document. */
export function createFacts(
  database: Database.Database,
  schemaVersion: number,
): { readonly store: FactStore; readonly writer: FactWriter } {
  // Filters and lists name the table, so an older file that cannot be changed gets an empty one of this connection.
  if (schemaVersion < SCHEMA_VERSION) {
    database.exec(`CREATE TEMP TABLE IF NOT EXISTS document_facts (document_id INTEGER PRIMARY KEY, kind TEXT,
      kind_because TEXT, warnings TEXT, dates TEXT, applies_until TEXT, words BLOB, sketch BLOB)`);
  }
  const put = database.prepare(`
    INSERT OR REPLACE INTO document_facts (document_id, kind, kind_because, warnings, dates, applies_until, words, sketch)
    SELECT id, @kind, @because, @warnings, @dates, @until, @words, @sketch FROM documents WHERE id = @row`);
  const setLanguage = database.prepare('UPDATE documents SET language = ? WHERE id = ? AND language IS NULL');
  const get = database.prepare<[number], FactRecord>(
    'SELECT language, document_facts.* FROM document_facts JOIN documents ON documents.id = document_id WHERE document_id = ?',
  );
  const lacking = database
    .prepare<[number], number>(
      'SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM document_facts) ORDER BY id LIMIT ?',
    )
    .pluck();
  const sketches = database.prepare<[], { document_id: number; words: Buffer; sketch: Buffer | null }>(
    'SELECT document_id, words, sketch FROM document_facts ORDER BY document_id',
  );
  const count = (sql: string, ...values: unknown[]): number =>
    Number(
      database
        .prepare(sql)
        .pluck()
        .get(...values),
    );
  const countsOf = (sql: string): Record<string, number> => {
    const rows = database.prepare<[], { name: string; documents: number }>(sql).all();
    return Object.fromEntries(rows.map(({ name, documents }) => [name, documents]));
  };
  const expired = database.prepare<[string, number], { id: DocumentId; path: string; until: string }>(
    `SELECT public_id AS id, path, applies_until AS until FROM document_facts JOIN documents ON documents.id = document_id
     WHERE applies_until < ? ORDER BY applies_until, path LIMIT ?`,
  );
  return {
    store: {
      factsOf(row) {
        const found = get.get(row);
        return found ? factsFrom(found) : null;
      },
      documentsWithoutFacts: (limit) => lacking.all(limit),
      sketches: () =>
        sketches.all().map(({ document_id, words, sketch }): StoredSketch => {
          return { row: document_id, words, bins: sketch && binsOf(sketch) };
        }),
      factFigures: (today) => ({
        lacking: count('SELECT count(*) FROM documents WHERE id NOT IN (SELECT document_id FROM document_facts)'),
        warned: count(`SELECT count(*) FROM document_facts WHERE warnings <> '[]'`),
        kinds: countsOf(
          `SELECT kind AS name, count(*) AS documents FROM document_facts WHERE kind IS NOT NULL
           GROUP BY kind ORDER BY documents DESC, kind`,
        ),
        languages: countsOf(
          `SELECT language AS name, count(*) AS documents FROM documents WHERE language IS NOT NULL
           GROUP BY language ORDER BY documents DESC, language`,
        ),
        expired: count('SELECT count(*) FROM document_facts WHERE applies_until < ?', today),
      }),
      expired: (today, limit) => expired.all(today, limit),
    },
    writer: {
      tagDocument: (row, tag) =>
        void database
          .prepare(
            `INSERT INTO document_tags (document_id, tag, is_given) SELECT id, ?, 1 FROM documents WHERE id = ?
             ON CONFLICT DO UPDATE SET is_given = 1`,
          )
          .run(tag, row),
      untagDocument: (row, tag) =>
        void database.prepare('DELETE FROM document_tags WHERE document_id = ? AND tag = ?').run(row, tag),
      putFacts(row, { facts, sketch }) {
        setLanguage.run(facts.language, row);
        put.run({
          row,
          kind: facts.kind,
          because: JSON.stringify(facts.kindBecause),
          warnings: JSON.stringify(facts.warnings),
          dates: facts.dates && JSON.stringify(facts.dates),
          until: facts.dates?.until ?? null,
          words: Buffer.from(sketch.words),
          sketch: sketch.bins && bytesOf(sketch.bins),
        });
      },
    },
  };
}

const factsFrom = ({ language, kind, kind_because, warnings, dates }: FactRecord): DocumentFacts => ({
  language,
  kind: kind as DocumentKind | null,
  kindBecause: JSON.parse(kind_because) as string[],
  warnings: JSON.parse(warnings) as QualityWarning[],
  dates: dates === null ? null : (JSON.parse(dates) as StatedDates),
});

/** Little-endian, so that a file can be opened on any machine. */
function bytesOf(bins: Uint16Array): Buffer {
  const bytes = Buffer.alloc(bins.length * 2);
  for (const [at, bin] of bins.entries()) bytes.writeUInt16LE(bin, at * 2);
  return bytes;
}

const binsOf = (bytes: Buffer): Uint16Array =>
  Uint16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readUInt16LE(at * 2));
