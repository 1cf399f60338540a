import type { SearchFilter } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import type { Clock } from '../../platform/runtime.ts';
import type { SpaceFillWriter, Store, StoreCounts, StoreWriter, VersionWriter } from '../types.ts';
import { createContainers } from './containers.ts';
import { createSoundnessCheck } from './damage.ts';
import { createDocuments } from './documents.ts';
import { createFacts } from './facts.ts';
import { defineFilterFunctions } from './filter.ts';
import { forgetTraces } from './forget-traces.ts';
import { createGraphTables } from './graph.ts';
import { createIntegrityCheck } from './integrity.ts';
import { createJobs } from './jobs.ts';
import { createLedger } from './ledger.ts';
import { createLexical } from './lexical.ts';
import { lockHolder } from './lock-holder.ts';
import { createMaintenance } from './maintenance.ts';
import { mapSqliteError } from './map-sqlite-error.ts';
import { createModelRelations } from './model-relations.ts';
import { BUSY_TIMEOUT_MS, type OpenDatabaseOptions, openDatabase, schemaVersion } from './open-database.ts';
import { isSqliteError } from './open-sqlite.ts';
import { createProcessing } from './processing.ts';
import { rewriteKept } from './rewrite-kept.ts';
import { sameFileCheck } from './same-file.ts';
import { createSites } from './sites.ts';
import { createSources } from './sources.ts';
import { createSpaces } from './spaces.ts';
import { createSpelling } from './spelling.ts';
import { createTexts } from './texts.ts';
import { createTuning } from './tuning.ts';
import { createUsage } from './usage.ts';
import { createVectorTables } from './vector-tables.ts';
import { createVectors } from './vectors.ts';
import { absentVersions, createVersions } from './versions/create-versions.ts';

/** A checkpoint that another process holds up is not worth waiting for: the next one does its work. */
const CHECKPOINT_WAIT_MS = 500;

/** How SQLite says that another process writes, or that nothing can be written. */
const NOT_NOW = /^SQLITE_(?:BUSY|LOCKED|FULL|READONLY)/;

export type StoreOptions = OpenDatabaseOptions & {
  readonly clock: Clock;
  /** Whether documents that are replaced or removed stay as former versions; true unless said otherwise. */
  readonly keepsVersions?: boolean;
};

