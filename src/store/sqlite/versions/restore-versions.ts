import type Database from 'better-sqlite3';
import { RagError } from '../../../platform/errors.ts';
import type { RestoreOptions, StateChange } from '../../version-types.ts';
import type { createGraphTables } from '../graph.ts';
import { indexedText } from '../indexed-text.ts';
import { vectorBytes } from '../int8-vector.ts';
import type { createLexical } from '../lexical.ts';
import type { createTexts } from '../texts.ts';
import { type createVectorTables, hasDirection } from '../vector-tables.ts';
import type { createArchive } from './archive.ts';
import type { createFormerVectors } from './former-vectors.ts';
import { unpackContent } from './pack-content.ts';
import { unpackFacts } from './pack-facts.ts';
import type { createVersionContents } from './version-contents.ts';

type Parts = {
  readonly archive: ReturnType<typeof createArchive>;
  readonly contents: ReturnType<typeof createVersionContents>;
  readonly formerVectors: ReturnType<typeof createFormerVectors>;
  readonly tables: ReturnType<typeof createVectorTables>;
  readonly texts: ReturnType<typeof createTexts>;
  readonly lexical: ReturnType<typeof createLexical>;
  readonly graph: ReturnType<typeof createGraphTables>;
  /** Removes a document without a former version of it. */
  readonly erase: (row: number) => void;
  /** Of the active space; null when there is none. */
  readonly activeSpace: () => number | null;
  readonly ensureCollection: (name: string) => number;
  readonly putFailure: (failure: {
    readonly sourceRow: number;
    readonly uri: string;
    readonly path: string;
    readonly size: number | null;
    readonly mtimeMs: number | null;
    readonly code: string;
    readonly message: string;
  }) => void;
  readonly tidy: () => void;
  readonly now: () => string;
};

type VersionRecord = {
  id: number;
  history_id: number;
  number: number;
  source_id: number;
  document_row: number;
  first_chunk: number | null;
  facts: Buffer;
};

/** The file of a document: its hash, empty when there is none, and what tells whether it changed. */
type FileState = { readonly hash: Buffer; readonly size: number | null; readonly mtimeMs: number | null };

type KeptSource = {
  source_id: number;
  collection: string;
  kind: string;
  uri: string;
  options: string;
  tags: string;
  added_at: string;
};

const NO_FILE = Buffer.alloc(0);
/** The hash of nothing that there is. */
const UNKNOWN_FILE = Buffer.alloc(32);
/** The code of a file that is no document: it is looked at again when it changes. */
const LEFT_OUT = 'PARSE_LEFT_OUT';

