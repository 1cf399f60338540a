import type Database from 'better-sqlite3';
import type { MentionRecord, MergeDecision } from '../../graph/types.ts';

/** From which schema version on the tables are there; a file opened for reading only may be older. */
const SCHEMA_VERSION = 2;

/** From which schema version on the walked graph is kept. */
const KEPT_SCHEMA_VERSION = 5;

/** Past this many titles that went at once, all documents that say any are searched again. */
const MAX_SINGLE_TITLES = 200;

/** `Mercury (planet)` is said as `Mercury`. */
const withoutQualifier = (title: string): string => title.replace(/\s*\([^()]*\)\s*$/, '');

type GraphTables = {
  graphState(): number;
  keptPassageLinks(): Uint8Array | null;
  keepPassageLinks(state: number, packed: Uint8Array): void;
  put(document: number, packed: Uint8Array): void;
  readMentions(visit: (record: MentionRecord) => void): void;
  documentsWithoutMentions(limit: number): readonly number[];
  documentsWithoutTitleLinks(): readonly number[];
  documentsWithMentions(): readonly number[];
  mentionsOf(document: number): Uint8Array | null;
  documentTitles(rows?: readonly number[]): readonly string[];
  documentsWithPhrase(phrase: string): readonly number[];
  hasTitleLinks(): boolean;
  putTitleLinks(document: number, links: Uint8Array, count: number): void;
  /** The document is searched for titles again, and others for its own. */
  forgetTitleLinks(document: number): void;
  /** Before a document is removed, or gets another title. */
  removing(document: number): void;
  /** At the end of a transaction: documents that say a title which is gone are searched for titles again. */
  settle(): void;
  /** When a transaction was rolled back. */
  forget(): void;
  mergeDecisions(): readonly MergeDecision[];
  putDecision(decision: Omit<MergeDecision, 'id' | 'at'>, now: string): void;
  /** Rows that do not stand where their document's chunks do. */
  countMisplaced(): number;
};

