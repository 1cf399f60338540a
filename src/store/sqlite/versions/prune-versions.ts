import type Database from 'better-sqlite3';
import type { RetentionBounds } from '../../version-types.ts';
import { overwriting } from '../overwriting.ts';
import type { createArchive } from './archive.ts';
import type { createFormerVectors } from './former-vectors.ts';
import { DROPPED_UNTIL, STORED_BYTES } from './read-versions.ts';
import type { createVersionContents } from './version-contents.ts';

/** Tables that no search reads its hits from, those first that refer to others. */
const NOT_SEARCHED = [
  ...['left_passages', 'former_vectors', 'versions', 'version_sources', 'histories', 'snapshots'],
  ...['questions', 'turns', 'sessions', 'kept_results', 'kept_replies', 'kept_query_vectors', 'model_calls', 'jobs'],
];

type Parts = {
  readonly archive: ReturnType<typeof createArchive>;
  readonly contents: ReturnType<typeof createVersionContents>;
  readonly vectors: ReturnType<typeof createFormerVectors>;
};

type VersionRecord = { readonly id: number; readonly history: number; readonly number: number; readonly until: string };

const NOT_NEEDED = `NOT EXISTS (SELECT 1 FROM snapshots WHERE generation >= since_generation AND generation < until_generation)`;

