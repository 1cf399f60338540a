import type Database from 'better-sqlite3';
import type { Section } from '../../../domain/document.ts';
import type {
  HistoryFigures,
  Moment,
  PastDocument,
  StateChange,
  StoredHistory,
  StoredVersion,
  VersionContent,
  VersionEnd,
  VersionReason,
} from '../../version-types.ts';
import { decodeSections } from '../sections.ts';
import { unpackContent } from './pack-content.ts';
import { unpackFacts } from './pack-facts.ts';
import type { createVersionContents } from './version-contents.ts';

type VersionRecord = {
  id: number;
  history_id: number;
  number: number;
  reason: VersionReason;
  since: string;
  until: string;
  ended: VersionEnd;
  facts: Buffer;
  stored: number;
};

type PresentRecord = {
  id: number;
  history_id: number | null;
  version: number;
  reason: VersionReason;
  since: string;
  collection: string;
  uri: string;
  path: string;
  title: string;
  size: number | null;
};

type GoneRecord = { id: number; gone_at: string; collection: string; path: string; title: string };

/** What a row of versions takes, but for the indexes. */
export const STORED_BYTES = 'length(facts) + length(content) + 80';

/** Where the time up to which versions were dropped stands in `meta`. */
export const DROPPED_UNTIL = 'versions_dropped_until';

