import type Database from 'better-sqlite3';
import type { ModelRelation, PassageRelations } from '../../graph/types.ts';

/** From which schema version on the tables are there; a file opened for reading only may be older. */
const SCHEMA_VERSION = 6;

type ModelRelationTables = {
  passagesWithoutRelations(model: string): readonly number[];
  passageRelations(): readonly PassageRelations[];
  put(chunk: number, model: string, relations: readonly ModelRelation[], now: string): void;
  /** Takes away what was found in texts that no passage has any more. At the end of every transaction. */
  forgetRemoved(): void;
};

export function createModelRelations(database: Database.Database, schemaVersion: number): ModelRelationTables {
  if (schemaVersion < SCHEMA_VERSION)
    return { passagesWithoutRelations: () => [], passageRelations: () => [], put: () => {}, forgetRemoved: () => {} };
  const without = database
    .prepare<[string], number>(
      `SELECT min(id) FROM chunks
       WHERE embed_hash NOT IN (SELECT chunk_hash FROM model_relations WHERE model = ?) GROUP BY embed_hash ORDER BY 1`,
    )
    .pluck();
  const select = database.prepare<[], { row: number; start: number; relations: string }>(
    `SELECT chunks.id AS row, chunks.start, relations FROM model_relations
     JOIN chunks ON chunks.embed_hash = chunk_hash WHERE relations <> '[]' ORDER BY chunks.id, model`,
  );
  const insert = database.prepare<[string, string, string, number]>(
    'INSERT OR REPLACE INTO model_relations (chunk_hash, model, relations, at) SELECT embed_hash, ?, ?, ? FROM chunks WHERE id = ?',
  );
  const anyLeft = database.prepare('SELECT 1 FROM model_relations_left LIMIT 1').pluck();
  const keepsVersions =
    database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'left_passages'`).get() !== undefined;
  const forget = database.prepare(
    `DELETE FROM model_relations WHERE chunk_hash IN (SELECT chunk_hash FROM model_relations_left)
     AND NOT EXISTS (SELECT 1 FROM chunks WHERE embed_hash = model_relations.chunk_hash)
     ${keepsVersions ? 'AND NOT EXISTS (SELECT 1 FROM left_passages WHERE embed_hash = model_relations.chunk_hash)' : ''}`,
  );
  const clear = database.prepare('DELETE FROM model_relations_left');
  return {
    passagesWithoutRelations: (model) => without.all(model),
    passageRelations: () =>
      select.all().map(({ row, start, relations }) => ({
        row,
        start,
        relations: JSON.parse(relations) as readonly ModelRelation[],
      })),
    put: (chunk, model, relations, now) => void insert.run(model, JSON.stringify(relations), now, chunk),
    forgetRemoved() {
      if (anyLeft.get() === undefined) return;
      forget.run();
      clear.run();
    },
  };
}
