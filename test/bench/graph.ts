/**
 * The entity graph of the sample corpus, and of folders of files or collections in BEIR layout that are given: what it
 * holds, what it takes to extract, to walk and to store, and one path with its evidence.
 *
 *   npm run bench:graph -- [<folder> ...] [--queries 200]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { EntityGraph, EntityPath } from '../../src/app/graph/types.ts';
import { percentile } from '../../src/evaluate/metrics.ts';
import { isBeir, readBeir } from '../../src/evaluate/read-beir.ts';
import { encodeMentions } from '../../src/graph/encode-mentions.ts';
import { extractByStretches } from '../../src/graph/extract-by-stretches.ts';
import { createPassageGraph } from '../../src/graph/passage-graph.ts';
import { openKnowledgeBase } from '../../src/index.ts';
import { createStore } from '../../src/store/sqlite/create-store.ts';
import type { Store } from '../../src/store/types.ts';
import { writeCorpus } from './shared/write-corpus.ts';

const SAMPLE = fileURLToPath(new URL('../../fixtures/corpus', import.meta.url));
/** Seeds of one walk, as a search gives it. */
const SEEDS = 20;
/** Names among which a path of several hops is looked for. */
const PATH_ENDS = 60;

const { values, positionals } = parseArgs({
  options: { queries: { type: 'string', default: '200' } },
  allowPositionals: true,
});
for (const folder of [SAMPLE, ...positionals.map((each) => resolve(each))]) await measure(folder);

async function measure(folder: string): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'rag-graph-'));
  const path = join(temporary, 'rag.db');
  const set = isBeir(folder) ? readBeir(folder) : null;
  const files = set ? join(temporary, 'files') : folder;
  if (set) writeCorpus(files, set);
  const knowledgeBase = await openKnowledgeBase({ path });
  try {
    for await (const event of knowledgeBase.add(files)) void event;
    const graph = await knowledgeBase.graph();
    const stats = graph.stats();
    console.log(`\n${basename(folder)}: ${stats.documents} documents, ${stats.passages} passages`);
    line(
      'entities',
      stats.entities,
      `${stats.shared} in several passages, ${stats.mentions} mentions, ${stats.merges} merges`,
    );
    line('kinds', stats.kinds.length, stats.kinds.map(({ kind, entities }) => `${kind} ${entities}`).join(', '));
    const relations = stats.relations.reduce((sum, { count }) => sum + count, 0);
    line('relations', relations, stats.relations.map(({ kind, count }) => `${kind} ${count}`).join(', '));
    const store = createStore({ path, create: false, readOnly: true, clock: { now: Date.now } });
    try {
      line('extraction', `${extractionMs(store).toFixed(2)} ms`, 'for each document, one core');
      const asked = set?.queries.map(({ text }) => text) ?? graph.entities({ limit: 200 }).map(({ name }) => name);
      walks(store, asked.slice(0, Number(values.queries)));
    } finally {
      store.close();
    }
    const size = statSync(path).size;
    line('bytes', stats.bytes, `${((100 * stats.bytes) / size).toFixed(1)} % of the database of ${size}`);
    tellPath(pathOfSeveralHops(graph));
  } finally {
    knowledgeBase.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Mean of one pass over all documents, after one that warms up. */
function extractionMs(store: Store): number {
  const rows = store.documentsWithMentions();
  const inputs = rows.map((row) => ({ ...store.document(row), chunks: store.chunkSpans(row) }));
  for (const input of inputs.slice(0, 200)) extractByStretches(input);
  const started = performance.now();
  for (const input of inputs) encodeMentions(extractByStretches(input));
  return (performance.now() - started) / Math.max(1, inputs.length);
}

/** The graph leg alone: from the best passages by words to those that the graph brings. */
function walks(store: Store, questions: readonly string[]): void {
  const graph = createPassageGraph(store);
  const started = performance.now();
  graph.rankByGraph([{ row: 1, score: 1 }], 1);
  const buildMs = performance.now() - started;
  const times = questions.flatMap((question) => {
    const terms = question.match(/[\p{L}\p{N}]+/gu) ?? [];
    const seeds = store.searchWords({ terms, phrases: [] }, SEEDS, {});
    if (seeds.length === 0) return [];
    const before = performance.now();
    graph.rankByGraph(seeds, 100);
    return [performance.now() - before];
  });
  line(
    'query',
    `${percentile(0.5, times).toFixed(2)} ms`,
    `median of ${times.length} walks, p95 ${percentile(0.95, times).toFixed(2)} ms; ${buildMs.toFixed(0)} ms to read it first`,
  );
}

function pathOfSeveralHops(graph: EntityGraph): EntityPath | undefined {
  const names = graph
    .entities({ limit: 400 })
    .filter(({ kind }) => kind === 'person' || kind === 'name' || kind === 'organisation')
    .slice(0, PATH_ENDS)
    .map(({ name }) => name);
  for (const [i, from] of names.entries()) {
    for (const to of names.slice(i + 1)) {
      const path = graph.path(from, to);
      if (path.hops.length === 2 || path.hops.length === 3) return path;
    }
  }
  return undefined;
}

function tellPath(path: EntityPath | undefined): void {
  if (!path) {
    console.log('no path of two or three hops');
    return;
  }
  console.log(`path from ${path.from.name} to ${path.to.name}`);
  for (const { from, to, evidence } of path.hops) {
    console.log(`  ${from.name} → ${to.name}: ${evidence.sentence} (${evidence.path})`);
  }
}

function line(name: string, value: number | string, rest: string): void {
  console.log(`${name.padEnd(12)}${String(value).padStart(10)}  ${rest}`);
}