/** Puts former versions in the place of present ones, with the rows that they had, so that searches find what they found. */
export function createVersionRestorer(database: Database.Database, parts: Parts) {
  const { archive, contents, formerVectors, tables, texts, lexical, graph, now } = parts;
  const versionOf = database.prepare<[number], VersionRecord>('SELECT * FROM versions WHERE id = ?');
  const keptSource = database.prepare<[number], KeptSource>('SELECT * FROM version_sources WHERE id = ?');
  const sourceOf = database
    .prepare<[number, string], number>('SELECT id FROM sources WHERE collection_id = ? AND uri = ?')
    .pluck();
  const isSourceRow = database.prepare<[number], number>('SELECT 1 FROM sources WHERE id = ?').pluck();
  const sourceKind = database.prepare<[number], string>('SELECT kind FROM sources WHERE id = ?').pluck();
  const insertSource = database.prepare(`
    INSERT INTO sources (id, collection_id, kind, uri, options, tags, added_at)
    VALUES (@id, @collection, @kind, @uri, @options, @tags, @added_at)`);
  const presentOf = database.prepare<[number], number>('SELECT id FROM documents WHERE history_id = ?').pluck();
  const insertTag = database.prepare('INSERT OR IGNORE INTO document_tags (document_id, tag) VALUES (?, ?)');
  const removeFailure = database.prepare('DELETE FROM failures WHERE source_id = ? AND uri = ?');
  const leftOut = database.prepare<[string, string, string], { size: number | null; mtimeMs: number | null }>(
    `SELECT size, mtime_ms AS mtimeMs FROM failures JOIN sources ON sources.id = failures.source_id
     JOIN collections ON collections.id = collection_id
     WHERE collections.name = ? AND sources.uri = ? AND failures.uri = ? AND code = '${LEFT_OUT}'`,
  );
  const generation = database.prepare<[], number>(`SELECT value FROM meta WHERE key = 'generation'`).pluck();
  const isDocumentRow = database.prepare<[number], number>('SELECT 1 FROM documents WHERE id = ?').pluck();
  const isChunkRow = database
    .prepare<[number, number], number>('SELECT 1 FROM chunks WHERE id BETWEEN ? AND ? LIMIT 1')
    .pluck();
  const columnsOf = (table: string): ReadonlySet<string> =>
    new Set(database.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all());
  const tableColumns = { documents: columnsOf('documents'), chunks: columnsOf('chunks') };

  /** Columns that the table no longer has are left out. */
  const insert = (table: 'documents' | 'chunks', values: Readonly<Record<string, unknown>>): number => {
    const names = Object.keys(values).filter((name) => tableColumns[table].has(name));
    const sql = `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    const { lastInsertRowid } = prepared(sql).run(...names.map((name) => values[name]));
    return Number(lastInsertRowid);
  };
  const statements = new Map<string, Database.Statement<unknown[]>>();
  const prepared = (sql: string): Database.Statement<unknown[]> => {
    const there = statements.get(sql) ?? database.prepare<unknown[]>(sql);
    statements.set(sql, there);
    return there;
  };

  /** The source that the version came from; made again where it is gone. */
  const ensureSource = (kept: KeptSource): { collection: number; source: number } => {
    const collection = parts.ensureCollection(kept.collection);
    const there = sourceOf.get(collection, kept.uri);
    if (there !== undefined) return { collection, source: there };
    const id = isSourceRow.get(kept.source_id) === undefined ? kept.source_id : null;
    return { collection, source: Number(insertSource.run({ ...kept, id, collection }).lastInsertRowid) };
  };

  /** Adds the document that a version was; the tables of its rows are free of it by now. */
  const put = (version: VersionRecord, file: FileState | null, options: RestoreOptions): number => {
    const { text, sections, chunks } = unpackContent(contents.ofVersion(version.id));
    const { columns, tags } = unpackFacts(version.facts);
    const { collection, source } = ensureSource(keptSource.get(version.source_id) as KeptSource);
    const isAsFile = file?.hash.equals(columns.content_hash as Buffer) ?? false;
    const row = insert('documents', {
      ...columns,
      ...(isDocumentRow.get(version.document_row) === undefined && { id: version.document_row }),
      collection_id: collection,
      source_id: source,
      sections,
      ...(file && { size: file.size, mtime_ms: file.mtimeMs }),
      file_hash: file === null || isAsFile ? null : file.hash,
      since: now(),
      since_generation: (generation.get() ?? 0) + 1,
    });
    texts.put(row, text);
    for (const tag of tags) insertTag.run(row, tag);
    const first = version.first_chunk;
    const hasOwnRows = first !== null && isChunkRow.get(first, first + chunks.length - 1) === undefined;
    const active = parts.activeSpace();
    chunks.forEach(({ start, end, lineStart, lineEnd, other }, ordinal) => {
      const chunk = insert('chunks', {
        ...other,
        ...(hasOwnRows && { id: first + ordinal }),
        document_id: row,
        ordinal,
        start,
        end,
        line_start: lineStart,
        line_end: lineEnd,
      });
      const hash = other.embed_hash as Buffer;
      const headingPath = JSON.parse(String(other.heading_path)) as string[];
      const named = { title: String(columns.title), uri: String(columns.uri) };
      lexical.put(chunk, indexedText({ ...named, ordinal, headingPath, body: text.slice(start, end) }));
      for (const space of formerVectors.spaces()) {
        const made = space === active ? options.vectors?.get(hash.toString('hex')) : undefined;
        const bytes = formerVectors.get(space, hash) ?? tables.of(space).byHash(hash) ?? (made && vectorBytes(made));
        if (bytes && hasDirection(Buffer.from(bytes))) tables.of(space).insertBytes(chunk, bytes);
      }
    });
    const mentions = options.mentions?.get(version.id);
    if (mentions) graph.put(row, mentions);
    removeFailure.run(source, columns.uri);
    return row;
  };

  /** How the file of a document is at present, as far as the base knows. */
  const fileOf = (row: number): FileState => {
    const document = archive.documentOf(row);
    const hash = document?.file_hash as Buffer | null | undefined;
    return {
      hash: hash ?? document?.content_hash ?? NO_FILE,
      size: (document?.size as number | null) ?? null,
      mtimeMs: (document?.mtime_ms as number | null) ?? null,
    };
  };

  /** A file that was left out, as its document was not there; nobody knows what it says, unless that is what the version says. */
  const leftOutFile = ({ facts, source_id }: VersionRecord): FileState => {
    const { columns } = unpackFacts(facts);
    const { collection, uri } = keptSource.get(source_id) as KeptSource;
    const file = leftOut.get(collection, uri, columns.uri as string);
    if (!file) return { hash: NO_FILE, size: null, mtimeMs: null };
    const isSame = file.size === columns.size && file.mtimeMs === columns.mtime_ms;
    return { ...file, hash: isSame ? (columns.content_hash as Buffer) : UNKNOWN_FILE };
  };

  return {
    restore({ remove, put: wanted }: Pick<StateChange, 'remove' | 'put'>, options: RestoreOptions): void {
      const versions = wanted.map((id): VersionRecord => {
        const record = versionOf.get(id);
        if (record) return record;
        throw new RagError('NOT_FOUND', {
          message: 'A version was dropped while it was to be restored.',
          hint: 'Run the command again; `rag history` lists the versions that there are.',
        });
      });
      const files = new Map<number, FileState>();
      const replaced = new Set(versions.map(({ history_id }) => history_id));
      // A version of one document may have the name that another has now, so all go before any comes.
      for (const row of new Set([
        ...remove,
        ...versions.flatMap(({ history_id }) => presentOf.get(history_id) ?? []),
      ])) {
        const document = archive.documentOf(row);
        if (!document) continue;
        const file = fileOf(row);
        const kept = archive.take(document);
        archive.keepVectors(kept, new Set());
        parts.erase(row);
        const ended = document.history_id !== null && replaced.has(document.history_id) ? 'restored' : 'deleted';
        archive.add(kept, { ended, successor: null, now: now() });
        if (ended === 'restored') files.set(document.history_id as number, file);
        else if (options.pin && file.hash.length > 0 && sourceKind.get(document.source_id) !== 'stdin') {
          const { source_id: sourceRow, uri, path } = document;
          const code = LEFT_OUT;
          parts.putFailure({
            sourceRow,
            uri,
            path,
            size: file.size,
            mtimeMs: file.mtimeMs,
            code,
            message: options.pin.reason,
          });
        }
      }
      for (const version of versions) {
        const file = options.pin ? (files.get(version.history_id) ?? leftOutFile(version)) : null;
        const row = put(version, file, options);
        const newest = archive.newestOf(version.history_id) as { id: number; number: number };
        archive.succeed(row, 'restored', { version: newest.id });
        if (!contents.isWholeByNumber(newest.number) && files.has(version.history_id))
          archive.rebase(newest.id, { document: row });
      }
      parts.tidy();
    },
    unpin: (row: number): void =>
      void database
        .prepare('UPDATE documents SET file_hash = NULL, size = NULL, mtime_ms = NULL WHERE id = ?')
        .run(row),
    /** Hashes, hex, of passages of a version that the active space has no vector of. */
    lacksVectors(version: number): Set<string> {
      const active = parts.activeSpace();
      const lacking = new Set<string>();
      if (active === null) return lacking;
      for (const { other } of unpackContent(contents.ofVersion(version)).chunks) {
        const hash = other.embed_hash as Buffer;
        if (!formerVectors.get(active, hash) && !tables.of(active).byHash(hash)) lacking.add(hash.toString('hex'));
      }
      return lacking;
    },
  };
}
