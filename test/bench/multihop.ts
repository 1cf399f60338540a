/**
 * What the entity graph brings to questions whose answer takes two documents, and what it costs where it does not.
 *
 *   npm run bench:multihop -- <collection in BEIR layout> [<another> ...]
 *
 * For each collection: Recall@5, all-gold@5 (every relevant document among the first five) and nDCG@10 by words only,
 * hybrid without the graph and with it; p-values are paired randomisation tests (10,000 sign flips) of the last
 * against each other one. The exit status is 1 where the graph loses more than a point.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mean, ndcgAt, recallAt } from '../../src/evaluate/metrics.ts';
import { isBeir, readBeir } from '../../src/evaluate/read-beir.ts';
import { randomizationTest } from '../../src/evaluate/significance.ts';
import { type KnowledgeBase, openKnowledgeBase, type SearchOptions } from '../../src/index.ts';
import { writeCorpus } from './shared/write-corpus.ts';

const SIGN_FLIPS = 10_000;
const DEPTH = 100;

const systems: readonly { name: string; options: SearchOptions }[] = [
  { name: 'words', options: { mode: 'lexical' } },
  { name: 'no graph', options: { mode: 'hybrid', parameters: { graphWeight: 0 } } },
  { name: 'graph', options: { mode: 'hybrid' } },
];
const measures = ['recall@5', 'all-gold@5', 'nDCG@10'] as const;
type Figures = Record<(typeof measures)[number], number[]> & { milliseconds: number[] };

const { positionals } = parseArgs({ allowPositionals: true });
const folders = (positionals.length > 0 ? positionals : ['../shared/eval/hotpotqa-500']).map((path) => resolve(path));
for (const folder of folders) {
  if (isBeir(folder)) continue;
  console.error(`${folder} holds no collection in BEIR layout.`);
  process.exit(2);
}
for (const folder of folders) await measure(folder);

async function measure(folder: string): Promise<void> {
  const set = readBeir(folder);
  const work = mkdtempSync(join(tmpdir(), 'rag-multihop-'));
  try {
    const idByPath = writeCorpus(join(work, 'corpus'), set);
    const kb = await openKnowledgeBase({ path: join(work, 'rag.db') });
    try {
      const started = performance.now();
      for await (const _ of kb.add(join(work, 'corpus')));
      const ingestMs = performance.now() - started;
      const { documents, chunks } = kb.status();
      console.log(
        `\n${basename(folder)}: ${documents} documents, ${chunks} passages, ${set.queries.length} questions, ingested in ${(ingestMs / 1000).toFixed(1)} s`,
      );
      const all: Figures[] = [];
      for (const { options } of systems) all.push(await ask(kb, set.queries, options, idByPath));
      report(basename(folder), all);
    } finally {
      kb.close();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function ask(
  kb: KnowledgeBase,
  queries: ReturnType<typeof readBeir>['queries'],
  options: SearchOptions,
  idByPath: ReadonlyMap<string, string>,
): Promise<Figures> {
  const figures: Figures = { 'recall@5': [], 'all-gold@5': [], 'nDCG@10': [], milliseconds: [] };
  for (const { text, judgements } of queries) {
    const { hits, elapsedMs } = await kb.search(text, { ...options, limit: DEPTH, perDocument: 1 });
    const ranked = hits.map(({ path }) => idByPath.get(path) as string);
    const recall = recallAt(5, ranked, judgements);
    figures['recall@5'].push(recall);
    figures['all-gold@5'].push(recall === 1 ? 1 : 0);
    figures['nDCG@10'].push(ndcgAt(10, ranked, judgements));
    figures.milliseconds.push(elapsedMs);
  }
  return figures;
}

function report(name: string, all: readonly Figures[]): void {
  const graph = all.at(-1) as Figures;
  console.log(`${''.padEnd(12)}${[...measures, 'ms median', 'ms p95'].map((head) => head.padStart(22)).join('')}`);
  all.forEach((figures, i) => {
    const cells = measures.map((measure) => {
      const value = (100 * mean(figures[measure])).toFixed(1);
      if (figures === graph) return value;
      const differences = graph[measure].map((each, j) => each - (figures[measure][j] as number));
      const p = randomizationTest(differences, SIGN_FLIPS);
      const gain = 100 * mean(differences);
      return `${value} (${gain < 0 ? '' : '+'}${gain.toFixed(1)}, p ${p < 0.001 ? '<.001' : p.toFixed(3)})`;
    });
    const times = [...figures.milliseconds].sort((a, b) => a - b);
    const at = (share: number): string => (times[Math.floor((times.length - 1) * share)] ?? Number.NaN).toFixed(1);
    console.log(
      `${(systems[i]?.name ?? '').padEnd(12)}${[...cells, at(0.5), at(0.95)].map((cell) => cell.padStart(22)).join('')}`,
    );
  });
  const without = all[1] as Figures;
  for (const measure of ['recall@5', 'nDCG@10'] as const) {
    const loss = 100 * (mean(without[measure]) - mean(graph[measure]));
    if (loss <= 1) continue;
    console.log(`${name}: the graph loses ${loss.toFixed(1)} points of ${measure}`);
    process.exitCode = 1;
  }
}
