import type Database from 'better-sqlite3';
import { describeSpace } from '../../domain/same-space.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import type { LackingText, SpaceFiller, SpaceFillWriter, SpaceLack, SpaceState, StoredSpace } from '../space-types.ts';
import { vectorBytes } from './int8-vector.ts';
import { type createVectorTables, hasDirection } from './vector-tables.ts';

/** From which schema version on there can be several; a file opened for reading only may be older, and has one. */
const SCHEMA_VERSION = 8;

type SpaceRecord = EmbeddingSpace & {
  readonly id: number;
  readonly created_at: string;
  readonly retired_at: string | null;
  readonly filler: string | null;
  readonly is_active: number;
};

type SpacesOptions = {
  readonly tables: ReturnType<typeof createVectorTables>;
  readonly schemaVersion: number;
  readonly now: () => string;
};

/** The list of spaces: which is active, which is being filled, and what each lacks. */
export function createSpaces(database: Database.Database, { tables, schemaVersion, now }: SpacesOptions) {
  const isOld = schemaVersion < SCHEMA_VERSION;
  const columns = `id, provider, model, dimensions, created_at,
    ${isOld ? 'NULL AS retired_at, NULL AS filler' : 'retired_at, filler'},
    id IS (SELECT value FROM meta WHERE key = 'active_space') AS is_active`;
  const selectAll = database.prepare<[], SpaceRecord>(
    `SELECT ${columns} FROM spaces ORDER BY is_active DESC, coalesce(retired_at, created_at) DESC, id DESC`,
  );
  const select = database.prepare<[string, string, number], SpaceRecord>(
    `SELECT ${columns} FROM spaces WHERE provider = ? AND model = ? AND dimensions = ?`,
  );
  const insert = database.prepare<[string, string, number, string]>(
    'INSERT INTO spaces (provider, model, dimensions, created_at) VALUES (?, ?, ?, ?)',
  );
  const passagesWithText = database
    .prepare<[Uint8Array], number>('SELECT id FROM chunks WHERE embed_hash = ? ORDER BY id')
    .pluck();

  const find = ({ provider, model, dimensions }: EmbeddingSpace): SpaceRecord | null =>
    select.get(provider, model, dimensions) ?? null;
  const existing = (space: EmbeddingSpace): SpaceRecord => {
    const there = find(space);
    if (there) return there;
    throw new RagError('NOT_FOUND', {
      message: `The database has no vectors of ${describeSpace(space)} (any more).`,
      hint: 'See `rag models list`.',
    });
  };
  const lacking = (id: number): string => `
    NOT EXISTS (SELECT 1 FROM vectors_${id}_rowids WHERE rowid = chunks.id)
    AND NOT EXISTS (SELECT 1 FROM texts_without_vector AS without WHERE space_id = ${id} AND without.embed_hash = chunks.embed_hash)`;
  const ensure = (space: EmbeddingSpace): number => {
    const there = find(space);
    if (there) return there.id;
    const { lastInsertRowid } = insert.run(space.provider, space.model, space.dimensions, now());
    const id = Number(lastInsertRowid);
    tables.create(id, space.dimensions);
    return id;
  };
  const drop = (id: number): void => {
    tables.drop(id);
    database.prepare('DELETE FROM spaces WHERE id = ?').run(id);
  };
  const makeActive = (id: number): void => {
    database.prepare(`INSERT OR REPLACE INTO meta VALUES ('active_space', ?)`).run(id);
    database.prepare('UPDATE spaces SET retired_at = NULL, filler = NULL WHERE id = ?').run(id);
  };
  /** Whatever has no vector in the active space has none there for good: that is noted, as others come after it. */
  const retire = (id: number): void => {
    database
      .prepare(
        `INSERT OR IGNORE INTO texts_without_vector (space_id, embed_hash) SELECT ${id}, embed_hash FROM chunks
         WHERE NOT EXISTS (SELECT 1 FROM vectors_${id}_rowids WHERE rowid = chunks.id)`,
      )
      .run();
    database.prepare('DELETE FROM texts_without_vector WHERE embed_hash NOT IN (SELECT embed_hash FROM chunks)').run();
    database.prepare('UPDATE spaces SET retired_at = ? WHERE id = ?').run(now(), id);
  };
  /** Gives all passages with the text the vector, where they have none; how many got it. */
  const spread = (id: number, hash: Uint8Array, bytes: Uint8Array): number => {
    const isThere = database.prepare<[number]>(`SELECT 1 FROM vectors_${id}_rowids WHERE rowid = ?`).pluck();
    const rows = passagesWithText.all(hash).filter((row) => isThere.get(row) === undefined);
    for (const row of rows) tables.of(id).insertBytes(row, bytes);
    return rows.length;
  };

  const fillWriter: SpaceFillWriter = {
    ensureSpace: (space) => void ensure(space),
    fillerOf: (space) => fillerOf(existing(space)),
    putFiller: (space, filler) =>
      void database
        .prepare('UPDATE spaces SET filler = ? WHERE id = ?')
        .run(filler && JSON.stringify(filler), existing(space).id),
    putVectors(space, vectors) {
      const { id, dimensions } = existing(space);
      const noteNone = database.prepare(
        'INSERT OR IGNORE INTO texts_without_vector (space_id, embed_hash) VALUES (?, ?)',
      );
      let passages = 0;
      for (const { hash, vector } of vectors) {
        if (vector && vector.length !== dimensions) {
          throw new RagError('SPACE_MISMATCH', {
            message: `A vector of ${vector.length} dimensions does not fit ${describeSpace(space)}.`,
            hint: 'The model gives vectors of another length than before; try it with `rag models test`.',
          });
        }
        const bytes = vector && vectorBytes(vector);
        if (bytes && hasDirection(bytes)) passages += spread(id, hash, bytes);
        else noteNone.run(id, hash);
      }
      return passages;
    },
    shareVectors(space, texts) {
      const { id } = existing(space);
      const table = tables.of(id);
      return texts.filter(({ hash }) => {
        const bytes = table.byHash(hash);
        if (!bytes) return true;
        spread(id, hash, bytes);
        return false;
      });
    },
  };

  return {
    find,
    ensure,
    makeActive,
    fillWriter,
    list: (): StoredSpace[] => selectAll.all().map((record) => storedSpace(record, tables.of(record.id).count())),
    lack(space: EmbeddingSpace): SpaceLack {
      const there = find(space);
      return database
        .prepare<[], SpaceLack>(
          `SELECT coalesce(sum(passages), 0) AS passages, count(*) AS texts, coalesce(sum(tokens), 0) AS tokens FROM
             (SELECT count(*) AS passages, max(tokens) AS tokens FROM chunks
              ${there ? `WHERE ${lacking(there.id)}` : ''} GROUP BY embed_hash)`,
        )
        .get() as SpaceLack;
    },
    lackingTexts(space: EmbeddingSpace, after: number, limit: number): LackingText[] {
      const { id } = existing(space);
      return database
        .prepare<[number, number], LackingText>(
          `SELECT id AS row, embed_hash AS hash FROM chunks WHERE id > ? AND ${lacking(id)} ORDER BY id LIMIT ?`,
        )
        .all(after, limit);
    },
    activate(space: EmbeddingSpace, keptFormer: number): boolean {
      const target = existing(space);
      if (target.is_active) return true;
      const lacks = database
        .prepare(`SELECT 1 FROM chunks WHERE ${lacking(target.id)} LIMIT 1`)
        .pluck()
        .get();
      if (lacks !== undefined) return false;
      const active = selectAll.all().find(({ is_active }) => is_active);
      if (active) retire(active.id);
      makeActive(target.id);
      const former = selectAll.all().filter(({ retired_at }) => retired_at !== null);
      // Retired last is the one that was searched until now, whatever the clock says.
      former.sort((a, b) => Number(b.id === active?.id) - Number(a.id === active?.id));
      for (const { id } of former.slice(keptFormer)) drop(id);
      return true;
    },
    drop(space: EmbeddingSpace): void {
      const { id, is_active } = existing(space);
      if (is_active) {
        throw new RagError('USAGE', {
          message: `${describeSpace(space)} is what searches use.`,
          hint: 'Choose another model first: `rag models use <model>`.',
        });
      }
      drop(id);
    },
    /** Vectors of passages that are gone, in any space. */
    countStray: (): number =>
      tables.all().reduce((sum, { name }) => {
        const sql = `SELECT count(*) FROM ${name}_rowids WHERE rowid NOT IN (SELECT id FROM chunks)`;
        return sum + Number(database.prepare(sql).pluck().get());
      }, 0),
  };
}

const storedSpace = (record: SpaceRecord, vectors: number): StoredSpace => ({
  provider: record.provider,
  model: record.model,
  dimensions: record.dimensions,
  state: stateOf(record),
  vectors,
  createdAt: record.created_at,
  retiredAt: record.retired_at,
  filler: fillerOf(record),
});

const stateOf = ({ is_active, retired_at }: SpaceRecord): SpaceState =>
  is_active ? 'active' : retired_at === null ? 'building' : 'former';

function fillerOf({ filler }: SpaceRecord): SpaceFiller | null {
  try {
    return filler === null ? null : (JSON.parse(filler) as SpaceFiller);
  } catch {
    // A damaged note must keep nobody from filling the space.
    return null;
  }
}