/** Drops former versions, by bounds or of one document. */
export function createVersionPruner(database: Database.Database, { archive, contents, vectors }: Parts) {
  const columns = 'id, history_id AS history, number, until';
  const beyondCount = database.prepare<[number, number], VersionRecord>(`
    SELECT ${columns} FROM (
      SELECT *, row_number() OVER (PARTITION BY history_id ORDER BY number DESC) AS place FROM versions
      WHERE history_id IN (SELECT history_id FROM versions GROUP BY history_id HAVING count(*) > ?)
    ) WHERE place > ? AND ${NOT_NEEDED}`);
  const endedBefore = database.prepare<[string], VersionRecord>(
    `SELECT ${columns} FROM versions WHERE until < ? AND ${NOT_NEEDED}`,
  );
  const byAge = database.prepare<[], VersionRecord & { bytes: number }>(`
    SELECT ${columns}, ${STORED_BYTES} + coalesce((SELECT sum(length(vector) + 20) FROM left_passages
      JOIN former_vectors USING (embed_hash) WHERE version_id = versions.id), 0) AS bytes
    FROM versions WHERE ${NOT_NEEDED} ORDER BY until_generation, id`);
  const total = database
    .prepare<[], number>(
      `SELECT (SELECT coalesce(sum(${STORED_BYTES}), 0) FROM versions)
         + (SELECT coalesce(sum(length(vector) + 20), 0) FROM former_vectors)`,
    )
    .pluck();
  const olderThan = database.prepare<[number, number], { id: number; number: number; is_whole: number }>(
    'SELECT id, number, is_whole FROM versions WHERE history_id = ? AND number < ? ORDER BY number DESC LIMIT 1',
  );
  const remove = database.prepare('DELETE FROM versions WHERE id = ?');
  const removeAll = database.prepare('DELETE FROM versions WHERE history_id = ?');
  const forgetGone = database.prepare(
    'DELETE FROM histories WHERE gone_at IS NOT NULL AND id NOT IN (SELECT history_id FROM versions)',
  );
  const removeHistory = database.prepare('DELETE FROM histories WHERE id = ?');
  const clearPresent = database.prepare(
    `UPDATE documents SET history_id = NULL, version = 1, reason = 'added' WHERE history_id = ?`,
  );
  const dropUnusedSources = database.prepare(
    'DELETE FROM version_sources WHERE id NOT IN (SELECT source_id FROM versions)',
  );
  const dropUnusedRelations = database.prepare(
    `DELETE FROM model_relations WHERE chunk_hash NOT IN (SELECT embed_hash FROM chunks)
     AND chunk_hash NOT IN (SELECT embed_hash FROM left_passages)`,
  );
  // Of its documents, whoever had them before, of what it once held, and of what it may not hold any more.
  const historiesOf = database
    .prepare<[{ source: number }], number>(
      `WITH own AS (SELECT sources.uri, collections.name AS collection FROM sources
         JOIN collections ON collections.id = collection_id WHERE sources.id = @source)
       SELECT history_id FROM documents WHERE source_id = @source AND history_id IS NOT NULL
       UNION SELECT history_id FROM versions JOIN version_sources AS kept ON kept.id = versions.source_id
         WHERE kept.source_id = @source OR (kept.uri, kept.collection) IN (SELECT uri, collection FROM own)
       UNION SELECT histories.id FROM histories JOIN own USING (collection)
         WHERE histories.uri IN (SELECT uri FROM failures WHERE source_id = @source)`,
    )
    .pluck();
  const lastEnd = database
    .prepare<[number], string | null>('SELECT max(until) FROM versions WHERE history_id = ?')
    .pluck();
  const noteDropped = database.prepare(
    `INSERT INTO meta VALUES ('${DROPPED_UNTIL}', ?) ON CONFLICT (key) DO UPDATE SET value = max(value, excluded.value)`,
  );

  /** Of one history from the oldest on, so that most have none that is kept against them. */
  const drop = (versions: readonly VersionRecord[]): number => {
    const chosen = [...new Map(versions.map((version) => [version.id, version])).values()];
    for (const { id, history, number, until } of chosen.sort((a, b) => a.history - b.history || a.number - b.number)) {
      const older = olderThan.get(history, number);
      if (older && !older.is_whole) {
        const next = contents.newerThan(history, number);
        const present = contents.presentOf(history);
        const isWhole = contents.isWhole(id);
        if (isWhole) archive.rebase(older.id, null);
        else if (next !== null) archive.rebase(older.id, { version: next });
        else archive.rebase(older.id, present === null ? null : { document: present });
      } else if (older) {
        // What it has in common with the one that goes must leave with it instead.
        archive.rebase(older.id, null);
      }
      remove.run(id);
      noteDropped.run(until);
    }
    if (chosen.length > 0) tidy();
    return chosen.length;
  };

  const tidy = (): void => {
    forgetGone.run();
    dropUnusedSources.run();
    dropUnusedRelations.run();
    vectors.sweep();
  };

  const chosenBy = ({ maxVersions, endedBefore: time }: RetentionBounds): VersionRecord[] => [
    ...(time === null ? [] : endedBefore.all(time)),
    ...(maxVersions > 0 ? beyondCount.all(maxVersions, maxVersions) : []),
  ];

  const overBytes = (most: number): VersionRecord[] => {
    let over = (total.get() ?? 0) - most;
    if (over <= 0) return [];
    const chosen: VersionRecord[] = [];
    for (const { bytes, ...version } of byAge.iterate()) {
      if (over <= 0) break;
      over -= bytes;
      chosen.push(version);
    }
    return chosen;
  };

  const isTable = database.prepare<[string], number>('SELECT 1 FROM sqlite_schema WHERE name = ?').pluck();

  const forget = (history: number): number => {
    const { changes } = removeAll.run(history);
    clearPresent.run(history);
    removeHistory.run(history);
    return changes;
  };

  return {
    tidy,
    prunable(bounds: RetentionBounds): number {
      const chosen = new Set(chosenBy(bounds).map(({ id }) => id)).size;
      return chosen > 0 || bounds.maxBytes === 0 ? chosen : overBytes(bounds.maxBytes).length;
    },
    prune(bounds: RetentionBounds): number {
      const dropped = drop(chosenBy(bounds));
      return bounds.maxBytes > 0 ? dropped + drop(overBytes(bounds.maxBytes)) : dropped;
    },
    keepDocumentsOnly(): void {
      for (const table of NOT_SEARCHED)
        if (isTable.get(table) !== undefined) database.prepare(`DELETE FROM ${table}`).run();
      database.prepare('UPDATE documents SET history_id = NULL, file_hash = NULL').run();
    },
    forget: (history: number): number =>
      overwriting(database, () => {
        const dropped = forget(history);
        tidy();
        return dropped;
      }),
    forgetSource: (source: number): number =>
      overwriting(database, () => {
        const dropped = historiesOf.all({ source }).reduce((sum, history) => {
          const until = lastEnd.get(history);
          if (until) noteDropped.run(until);
          return sum + forget(history);
        }, 0);
        tidy();
        return dropped;
      }),
  };
}
