import type Database from 'better-sqlite3';
import type { Chunk } from '../../domain/chunk.ts';
import type { Document } from '../../domain/document.ts';
import { chunkIdOf, type DocumentId } from '../../domain/ids.ts';
import type { SearchFilter } from '../../domain/search.ts';
import type { Span } from '../../domain/span.ts';
import { RagError } from '../../platform/errors.ts';
import type { DocumentRow, NewDocument, StoredChunk, StoredDocument } from '../types.ts';
import { damaged } from './damage.ts';
import { type DocumentRecord, sourceRef, storedDocument } from './document-record.ts';
import type { createFacts } from './facts.ts';
import { documentCondition } from './filter.ts';
import type { createGraphTables } from './graph.ts';
import { indexedText } from './indexed-text.ts';
import type { createLexical } from './lexical.ts';
import { decodeSections, encodeSections } from './sections.ts';
import { sourceIsGone } from './source-is-gone.ts';
import type { createTexts } from './texts.ts';
import type { createVectors } from './vectors.ts';
import type { createVersionKeeper } from './versions/keep-versions.ts';

type Indexes = {
  readonly texts: ReturnType<typeof createTexts>;
  readonly lexical: ReturnType<typeof createLexical>;
  readonly vectors: ReturnType<typeof createVectors>;
  readonly graph: ReturnType<typeof createGraphTables>;
  readonly facts: ReturnType<typeof createFacts>;
  /** Null where nothing can be written. */
  readonly versions: ReturnType<typeof createVersionKeeper> | null;
};

type ChunkRecord = {
  id: number;
  document_id: number;
  ordinal: number;
  start: number;
  end: number;
  page: number | null;
  line_start: number | null;
  line_end: number | null;
  tokens: number;
  heading_path: string;
};

const DOCUMENT_COLUMNS = `documents.*, collections.name AS collection, document_facts.kind, document_facts.warnings,
  (SELECT json_group_array(tag) FROM (
     SELECT tag FROM document_tags WHERE document_id = documents.id
     UNION SELECT value FROM sources, json_each(sources.tags) WHERE sources.id = documents.source_id)) AS tags`;
/** That of the end of the transaction. */
const NEXT_GENERATION = `(SELECT value + 1 FROM meta WHERE key = 'generation')`;
const FROM_DOCUMENTS = `FROM documents JOIN collections ON collections.id = documents.collection_id
  LEFT JOIN document_facts ON document_facts.document_id = documents.id`;