/** Mentions of entities, one packed row for each document, and the decisions on names. */
export function createGraphTables(database: Database.Database, schemaVersion: number): GraphTables {
  if (schemaVersion < SCHEMA_VERSION) return absentTables;
  const keepsLinks = schemaVersion >= KEPT_SCHEMA_VERSION;
  const state = database
    .prepare<[], number>(`SELECT value FROM meta WHERE key = '${keepsLinks ? 'graph_state' : 'generation'}'`)
    .pluck();
  const insert = database.prepare<[number, number, number, Uint8Array]>(
    'INSERT INTO document_mentions (document_id, first_chunk, chunk_count, packed) VALUES (?, ?, ?, ?)',
  );
  const replace = database.prepare<[Uint8Array, number]>(
    'UPDATE document_mentions SET packed = ?, title_links = NULL WHERE document_id = ?',
  );
  const select = database.prepare<[], MentionRecord>(
    `SELECT document_id AS documentRow, title, path, first_chunk AS firstChunk, mentions.chunk_count AS chunkCount,
       packed, title_links AS titleLinks
     FROM document_mentions AS mentions JOIN documents ON documents.id = document_id ORDER BY document_id`,
  );
  const without = database
    .prepare<[number], number>(
      `SELECT id FROM documents WHERE chunk_count > 0 AND id NOT IN (SELECT document_id FROM document_mentions)
       ORDER BY id LIMIT ?`,
    )
    .pluck();
  const firstChunkOf = database.prepare<[number], { first: number; count: number }>(
    'SELECT min(id) AS first, count(*) AS count FROM chunks WHERE document_id = ? HAVING count(*) > 0',
  );
  const unlinked = database
    .prepare<[], number>('SELECT document_id FROM document_mentions WHERE title_links IS NULL ORDER BY document_id')
    .pluck();
  const withMentions = database
    .prepare<[], number>('SELECT document_id FROM document_mentions ORDER BY document_id')
    .pluck();
  const packedOf = database
    .prepare<[number], Uint8Array>('SELECT packed FROM document_mentions WHERE document_id = ?')
    .pluck();
  const titles = database.prepare<[], string>('SELECT title FROM documents').pluck();
  const titleOf = database.prepare<[number], string>('SELECT title FROM documents WHERE id = ?').pluck();
  const withPhrase = database
    .prepare<[string], number>(
      `SELECT DISTINCT document_id FROM chunks WHERE id IN
         (SELECT rowid FROM chunk_words WHERE chunk_words MATCH ?)`,
    )
    .pluck();
  const linked = database.prepare('SELECT 1 FROM document_mentions WHERE title_count > 0 LIMIT 1').pluck();
  const setLinks = database.prepare<[Uint8Array | null, number, number]>(
    'UPDATE document_mentions SET title_links = ?, title_count = ? WHERE document_id = ?',
  );
  const insertDecision = database.prepare<[string, string, string, string, string]>(
    'INSERT INTO merge_decisions (at, action, from_name, to_name, reason) VALUES (?, ?, ?, ?, ?)',
  );
  const selectDecisions = database.prepare<[], MergeDecision>(
    'SELECT id, at, action, from_name AS "from", to_name AS "to", reason FROM merge_decisions ORDER BY id',
  );
  const misplaced = database
    .prepare<[], number>(
      `SELECT count(*) FROM document_mentions AS mentions
       WHERE (first_chunk, chunk_count, first_chunk + chunk_count - 1) IS NOT
         (SELECT min(id), count(*), max(id) FROM chunks WHERE chunks.document_id = mentions.document_id)`,
    )
    .pluck();

  const hasTitle = database.prepare<[string], number>('SELECT 1 FROM documents WHERE title = ? LIMIT 1').pluck();
  const forgetAllLinks = database.prepare(
    'UPDATE document_mentions SET title_links = NULL, title_count = 0 WHERE title_count > 0',
  );
  const forgetLinks = database.prepare<[number]>(
    'UPDATE document_mentions SET title_links = NULL, title_count = 0 WHERE document_id = ? AND title_count > 0',
  );
  const leaving = new Set<string>();
  const saying = (title: string): readonly number[] => {
    const words = title.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    return words.length > 0 ? withPhrase.all(`"${words.join(' ')}"`) : [];
  };

  return {
    removing(document) {
      for (const title of titleOf.all(document)) leaving.add(title);
    },
    settle() {
      const gone =
        leaving.size > MAX_SINGLE_TITLES ? null : [...leaving].filter((title) => hasTitle.get(title) === undefined);
      leaving.clear();
      if (gone === null) forgetAllLinks.run();
      else for (const title of gone) for (const row of saying(withoutQualifier(title))) forgetLinks.run(row);
    },
    forget: () => leaving.clear(),
    graphState: () => state.get() ?? 0,
    keptPassageLinks: () =>
      keepsLinks
        ? (database
            .prepare<[], Uint8Array>(
              `SELECT packed FROM passage_links WHERE state = (SELECT value FROM meta WHERE key = 'graph_state')`,
            )
            .pluck()
            .get() ?? null)
        : null,
    keepPassageLinks(state, packed) {
      if (keepsLinks) database.prepare('INSERT OR REPLACE INTO passage_links VALUES (1, ?, ?)').run(state, packed);
    },
    put(document: number, packed: Uint8Array): void {
      const chunks = firstChunkOf.get(document);
      if (chunks && replace.run(packed, document).changes === 0)
        insert.run(document, chunks.first, chunks.count, packed);
    },
    readMentions(visit: (record: MentionRecord) => void): void {
      for (const record of select.iterate()) visit(record);
    },
    documentsWithoutMentions: (limit: number): readonly number[] => without.all(limit),
    documentsWithoutTitleLinks: () => unlinked.all(),
    documentsWithMentions: () => withMentions.all(),
    mentionsOf: (document) => packedOf.get(document) ?? null,
    documentTitles: (rows) => (rows ? rows.flatMap((row) => titleOf.all(row)) : titles.all()),
    documentsWithPhrase: saying,
    hasTitleLinks: () => linked.get() !== undefined,
    putTitleLinks: (document, links, count) => void setLinks.run(links, count, document),
    forgetTitleLinks: (document) => void setLinks.run(null, 0, document),
    mergeDecisions: (): readonly MergeDecision[] => selectDecisions.all(),
    putDecision: ({ action, from, to, reason }: Omit<MergeDecision, 'id' | 'at'>, now: string): void =>
      void insertDecision.run(now, action, from, to, reason),
    countMisplaced: (): number => misplaced.get() ?? 0,
  };
}

const absentTables: GraphTables = {
  graphState: () => 0,
  keptPassageLinks: () => null,
  keepPassageLinks: () => {},
  put: () => {},
  readMentions: () => {},
  documentsWithoutMentions: () => [],
  documentsWithoutTitleLinks: () => [],
  documentsWithMentions: () => [],
  mentionsOf: () => null,
  documentTitles: () => [],
  documentsWithPhrase: () => [],
  hasTitleLinks: () => false,
  putTitleLinks: () => {},
  forgetTitleLinks: () => {},
  removing: () => {},
  settle: () => {},
  forget: () => {},
  mergeDecisions: () => [],
  putDecision: () => {},
  countMisplaced: () => 0,
};
