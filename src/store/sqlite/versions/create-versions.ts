import type Database from 'better-sqlite3';
import type { DocumentId } from '../../../domain/ids.ts';
import type { HistoryFigures, VersionStore, VersionWriter } from '../../version-types.ts';
import type { createTexts } from '../texts.ts';
import type { createVectorTables } from '../vector-tables.ts';
import { createArchive } from './archive.ts';
import { createFormerVectors } from './former-vectors.ts';
import { createVersionKeeper } from './keep-versions.ts';
import { packFacts, unpackFacts } from './pack-facts.ts';
import { createVersionPruner } from './prune-versions.ts';
import { readVersions } from './read-versions.ts';
import { createVersionRestorer } from './restore-versions.ts';
import { createSnapshots } from './snapshots.ts';
import { createVersionContents } from './version-contents.ts';

/** From which schema version on the tables are there; a file opened for reading only may be older. */
const SCHEMA_VERSION = 14;

type Options = {
  readonly texts: ReturnType<typeof createTexts>;
  readonly tables: ReturnType<typeof createVectorTables>;
  readonly schemaVersion: number;
  readonly isOn: boolean;
  readonly now: () => string;
};

type RestoreParts = Omit<
  Parameters<typeof createVersionRestorer>[1],
  'archive' | 'contents' | 'formerVectors' | 'tables' | 'texts' | 'now' | 'tidy'
>;

/** Everything about former versions; null for a database of before, which is open for reading only. */
export function createVersions(database: Database.Database, options: Options) {
  const { texts, tables, schemaVersion, isOn, now } = options;
  if (schemaVersion < SCHEMA_VERSION) return null;
  const contents = createVersionContents(database, texts);
  const formerVectors = createFormerVectors(database, tables);
  const archive = createArchive(database, { contents, vectors: formerVectors });
  const pruner = createVersionPruner(database, { archive, contents, vectors: formerVectors });
  const snapshots = createSnapshots(database, now);
  const read = readVersions(database, contents);
  return {
    keeper: createVersionKeeper({ archive, isOn, now }),
    formerVectors,
    /** What needs the tables that documents stand in. */
    withDocuments(parts: RestoreParts): { store: VersionStore; writer: VersionWriter } {
      const restorer = createVersionRestorer(database, {
        ...parts,
        archive,
        contents,
        formerVectors,
        tables,
        texts,
        now,
        tidy: pruner.tidy,
      });
      return {
        store: {
          ...read,
          versionLacksVectors: restorer.lacksVectors,
          snapshots: snapshots.all,
          prunableVersions: pruner.prunable,
        },
        writer: {
          restoreState: restorer.restore,
          unpin: restorer.unpin,
          putSnapshot: snapshots.put,
          removeSnapshot: snapshots.remove,
          pruneVersions: pruner.prune,
          keepDocumentsOnly: pruner.keepDocumentsOnly,
          forgetHistory: pruner.forget,
          forgetHistoriesOf: pruner.forgetSource,
        },
      };
    },
    /** Former versions of a collection that was renamed are those of the renamed one. */
    renameCollection(from: string, to: string, idOf: (uri: string) => DocumentId): void {
      const facts = database
        .prepare<[string], { id: number; facts: Buffer }>(
          `SELECT versions.id, facts FROM versions JOIN version_sources AS kept ON kept.id = versions.source_id WHERE collection = ?`,
        )
        .all(from);
      const setFacts = database.prepare('UPDATE versions SET facts = ? WHERE id = ?');
      for (const { id, facts: bytes } of facts) {
        const { columns, tags } = unpackFacts(bytes);
        setFacts.run(packFacts({ columns: { ...columns, public_id: idOf(String(columns.uri)) }, tags }), id);
      }
      database.prepare('UPDATE version_sources SET collection = ? WHERE collection = ?').run(to, from);
      const gone = database
        .prepare<[string], { id: number; uri: string }>(
          'SELECT id, uri FROM histories WHERE collection = ? AND gone_at IS NOT NULL',
        )
        .all(from);
      const setGone = database.prepare('UPDATE histories SET collection = ?, public_id = ? WHERE id = ?');
      for (const { id, uri } of gone) setGone.run(to, idOf(uri), id);
    },
  };
}

const NO_FIGURES: HistoryFigures = {
  versions: 0,
  documents: 0,
  removedDocuments: 0,
  pinned: 0,
  bytes: 0,
  vectorBytes: 0,
  snapshots: 0,
  oldest: null,
  droppedUntil: null,
};

/** Of a database from before versions were kept. */
export const absentVersions: VersionStore = {
  historyOf: (documentRow) => ({
    row: null,
    documentRow,
    collection: '',
    path: '',
    title: '',
    goneAt: null,
    versions: [],
  }),
  goneHistories: () => [],
  versionContent: () => {
    throw new Error('There are no former versions.');
  },
  versionLacksVectors: () => new Set(),
  stateAt: () => ({ remove: [], put: [], unchanged: 0 }),
  documentsAt: () => [],
  snapshots: () => [],
  prunableVersions: () => 0,
  historyFigures: () => NO_FIGURES,
  damagedVersions: () => [],
};
