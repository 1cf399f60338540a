/**
 * Files edited over and over, a sentence of each at a time: what a former version takes, what is embedded again, what keeping
 * versions costs a sync, and whether a restored snapshot and a search as of it find what was found, to the byte.
 *
 *   npm run bench:history -- [--files 1000] [--versions 50] [--compared 3] [--seed 1]
 *
 * `--compared`: rounds that a database without history takes part in, for the difference in time.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import type { IngestEvent, IngestReport, KnowledgeBase } from '../../src/app/types.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { createRandom } from '../chunk/markdown-like.ts';
import { writeMarkdownFolder } from './shared/markdown-folder.ts';

const QUERIES = 25;

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    versions: { type: 'string', default: '50' },
    compared: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const [files, versions, compared] = [values.files, values.versions, values.compared].map(Number) as [
  number,
  number,
  number,
];
const random = createRandom(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'rag-history-'));
const notes = join(folder, 'notes');
const line = (name: string, value: string): void => console.log(`${name.padEnd(34)} ${value}`);

const open = (name: string, enabled: boolean): Promise<KnowledgeBase> =>
  openKnowledgeBase({
    path: join(folder, name),
    settings: {
      ...defaultSettings,
      history: { ...defaultSettings.history, enabled, maxVersions: versions, maxSharePercent: 0 },
    },
  });

const run = async (stream: AsyncIterable<IngestEvent>): Promise<IngestReport> => {
  let report: IngestReport | null = null;
  for await (const event of stream) if (event.type === 'ingest-end') report = event.report;
  return report as unknown as IngestReport;
};
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};
const mean = (times: readonly number[]): string =>
  `${(times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length) / 1000).toFixed(2)} s`;

/** Texts of passages, by what tells them apart. */
const hashes = (): Set<string> => {
  const database = new Database(join(folder, 'kept.db'), { readonly: true });
  const found = database.prepare('SELECT DISTINCT hex(embed_hash) FROM chunks').pluck().all() as string[];
  database.close();
  return new Set(found);
};
const embedded = (base: KnowledgeBase): number =>
  base.status().usage.caches.find(({ name }) => name === 'embeddings')?.misses ?? 0;