/** The store in one SQLite file. Throws as `openDatabase` does. */
export function createStore(options: StoreOptions): Store {
  const { path, clock } = options;
  const opened = openDatabase(options);
  const { database, readOnly, copy } = opened;
  try {
    const checkSameFile = sameFileCheck(path);
    defineFilterFunctions(database);
    const texts = createTexts(database);
    const generation = database.prepare<[], number>(`SELECT value FROM meta WHERE key = 'generation'`).pluck();
    const lexical = createLexical(database, () => generation.get() ?? 0);
    const now = () => new Date(clock.now()).toISOString();
    const tables = createVectorTables(database);
    const spaces = createSpaces(database, { tables, schemaVersion: schemaVersion(database), now });
    const versions = createVersions(database, {
      texts,
      tables,
      schemaVersion: schemaVersion(database),
      isOn: options.keepsVersions ?? true,
      now,
    });
    const vectors = createVectors(database, {
      tables,
      spaces,
      generation: () => generation.get() ?? 0,
      formerVector: (space, hash) => versions?.formerVectors.get(space, hash) ?? null,
    });
    const graph = createGraphTables(database, schemaVersion(database));
    const modelRelations = createModelRelations(database, schemaVersion(database));
    const facts = createFacts(database, schemaVersion(database));
    const keeper = versions?.keeper ?? null;
    const documents = createDocuments(database, { texts, lexical, vectors, graph, facts, versions: keeper });
    const sources = createSources(database);
    const former = versions?.withDocuments({
      lexical,
      graph,
      erase: documents.erase,
      activeSpace: () => vectors.space()?.id ?? null,
      ensureCollection: (name) => sources.ensure(name, undefined, now()),
      putFailure: (failure) => sources.putFailure(failure, now()),
    });
    const containers = createContainers(database, schemaVersion(database));
    const maintenance = createMaintenance(database, { documents, vectors, isEncrypted: options.key !== undefined });
    const processing = createProcessing(database, schemaVersion(database));
    const sites = createSites(database, schemaVersion(database));
    const spelling = createSpelling(database, documents.chunkText);
    const tuning = createTuning(database);
    const ledger = createLedger(database, readOnly);
    const usage = createUsage(database, { path, readOnly, now, check: checkSameFile, replies: ledger.recorder });
    const grow = database.prepare(`UPDATE meta SET value = value + 1 WHERE key = 'generation'`);
    const removeDocumentsOf = (condition: string, id: number): void => {
      const rows = database
        .prepare<[number], number>(`SELECT id FROM documents WHERE ${condition} = ?`)
        .pluck()
        .all(id);
      for (const row of rows) documents.remove(row);
    };

    const writer: StoreWriter = {
      ...(former?.writer as VersionWriter),
      ...facts.writer,
      ensureCollection: (name, description) => void sources.ensure(name, description, now()),
      renameCollection(from, to, idOf) {
        sources.rename(from, to, idOf);
        versions?.renameCollection(from, to, idOf);
      },
      removeCollection(name) {
        const id = sources.existing(name);
        removeDocumentsOf('collection_id', id);
        sources.removeCollection(id);
      },
      putSource: (spec, collection, tags) =>
        sources.put(spec, sources.ensure(collection, undefined, now()), tags, now()),
      removeSource(source) {
        removeDocumentsOf('source_id', source);
        sources.remove(source);
      },
      markTreated: sources.markTreated,
      rewriteKept: (source, change) => rewriteKept(database, source, change),
      markSynced: (source) => sources.markSynced(source, now()),
      useSpace: vectors.use,
      activateSpace: spaces.activate,
      dropSpace: spaces.drop,
      putDocument: (document) => documents.put(document, now()),
      moveDocument: (row, to) => documents.move(row, to, now()),
      touchDocument: documents.touch,
      removeDocuments(rows) {
        for (const row of rows) {
          processing.leaving(row);
          documents.remove(row);
        }
      },
      putFailure: (failure) => sources.putFailure(failure, now()),
      removeFailures(source, uris) {
        for (const uri of uris) processing.leavingFailure(source, uri);
        sources.removeFailures(source, uris);
      },
      putTuning: tuning.put,
      ...containers.writer,
      ...processing.writer,
      ...sites.writer,
      putMentions: graph.put,
      putTitleLinks: graph.putTitleLinks,
      putMergeDecision: (decision) => graph.putDecision(decision, now()),
      putModelRelations: (passage, model, relations) => modelRelations.put(passage, model, relations, now()),
    };

    const inTransaction = <T>(work: (writer: StoreWriter) => T): T =>
      database
        .transaction(() => {
          lexical.forget();
          graph.forget();
          const result = work(writer);
          graph.settle();
          lexical.settle();
          processing.settle();
          modelRelations.forgetRemoved();
          grow.run();
          usage.forgetResults();
          ledger.forgetReplies();
          return result;
        })
        .immediate();

    const checkWritable = (): void => {
      if (readOnly) {
        throw new RagError('DB_READ_ONLY', {
          message: `The database ${path} is open for reading only.`,
          hint: 'Make the file and its folder writable, or choose another file with --db.',
        });
      }
      checkSameFile();
    };

    const guard = <T>(work: () => T): T => {
      try {
        return work();
      } catch (error) {
        throw mapSqliteError(error, path);
      }
    };

    /** The same methods, whose errors are those of the port. */
    const guarded = <Part extends object>(part: Part): Part => {
      const members = Object.entries(part).map(([name, member]) => [
        name,
        typeof member === 'function'
          ? (...parameters: unknown[]) => guard(() => (member as (...values: unknown[]) => unknown)(...parameters))
          : member,
      ]);
      return Object.fromEntries(members) as Part;
    };

    const store: Store = {
      path,
      readOnly,
      copy,
      schemaVersion: schemaVersion(database),
      generation: () => generation.get() ?? 0,
      writeLock() {
        if (readOnly) return null;
        database.pragma('busy_timeout = 0');
        try {
          database.exec('BEGIN IMMEDIATE; ROLLBACK');
          return null;
        } catch (error) {
          if (!/^SQLITE_BUSY/.test(String((error as { code?: unknown }).code))) throw error;
          return { pid: lockHolder(path) };
        } finally {
          database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
        }
      },
      write<T>(work: (writer: StoreWriter) => T): T {
        checkWritable();
        return inTransaction(work);
      },
      fillSpace<T>(work: (writer: SpaceFillWriter) => T): T {
        checkWritable();
        return database.transaction(() => work(spaces.fillWriter)).immediate();
      },
      tryWrite(work) {
        if (readOnly) return false;
        checkSameFile();
        database.pragma('busy_timeout = 0');
        try {
          inTransaction(work);
          return true;
        } catch (error) {
          if (isSqliteError(error) && NOT_NOW.test(error.code)) return false;
          throw error;
        } finally {
          database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
        }
      },
      collections: sources.collections,
      sources: (collection) => sources.list(collection),
      knownItems: sources.knownItems,
      knownItem: sources.knownItem,
      sourceOfDocument: documents.sourceOf,
      failingElsewhere: sources.failingElsewhere,
      failures: sources.failures,
      documents: (filter: SearchFilter, limit: number, offset: number) => documents.list(filter, limit, offset),
      countDocuments: documents.count,
      passesFilter: documents.passes,
      findDocuments: documents.find,
      document: documents.get,
      documentPath: documents.path,
      documentText: documents.text,
      documentMetadata: documents.metadata,
      pageAt: documents.pageAt,
      documentChunks: documents.chunksOf,
      chunkRows: documents.chunkRows,
      chunks: documents.chunks,
      chunkText: documents.chunkText,
      searchWords: lexical.searchWords,
      searchGrams: lexical.searchGrams,
      scoreWords: lexical.scoreWords,
      scoreGrams: lexical.scoreGrams,
      wordPlaces: lexical.wordPlaces,
      knowsWord: spelling.knows,
      wordCounts: lexical.wordCounts,
      nearestWords: spelling.nearest,
      wordsContaining: (text, limit) => [...new Set(lexical.wordsContaining(text, limit).map(spelling.written))],
      searchVectors: vectors.search,
      scoreVectors: vectors.score,
      vectorsByHash: vectors.byHash,
      spaces: spaces.list,
      lackOf: spaces.lack,
      lackingTexts: spaces.lackingTexts,
      graphState: graph.graphState,
      keptPassageLinks: graph.keptPassageLinks,
      readMentions: graph.readMentions,
      hasTitleLinks: graph.hasTitleLinks,
      mergeDecisions: graph.mergeDecisions,
      textOfDocument: texts.slice,
      passagesWithoutRelations: modelRelations.passagesWithoutRelations,
      passageRelations: modelRelations.passageRelations,
      documentsWithoutMentions: graph.documentsWithoutMentions,
      documentsWithoutTitleLinks: graph.documentsWithoutTitleLinks,
      mentionsOf: graph.mentionsOf,
      chunkSpans: documents.chunkSpans,
      documentsWithMentions: graph.documentsWithMentions,
      documentTitles: graph.documentTitles,
      documentsWithPhrase: graph.documentsWithPhrase,
      ...(former?.store ?? absentVersions),
      tuning: tuning.get,
      ...usage.store,
      ...ledger.store,
      ...containers.store,
      ...maintenance,
      copyTo: (to, options) =>
        maintenance.copyTo(to, options).catch((error) => {
          throw mapSqliteError(error, to);
        }),
      compact() {
        checkWritable();
        maintenance.compact();
      },
      jobs: guarded(createJobs(database, { path, readOnly, check: checkSameFile })),
      ...sites.store,
      ...processing.store,
      ...facts.store,
      keepPassageLinks: (state, packed) => void usage.store.tryRecord(() => graph.keepPassageLinks(state, packed)),
      space() {
        const row = vectors.space();
        return row && { provider: row.provider, model: row.model, dimensions: row.dimensions };
      },
      counts() {
        const sums = database
          .prepare(
            `SELECT count(*) AS documents, coalesce(sum(chunk_count), 0) AS chunks, coalesce(sum(text_length), 0) AS textLength
             FROM documents`,
          )
          .get() as Omit<StoreCounts, 'vectors'>;
        return { ...sums, vectors: vectors.count() };
      },
      typeCounts() {
        const rows = database
          .prepare('SELECT type, count(*) AS documents FROM documents GROUP BY type ORDER BY documents DESC, type')
          .all() as { type: string; documents: number }[];
        return Object.fromEntries(rows.map(({ type, documents }) => [type, documents]));
      },
      checkSearched: createSoundnessCheck(database, {
        generation: () => generation.get() ?? 0,
        refresh: lexical.refresh,
      }),
      checkIntegrity: createIntegrityCheck(database, { lexical, spaces, graph }),
      forgetTraces() {
        checkWritable();
        forgetTraces(database);
      },
      checkpoint() {
        checkSameFile();
        database.pragma(`busy_timeout = ${CHECKPOINT_WAIT_MS}`);
        try {
          database.pragma('wal_checkpoint(TRUNCATE)');
        } finally {
          database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
        }
      },
      close: opened.close,
    };

    return guarded(store);
  } catch (error) {
    opened.close();
    throw mapSqliteError(error, path);
  }
}