/** Reads of former versions. */
export function readVersions(database: Database.Database, contents: ReturnType<typeof createVersionContents>) {
  const versionsOf = database.prepare<[number], VersionRecord>(
    `SELECT *, ${STORED_BYTES} AS stored FROM versions WHERE history_id = ? ORDER BY number DESC`,
  );
  const presentRow = database.prepare<[number], PresentRecord>(
    `SELECT documents.*, coalesce(since, indexed_at) AS since, collections.name AS collection
     FROM documents JOIN collections ON collections.id = collection_id WHERE documents.id = ?`,
  );
  const goneBy = (condition: string) =>
    `SELECT id, gone_at, collection, path, title FROM histories WHERE gone_at IS NOT NULL AND (${condition})
     ORDER BY gone_at DESC, id DESC LIMIT ?`;
  const goneExactly = database.prepare<[string, string, string, number], GoneRecord>(
    goneBy('public_id = ? OR uri = ? OR path = ?'),
  );
  const goneAtEnd = database.prepare<[string, string, string, string, number], GoneRecord>(
    goneBy('substr(path, -length(?)) = ? OR substr(uri, -length(?)) = ?'),
  );
  const pathOf = database
    .prepare<[number], string>(
      'SELECT coalesce((SELECT path FROM documents WHERE history_id = histories.id), path) FROM histories WHERE id = ?',
    )
    .pluck();
  const factsOf = database.prepare<[number], Buffer>('SELECT facts FROM versions WHERE id = ?').pluck();
  const isNow = { generation: 'since_generation <= @generation', at: 'coalesce(since, indexed_at) <= @at' };
  const wasThen = {
    generation: 'since_generation <= @generation AND until_generation > @generation',
    at: 'since <= @at AND until > @at',
  };

  const storedVersion = ({ id, number, reason, since, until, ended, facts, stored }: VersionRecord): StoredVersion => {
    const { columns } = unpackFacts(facts);
    return {
      row: id,
      number,
      reason,
      since,
      until,
      ended,
      uri: String(columns.uri),
      path: String(columns.path),
      title: String(columns.title),
      fileBytes: columns.size as number | null,
      storedBytes: stored,
    };
  };

  const gone = ({ id, gone_at, collection, path, title }: GoneRecord): StoredHistory => ({
    row: id,
    documentRow: null,
    collection,
    path,
    title,
    goneAt: gone_at,
    versions: versionsOf.all(id).map(storedVersion),
  });

  return {
    storedVersion,
    historyOf: database.transaction((document: number): StoredHistory => {
      const present = presentRow.get(document) as PresentRecord;
      const { history_id, version, reason, since, collection, uri, path, title, size } = present;
      const own: StoredVersion = {
        row: null,
        number: version,
        reason,
        since,
        until: null,
        ended: null,
        uri,
        path,
        title,
        fileBytes: size,
        storedBytes: 0,
      };
      const former = history_id === null ? [] : versionsOf.all(history_id).map(storedVersion);
      return {
        row: history_id,
        documentRow: document,
        collection,
        path,
        title,
        goneAt: null,
        versions: [own, ...former],
      };
    }) as (document: number) => StoredHistory,
    goneHistories(reference: string, limit: number): StoredHistory[] {
      const exact = goneExactly.all(reference, reference, reference, limit);
      if (exact.length > 0) return exact.map(gone);
      const suffix = `/${reference.replace(/^(\.?\/)+/, '')}`;
      return goneAtEnd.all(suffix, suffix, suffix, suffix, limit).map(gone);
    },
    versionContent: database.transaction((version: number): VersionContent => {
      const { text, sections, chunks } = unpackContent(contents.ofVersion(version));
      const { columns } = unpackFacts(factsOf.get(version) as Buffer);
      return {
        title: String(columns.title),
        firstLine: columns.first_line as number | null,
        text,
        sections: decodeSections(sections) as Section[],
        chunks: chunks.map(({ start, end, other }) => ({
          span: { start, end },
          headingPath: JSON.parse(String(other.heading_path)) as string[],
          embedHash: other.embed_hash as Buffer,
        })),
      };
    }) as (version: number) => VersionContent,
    stateAt: database.transaction((moment: Moment): StateChange => {
      const kind = 'generation' in moment ? 'generation' : 'at';
      const remove = database
        .prepare<[Moment], number>(`SELECT id FROM documents WHERE NOT (${isNow[kind]}) ORDER BY id`)
        .pluck()
        .all(moment);
      const unchanged = database
        .prepare<[Moment], { id: number; history_id: number | null }>(
          `SELECT id, history_id FROM documents WHERE ${isNow[kind]}`,
        )
        .all(moment);
      const there = new Set(unchanged.flatMap(({ history_id }) => history_id ?? []));
      // Where a clock went back, several versions may say that they were the present one; the last of them was.
      const then = new Map(
        database
          .prepare<[Moment], { id: number; history_id: number }>(
            `SELECT id, history_id FROM versions WHERE ${wasThen[kind]} ORDER BY number`,
          )
          .all(moment)
          .map(({ id, history_id }) => [history_id, id]),
      );
      const put = [...then].flatMap(([history, version]) => (there.has(history) ? [] : [version]));
      return { remove, put: put.sort((a, b) => a - b), unchanged: unchanged.length };
    }) as (moment: Moment) => StateChange,
    documentsAt: database.transaction((moment: Moment): PastDocument[] => {
      const kind = 'generation' in moment ? 'generation' : 'at';
      const present = database
        .prepare<[Moment], PresentRecord & { content_hash: Buffer }>(
          `SELECT documents.*, collections.name AS collection FROM documents
           JOIN collections ON collections.id = collection_id WHERE ${isNow[kind]}`,
        )
        .all(moment)
        .map(({ id, history_id, version, collection, path, content_hash }): PastDocument => {
          const lineage = history_id === null ? `document ${id}` : `history ${history_id}`;
          return { lineage, row: id, version, collection, path, contentHash: content_hash.toString('hex') };
        });
      const there = new Set(present.map(({ lineage }) => lineage));
      const former = database
        .prepare<[Moment], VersionRecord & { document_row: number; collection: string }>(
          `SELECT versions.*, kept.collection, 0 AS stored FROM versions
           JOIN version_sources AS kept ON kept.id = versions.source_id WHERE ${wasThen[kind]} ORDER BY number`,
        )
        .all(moment)
        .map(({ history_id, number, document_row: row, collection, facts }): [string, PastDocument] => {
          const { columns } = unpackFacts(facts);
          const lineage = `history ${history_id}`;
          const contentHash = (columns.content_hash as Buffer).toString('hex');
          return [lineage, { lineage, row, version: number, collection, path: String(columns.path), contentHash }];
        });
      const past = [...new Map(former).values()].filter(({ lineage }) => !there.has(lineage));
      return [...present, ...past].sort((a, b) => a.row - b.row);
    }) as (moment: Moment) => PastDocument[],
    historyFigures(): HistoryFigures {
      const count = (sql: string): number => Number(database.prepare(sql).pluck().get() ?? 0);
      const text = (sql: string): string | null => (database.prepare(sql).pluck().get() as string | undefined) ?? null;
      return {
        versions: count('SELECT count(*) FROM versions'),
        documents: count('SELECT count(DISTINCT history_id) FROM versions'),
        removedDocuments: count('SELECT count(*) FROM histories WHERE gone_at IS NOT NULL'),
        pinned: count('SELECT count(*) FROM documents WHERE file_hash IS NOT NULL'),
        bytes: count(`SELECT sum(${STORED_BYTES}) FROM versions`),
        vectorBytes: count('SELECT sum(length(vector) + 20) FROM former_vectors'),
        snapshots: count('SELECT count(*) FROM snapshots'),
        oldest: text('SELECT min(until) FROM versions'),
        droppedUntil: text(`SELECT value FROM meta WHERE key = '${DROPPED_UNTIL}'`),
      };
    },
    damagedVersions(limit: number): { path: string; number: number }[] {
      const damaged: { path: string; number: number }[] = [];
      const all = database.prepare<[], VersionRecord>(`SELECT *, 0 AS stored FROM versions ORDER BY id`).all();
      for (const record of all) {
        if (damaged.length >= limit) break;
        try {
          contents.ofVersion(record.id);
          unpackFacts(record.facts);
        } catch {
          // Whatever is wrong with it, it cannot be read.
          damaged.push({ path: pathOf.get(record.history_id) ?? 'a removed document', number: record.number });
        }
      }
      return damaged;
    },
  };
}