/** Documents and their chunks: every write keeps text, both full-text indexes and the vectors in step. */
export function createDocuments(
  database: Database.Database,
  { texts, lexical, vectors, graph, facts, versions }: Indexes,
) {
  const insertDocument = database.prepare(`
    INSERT INTO documents (public_id, collection_id, source_id, uri, path, title, media_type, type, language, modified_at,
      size, mtime_ms, content_hash, text_length, chunk_count, first_line, sections, metadata, indexed_at${versions ? ', since_generation' : ''})
    SELECT @id, collection_id, id, @uri, @path, @title, @mediaType, @type, @language, @modifiedAt,
      @size, @mtimeMs, @contentHash, @textLength, @chunkCount, @firstLine, @sections, @metadata, @indexedAt${versions ? `, ${NEXT_GENERATION}` : ''}
    FROM sources WHERE id = @sourceRow`);
  const insertTag = database.prepare('INSERT OR IGNORE INTO document_tags (document_id, tag) VALUES (?, ?)');
  const insertChunk = database.prepare(`
    INSERT INTO chunks (document_id, ordinal, start, "end", page, line_start, line_end, tokens, heading_path, has_grams, embed_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const markGrams = database.prepare('UPDATE chunks SET has_grams = ? WHERE id = ?');
  const rowOfId = database.prepare<[string], number>('SELECT id FROM documents WHERE public_id = ?').pluck();
  const sectionsOfId = database.prepare<[string], string>('SELECT sections FROM documents WHERE public_id = ?').pluck();
  const metadataOfId = database.prepare<[string], string>('SELECT metadata FROM documents WHERE public_id = ?').pluck();
  const sourceOfId = database.prepare<[string], number>('SELECT source_id FROM documents WHERE public_id = ?').pluck();
  const chunkRows = database.prepare<[number], { id: number; has_grams: number }>(
    'SELECT id, has_grams FROM chunks WHERE document_id = ?',
  );
  const deleteDocument = database.prepare('DELETE FROM documents WHERE id = ?');
  const byRow = database.prepare<[number], DocumentRecord>(
    `SELECT ${DOCUMENT_COLUMNS} ${FROM_DOCUMENTS} WHERE documents.id = ?`,
  );
  const chunksOf = database.prepare<[number], ChunkRecord>(
    'SELECT * FROM chunks WHERE document_id = ? ORDER BY ordinal',
  );
  const isIndexed = database.prepare<[number], number>('SELECT 1 FROM chunk_words_docsize WHERE id = ?').pluck();
  const chunkByRow = database.prepare<[number], ChunkRecord>('SELECT * FROM chunks WHERE id = ?');
  const move = database.prepare(`
    UPDATE documents SET public_id = @id, uri = @uri, path = @path, title = @title, size = @size, mtime_ms = @mtimeMs
      ${versions ? `, since = @now, since_generation = ${NEXT_GENERATION}` : ''} WHERE id = @row`);
  const touch = database.prepare('UPDATE documents SET size = ?, mtime_ms = ? WHERE id = ?');

  /** Prepared when it is first used: an older file that can only be read has no such column. */
  const givenTagsOf = (row: DocumentRow): string[] =>
    database
      .prepare<[number], string>('SELECT tag FROM document_tags WHERE document_id = ? AND is_given = 1')
      .pluck()
      .all(row);

  /** Without a former version of it. */
  const erase = (row: DocumentRow): void => {
    graph.removing(row);
    for (const { id, has_grams } of chunkRows.all(row)) {
      lexical.remove(id, has_grams === 1);
      vectors.remove(id);
    }
    deleteDocument.run(row);
  };

  const remove = (row: DocumentRow): void => {
    const leaving = versions?.before(row, 'deleted', new Set());
    erase(row);
    leaving?.done(null, '');
  };

  /** While a restored version stands for a file, the file as it was then does not take its place. */
  const isPinned = (row: DocumentRow, contentHash: string): boolean => {
    const { file_hash } = record(row);
    return file_hash?.toString('hex') === contentHash;
  };

  const record = (row: DocumentRow): DocumentRecord => {
    const found = byRow.get(row);
    if (found) return found;
    throw new RagError('NOT_FOUND', {
      message: 'The document was removed or replaced a moment ago.',
      hint: 'Look for it again.',
    });
  };

  /** What several statements read is of one moment, whatever other processes write in between. */
  const inOneRead = <Parameters extends unknown[], Result>(read: (...parameters: Parameters) => Result) =>
    database.transaction(read) as (...parameters: Parameters) => Result;

  const chunkOf = (row: ChunkRecord, documentId: DocumentId): Chunk => ({
    id: chunkIdOf(documentId, row.ordinal),
    documentId,
    ordinal: row.ordinal,
    span: { start: row.start, end: row.end },
    text: texts.slice(row.document_id, { start: row.start, end: row.end }),
    headingPath: JSON.parse(row.heading_path) as string[],
    page: row.page,
    lines: row.line_start === null || row.line_end === null ? null : { start: row.line_start, end: row.line_end },
    tokens: row.tokens,
  });

  return {
    put(document: NewDocument, now: string): void {
      const former = rowOfId.get(document.id);
      if (former !== undefined && isPinned(former, document.contentHash)) {
        touch.run(document.size, document.mtimeMs, former);
        return;
      }
      const stays = new Set(document.chunks.map(({ embedHash }) => Buffer.from(embedHash).toString('hex')));
      const leaving = former === undefined ? null : versions?.before(former, 'replaced', stays);
      const isSameFile = former !== undefined && record(former).content_hash.toString('hex') === document.contentHash;
      const given = former === undefined ? [] : givenTagsOf(former);
      if (former !== undefined) erase(former);
      const { chunks, sourceRow, mentions, understood, ...rest } = document;
      const { changes, lastInsertRowid } = insertDocument.run({
        ...rest,
        sourceRow,
        contentHash: Buffer.from(document.contentHash, 'hex'),
        textLength: document.text.length,
        chunkCount: chunks.length,
        sections: encodeSections(document.sections),
        metadata: JSON.stringify(document.metadata),
        indexedAt: now,
        tags: null,
        text: null,
      });
      if (changes === 0) throw sourceIsGone(document.path);
      const row = Number(lastInsertRowid);
      texts.put(row, document.text);
      for (const tag of given) facts.writer.tagDocument(row, tag);
      for (const tag of document.tags) insertTag.run(row, tag);
      for (const chunk of chunks) {
        const { lastInsertRowid } = insertChunk.run(
          row,
          chunk.ordinal,
          chunk.span.start,
          chunk.span.end,
          chunk.page,
          chunk.lines?.start ?? null,
          chunk.lines?.end ?? null,
          chunk.tokens,
          JSON.stringify(chunk.headingPath),
          0,
          chunk.embedHash,
        );
        const chunkRow = Number(lastInsertRowid);
        const body = document.text.slice(chunk.span.start, chunk.span.end);
        const hasGrams = lexical.put(
          chunkRow,
          indexedText({ ...chunk, title: document.title, uri: document.uri, body }),
        );
        if (hasGrams) markGrams.run(1, chunkRow);
        if (chunk.vector) vectors.put(chunkRow, chunk.vector);
      }
      if (mentions) graph.put(row, mentions);
      if (understood) facts.writer.putFacts(row, understood);
      if (leaving) leaving.done(row, isSameFile ? 'reprocessed' : 'edited');
      else versions?.comeBack(row, document.id);
    },

    remove,
    erase,
    touch: (row: DocumentRow, size: number | null, mtimeMs: number | null): void => void touch.run(size, mtimeMs, row),

    /**
     * The title is part of the word index, so the words are written again; vectors and text stay. A document that
     * another process has replaced or removed meanwhile is left as that process has it.
     */
    move(
      row: DocumentRow,
      to: Pick<NewDocument, 'id' | 'uri' | 'path' | 'title' | 'size' | 'mtimeMs'>,
      now: string,
    ): void {
      if (!byRow.get(row)) return;
      const there = rowOfId.get(to.id);
      if (there !== undefined && there !== row) remove(there);
      const leaving = versions?.before(row, 'moved', null);
      graph.removing(row);
      move.run({ ...to, row, now });
      graph.forgetTitleLinks(row);
      const { public_id } = record(row);
      for (const chunk of chunksOf.all(row)) {
        const { ordinal, headingPath, text: body } = chunkOf(chunk, public_id);
        lexical.remove(chunk.id, true);
        const hasGrams = lexical.put(chunk.id, indexedText({ ...to, ordinal, headingPath, body }));
        markGrams.run(hasGrams ? 1 : 0, chunk.id);
      }
      leaving?.done(row, 'moved');
    },

    list(filter: SearchFilter, limit: number, offset: number): StoredDocument[] {
      const condition = documentCondition(filter);
      const records = database
        .prepare<unknown[], DocumentRecord>(
          `SELECT ${DOCUMENT_COLUMNS} ${FROM_DOCUMENTS} ${condition ? `WHERE ${condition.sql}` : ''}
           ORDER BY collections.name, documents.path, documents.id LIMIT ? OFFSET ?`,
        )
        .all(...(condition?.parameters ?? []), limit, offset);
      return records.map(storedDocument);
    },

    count(filter: SearchFilter): number {
      const condition = documentCondition(filter);
      return database
        .prepare<unknown[], number>(`SELECT count(*) FROM documents ${condition ? `WHERE ${condition.sql}` : ''}`)
        .pluck()
        .get(...(condition?.parameters ?? [])) as number;
    },

    passes(row: DocumentRow, filter: SearchFilter): boolean {
      const condition = documentCondition(filter);
      return (
        database
          .prepare(`SELECT 1 FROM documents WHERE id = ? ${condition ? `AND ${condition.sql}` : ''}`)
          .get(row, ...(condition?.parameters ?? [])) !== undefined
      );
    },

    find(reference: string, limit: number): StoredDocument[] {
      const by = (condition: string, ...parameters: unknown[]) =>
        database
          .prepare<unknown[], DocumentRecord>(
            `SELECT ${DOCUMENT_COLUMNS} ${FROM_DOCUMENTS} WHERE ${condition} ORDER BY documents.path, documents.id LIMIT ?`,
          )
          .all(...parameters, limit);
      const exact = by(
        'documents.public_id = ? OR documents.uri = ? OR documents.path = ?',
        reference,
        reference,
        reference,
      );
      if (exact.length) return exact.map(storedDocument);
      const suffix = `/${reference.replace(/^(\.?\/)+/, '')}`;
      return by(
        'substr(documents.path, -length(?)) = ? OR substr(documents.uri, -length(?)) = ?',
        suffix,
        suffix,
        suffix,
        suffix,
      ).map(storedDocument);
    },

    get: inOneRead((row: DocumentRow): Document => {
      const found = record(row);
      return {
        id: found.public_id,
        source: sourceRef(found),
        contentHash: found.content_hash.toString('hex'),
        text: texts.get(row),
        firstLine: found.first_line,
        sections: decodeSections(found.sections),
        language: found.language,
        tags: JSON.parse(found.tags) as string[],
        metadata: JSON.parse(found.metadata) as Record<string, unknown>,
      };
    }),

    path: (row: DocumentRow): string => record(row).path,
    rowOf: (id: DocumentId): DocumentRow | undefined => rowOfId.get(id),
    sourceOf: (id: DocumentId): number | null => sourceOfId.get(id) ?? null,
    metadata(id: DocumentId): Readonly<Record<string, unknown>> | null {
      const stored = metadataOfId.get(id);
      return stored === undefined ? null : (JSON.parse(stored) as Record<string, unknown>);
    },

    text: inOneRead((id: DocumentId, span?: Span): string | null => {
      const row = rowOfId.get(id);
      if (row === undefined) return null;
      return span ? texts.slice(row, span) : texts.get(row);
    }),
    pageAt(id: DocumentId, position: number): number | null {
      const sections = decodeSections(sectionsOfId.get(id) ?? '[]');
      let page: number | null = null;
      for (const section of sections) {
        if (section.kind === 'page' && section.span.start <= position) page = section.page;
      }
      return page;
    },
    chunksOf: inOneRead((row: DocumentRow): Chunk[] => {
      const { public_id } = record(row);
      return chunksOf.all(row).map((chunk) => chunkOf(chunk, public_id));
    }),

    chunkRows: (row: DocumentRow): number[] => chunksOf.all(row).map(({ id }) => id),

    chunkSpans: (row: DocumentRow): { span: { start: number; end: number } }[] =>
      chunksOf.all(row).map(({ start, end }) => ({ span: { start, end } })),

    chunkText: inOneRead((row: number): string => {
      const chunk = chunkByRow.get(row);
      return chunk ? texts.slice(chunk.document_id, chunk) : '';
    }),

    chunks: inOneRead((rows: readonly number[]): Map<number, StoredChunk> => {
      const found = new Map<number, StoredChunk>();
      const documents = new Map<number, DocumentRecord>();
      for (const row of rows) {
        const chunk = chunkByRow.get(row);
        if (!chunk) {
          if (isIndexed.get(row) !== undefined)
            throw damaged(database.name, `passage ${row} is in the index, not in the table`);
          continue;
        }
        const document = documents.get(chunk.document_id) ?? record(chunk.document_id);
        documents.set(chunk.document_id, document);
        found.set(row, {
          row,
          chunk: chunkOf(chunk, document.public_id),
          document: sourceRef(document),
          documentRow: document.id,
          path: document.path,
        });
      }
      return found;
    }),
  };
}
