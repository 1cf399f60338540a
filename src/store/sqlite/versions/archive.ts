import type Database from 'better-sqlite3';
import type { VersionEnd } from '../../version-types.ts';
import type { createFormerVectors } from './former-vectors.ts';
import { type PackedChunk, unpackContent } from './pack-content.ts';
import { packFacts } from './pack-facts.ts';
import type { createVersionContents, EncodedContent } from './version-contents.ts';

/** Columns of documents that a version has as columns of its own, or that follow from others. */
const NOT_FACTS = new Set([
  'id',
  'collection_id',
  'source_id',
  'sections',
  'history_id',
  'version',
  'reason',
  'since',
  'since_generation',
  'file_hash',
]);

export type DocumentColumns = Readonly<Record<string, unknown>> & {
  readonly id: number;
  readonly public_id: string;
  readonly source_id: number;
  readonly uri: string;
  readonly path: string;
  readonly title: string;
  readonly content_hash: Buffer;
  readonly indexed_at: string;
  readonly history_id: number | null;
  readonly version: number;
  readonly reason: string;
  readonly since: string | null;
  readonly since_generation: number;
};

/** A present version on its way to become a former one. */
export type Kept = {
  readonly document: DocumentColumns;
  readonly content: Buffer;
  readonly chunks: readonly { readonly row: number; readonly hash: Buffer }[];
  readonly source: number;
  readonly tags: readonly string[];
};

export type ArchiveOptions = {
  readonly contents: ReturnType<typeof createVersionContents>;
  readonly vectors: ReturnType<typeof createFormerVectors>;
};