try {
  const { pick } = writeMarkdownFolder(notes, files, Number(values.seed));
  const paths = (readdirSync(notes, { recursive: true }) as string[]).filter((path) => path.endsWith('.md'));
  const queries = Array.from({ length: QUERIES }, () => `${pick()} ${pick()} ${pick()}`);
  const kept = await open('kept.db', true);
  const plain = await open('plain.db', false);
  const firstPlain = await timed(() => run(plain.add(notes)));
  const firstKept = await timed(() => run(kept.add(notes)));
  line(
    'first add',
    `${(firstKept / 1000).toFixed(2)} s with history, ${(firstPlain / 1000).toFixed(2)} s without (it came first)`,
  );
  const history = await kept.history();
  const bytesBefore = statSync(join(folder, 'kept.db')).size;

  /** Replaces a sentence of each file by another; the number of bytes that differ. */
  const editAll = (round: number): number => {
    let changed = 0;
    for (const path of paths) {
      const file = join(notes, path);
      const lines = readFileSync(file, 'utf8').split('\n');
      const long = lines.flatMap((text, i) => (text.length > 60 && !text.startsWith('#') ? [i] : []));
      const at = long[random(Math.max(1, long.length))] ?? lines.length - 1;
      const sentence = `In round ${round} it was ${pick()} that ${pick()} the ${pick()} of ${pick()}, ${random(1e6)}.`;
      lines[at] = lines[at]!.replace(/^[^.]*\.?/, sentence);
      changed += sentence.length;
      writeFileSync(file, lines.join('\n'));
    }
    return changed;
  };
  const results = async (base: KnowledgeBase): Promise<string> => {
    const found = await Promise.all(queries.map((query) => base.search(query)));
    return JSON.stringify(found, (key, value) => (key === 'elapsedMs' ? 0 : value));
  };

  const snapshotRound = Math.floor(versions / 2);
  const times = { kept: [] as number[], plain: [] as number[], comparedKept: [] as number[] };
  let changedBytes = 0;
  let changedTexts = 0;
  let returnedTexts = 0;
  const seen = hashes();
  let reEmbedded = 0;
  let atSnapshot = '';
  for (let round = 1; round <= versions; round++) {
    const before = hashes();
    changedBytes += editAll(round);
    const embeddedBefore = embedded(kept);
    if (round <= compared && round % 2 === 0) times.plain.push(await timed(() => run(plain.sync())));
    const time = await timed(() => run(kept.sync()));
    times.kept.push(time);
    if (round <= compared) times.comparedKept.push(time);
    if (round <= compared && round % 2 === 1) times.plain.push(await timed(() => run(plain.sync())));
    reEmbedded += embedded(kept) - embeddedBefore;
    for (const hash of hashes()) {
      if (!before.has(hash)) changedTexts++;
      if (!before.has(hash) && seen.has(hash)) returnedTexts++;
      seen.add(hash);
    }
    if (round === snapshotRound) {
      await history.createSnapshot('half');
      atSnapshot = await results(kept);
    }
  }
  const figures = history.figures();
  const bytes = figures.bytes + figures.vectorBytes;
  line('former versions', `${figures.versions} of ${figures.documents} documents`);
  line(
    'a version takes',
    `${Math.round(figures.bytes / figures.versions)} bytes, and ${Math.round(figures.vectorBytes / figures.versions)} of vectors`,
  );
  line(
    'for each changed byte',
    `${(bytes / changedBytes).toFixed(2)} bytes (${Math.round(changedBytes / figures.versions)} changed by an edit)`,
  );
  line(
    'database',
    `${(statSync(join(folder, 'kept.db')).size / 1e6).toFixed(1)} MB, ${(bytesBefore / 1e6).toFixed(1)} MB before the edits`,
  );
  const isEqual = reEmbedded === changedTexts - returnedTexts;
  const returned = returnedTexts > 0 ? `, ${returnedTexts} of them as a former version had it` : '';
  line(
    'texts embedded again',
    `${reEmbedded} of ${changedTexts} that changed${returned}${isEqual ? ': equal' : ': NOT EQUAL'}`,
  );
  line(
    'a sync of all files',
    `${mean(times.kept)} with history; of the first ${times.plain.length}: ${mean(times.comparedKept)} with, ${mean(times.plain)} without`,
  );
  const now = await results(kept);

  const cache = join(folder, 'cache');
  const moment = history.moment('half');
  let past = '';
  const pastMs = await timed(async () => {
    const opened = await history.openPast(moment, { folder: cache });
    past = await results(opened.knowledgeBase);
    opened.close();
  });
  line(
    `${QUERIES} searches as of the snapshot`,
    `${past === atSnapshot ? 'byte-identical' : 'DIFFERENT'}, ${(pastMs / 1000).toFixed(1)} s with the copy`,
  );
  const againMs = await timed(async () => {
    const opened = await history.openPast(moment, { folder: cache });
    past = await results(opened.knowledgeBase);
    opened.close();
  });
  line(
    'the same once more',
    `${past === atSnapshot ? 'byte-identical' : 'DIFFERENT'}, ${(againMs / 1000).toFixed(1)} s`,
  );
  await history.createSnapshot('last');
  const restoreMs = await timed(() => history.restoreBase(moment));
  const same = (await results(kept)) === atSnapshot;
  line('snapshot restored', `${same ? 'byte-identical' : 'DIFFERENT'}, ${(restoreMs / 1000).toFixed(1)} s`);
  await history.restoreBase(history.moment('last'));
  line('and back to the last state', (await results(kept)) === now ? 'byte-identical' : 'DIFFERENT');
  kept.close();
  plain.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