/** Makes former versions of present ones, within the transaction that takes those away. */
export function createArchive(database: Database.Database, { contents, vectors }: ArchiveOptions) {
  const documentOf = database.prepare<[number], DocumentColumns>('SELECT * FROM documents WHERE id = ?');
  const tagsOf = database
    .prepare<[number], string>('SELECT tag FROM document_tags WHERE document_id = ? ORDER BY tag')
    .pluck();
  const chunksOf = database.prepare<[number], { row: number; hash: Buffer }>(
    'SELECT id AS row, embed_hash AS hash FROM chunks WHERE document_id = ? ORDER BY ordinal',
  );
  const keepSource = database.prepare<[number]>(`
    INSERT OR IGNORE INTO version_sources (source_id, collection, kind, uri, options, tags, added_at)
    SELECT sources.id, collections.name, kind, uri, options, tags, added_at FROM sources
    JOIN collections ON collections.id = collection_id WHERE sources.id = ?`);
  const keptSource = database
    .prepare<[number], number>(
      `SELECT kept.id FROM version_sources AS kept JOIN sources ON sources.id = kept.source_id
       JOIN collections ON collections.id = collection_id
       WHERE sources.id = ? AND (kept.collection, kept.kind, kept.uri, kept.options, kept.tags)
         = (collections.name, sources.kind, sources.uri, sources.options, sources.tags)`,
    )
    .pluck();
  const collectionOf = database
    .prepare<[number], string>('SELECT collection FROM version_sources WHERE id = ?')
    .pluck();
  const insertHistory = database.prepare('INSERT INTO histories (last_version) VALUES (?)');
  const setLast = database.prepare(
    'UPDATE histories SET last_version = ?, gone_at = NULL, public_id = NULL WHERE id = ?',
  );
  const setGone = database.prepare(`
    UPDATE histories SET last_version = @version, gone_at = @now, public_id = @public_id, collection = @collection, uri = @uri,
      path = @path, title = @title WHERE id = @history`);
  const generation = database.prepare<[], number>(`SELECT value FROM meta WHERE key = 'generation'`).pluck();
  const insertVersion = database.prepare(`
    INSERT INTO versions (history_id, number, reason, since, since_generation, until, until_generation, ended, source_id,
      document_row, first_chunk, facts, content, is_whole, content_length, content_check)
    VALUES (@history, @number, @reason, @since, @sinceGeneration, @until, @untilGeneration, @ended, @source,
      @documentRow, @firstChunk, @facts, @content, @isWhole, @length, @check)`);
  const insertLeft = database.prepare<[number, Uint8Array]>(
    'INSERT OR IGNORE INTO left_passages (version_id, embed_hash) VALUES (?, ?)',
  );
  const clearLeft = database.prepare('DELETE FROM left_passages WHERE version_id = ?');
  const setContent = database.prepare(
    'UPDATE versions SET content = @content, is_whole = @isWhole, content_length = @length, content_check = @check WHERE id = @row',
  );
  const setPresent = database.prepare('UPDATE documents SET history_id = ?, version = ?, reason = ? WHERE id = ?');
  const historyOf = database.prepare<[number], { history: number; number: number }>(
    'SELECT history_id AS history, number FROM versions WHERE id = ?',
  );
  const newestOf = database.prepare<[number], { id: number; number: number; is_whole: number }>(
    'SELECT id, number, is_whole FROM versions WHERE history_id = ? ORDER BY number DESC LIMIT 1',
  );
  const goneHistory = database.prepare<[string], { id: number; last_version: number }>(
    'SELECT id, last_version FROM histories WHERE public_id = ? ORDER BY id DESC LIMIT 1',
  );
  const isNeeded = database.prepare<[number], number>('SELECT 1 FROM snapshots WHERE generation >= ? LIMIT 1').pluck();

  const encodedParameters = ({ content, isWhole, length, check }: EncodedContent) => ({
    content,
    isWhole: Number(isWhole),
    length,
    check,
  });

  const hashesOf = (content: Buffer): Buffer[] =>
    unpackContent(content).chunks.map(({ other }: PackedChunk) => other.embed_hash as Buffer);

  /** Passages of a version that the next newer one, if any, does not have. */
  const putLeft = (version: number, own: readonly Buffer[], next: readonly Buffer[]): void => {
    const there = new Set(next.map((hash) => hash.toString('hex')));
    for (const hash of own) if (!there.has(hash.toString('hex'))) insertLeft.run(version, hash);
  };

  /** The version no longer is the present one: adds it, whole or against its successor. */
  const add = (kept: Kept, options: { ended: VersionEnd; successor: number | null; now: string }): number => {
    const { ended, successor, now } = options;
    const { document, content, chunks } = kept;
    const number = document.version;
    const history = document.history_id ?? Number(insertHistory.run(number).lastInsertRowid);
    const isWhole = successor === null || contents.isWholeByNumber(number);
    const encoded = contents.encode(content, isWhole ? null : contents.ofDocument(successor as number));
    const columns = Object.fromEntries(Object.entries(document).filter(([name]) => !NOT_FACTS.has(name)));
    const first = chunks[0]?.row ?? null;
    const { lastInsertRowid } = insertVersion.run({
      history,
      number,
      reason: document.reason,
      since: document.since ?? document.indexed_at,
      sinceGeneration: document.since_generation,
      until: now,
      untilGeneration: (generation.get() ?? 0) + 1,
      ended,
      source: kept.source,
      documentRow: document.id,
      // Rows that do not follow each other cannot be had again as a run.
      firstChunk: first !== null && chunks.every(({ row }, i) => row === first + i) ? first : null,
      facts: packFacts({ columns, tags: kept.tags }),
      ...encodedParameters(encoded),
    });
    const version = Number(lastInsertRowid);
    const next = successor === null ? [] : chunksOf.all(successor).map(({ hash }) => hash);
    putLeft(
      version,
      chunks.map(({ hash }) => hash),
      next,
    );
    if (successor === null) {
      const collection = collectionOf.get(kept.source);
      const { public_id, uri, path, title } = document;
      setGone.run({ history, version: number, now, collection, public_id, uri, path, title });
    }
    return version;
  };

  return {
    newestOf: (history: number) => newestOf.get(history) ?? null,
    putLeft,
    hashesOf,
    documentOf: (row: number): DocumentColumns | null => documentOf.get(row) ?? null,
    /** Whether a snapshot holds this version, so that it is kept though versions are not. */
    isNeeded: ({ since_generation }: DocumentColumns): boolean => isNeeded.get(since_generation) !== undefined,
    /** Before the document is removed. */
    take(document: DocumentColumns): Kept {
      keepSource.run(document.source_id);
      return {
        document,
        content: contents.ofDocument(document.id),
        chunks: chunksOf.all(document.id),
        source: keptSource.get(document.source_id) as number,
        tags: tagsOf.all(document.id),
      };
    },
    /** Before the passages are removed. `stays`: hashes, hex, of those that the successor has. */
    keepVectors({ chunks }: Kept, stays: ReadonlySet<string>): void {
      for (const { row, hash } of chunks) if (!stays.has(hash.toString('hex'))) vectors.keep(row, hash);
    },
    add,
    /** The document becomes the next version after one, or after one that was not kept. */
    succeed(successor: number, reason: string, former: { version: number } | DocumentColumns): void {
      const after =
        'id' in former
          ? { history: former.history_id as number | null, number: former.version }
          : (historyOf.get(former.version) as { history: number; number: number });
      if (after.history === null) return;
      setLast.run(after.number + 1, after.history);
      setPresent.run(after.history, after.number + 1, reason, successor);
    },
    /** The document went without being kept. */
    leave(document: DocumentColumns, now: string): void {
      const { history_id: history, version, public_id, uri, path, title } = document;
      if (history === null) return;
      keepSource.run(document.source_id);
      const collection = collectionOf.get(keptSource.get(document.source_id) as number);
      setGone.run({ history, version, now, collection, public_id, uri, path, title });
    },
    /** A document that comes again where one was removed goes on with its history. */
    comeBack(row: number, id: string, reason = 'added'): void {
      const gone = goneHistory.get(id);
      if (!gone) return;
      setLast.run(gone.last_version + 1, gone.id);
      setPresent.run(gone.id, gone.last_version + 1, reason, row);
    },
    /** Before the document goes without being kept: its newest former version must not need it. */
    detach({ id, history_id }: DocumentColumns): void {
      const newest = history_id === null ? undefined : newestOf.get(history_id);
      if (!newest) return;
      const content = contents.ofVersion(newest.id);
      const hashes = hashesOf(content);
      const own = new Set(hashes.map((hash) => hash.toString('hex')));
      for (const { row, hash } of chunksOf.all(id)) if (own.has(hash.toString('hex'))) vectors.keep(row, hash);
      setContent.run({ row: newest.id, ...encodedParameters(contents.encode(content, null)) });
      clearLeft.run(newest.id);
      putLeft(newest.id, hashes, []);
    },
    /** Keeps a version against `base`, the present document or a newer version; whole for null. */
    rebase(version: number, base: { document: number } | { version: number } | null): void {
      const content = contents.ofVersion(version);
      const newer =
        base === null
          ? null
          : 'document' in base
            ? contents.ofDocument(base.document)
            : contents.ofVersion(base.version);
      setContent.run({ row: version, ...encodedParameters(contents.encode(content, newer)) });
      clearLeft.run(version);
      putLeft(version, hashesOf(content), newer === null ? [] : hashesOf(newer));
    },
  };
}
