/**
 * What a search costs within one process, and as a process of its own, with the entity graph and without it: passages
 * of the collections below a folder, as far as they go, then generated ones that share names.
 *
 *   npm run bench:latency -- [--from <folder of collections>] [--chunks 10000,100000] [--queries 200] [--keep <folder>]
 *
 * Also prints what the graph takes to be read for the first time, and the memory that it holds. --keep leaves the
 * databases there, and takes those that it finds.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { percentile } from '../../src/evaluate/metrics.ts';
import { type KnowledgeBase, openKnowledgeBase, type SearchOptions } from '../../src/index.ts';
import { generatePassages, readPassagePool } from './shared/passage-pool.ts';
import { type RagRun, runRag } from './shared/run-rag.ts';
import { writeCorpus } from './shared/write-corpus.ts';

const ONE_SHOT_RUNS = 7;
const WARM_UP = 10;
/** What `rag eval --ablate` measures the graph with. */
const GRAPH = { graphWeight: 2 };
const WAYS: readonly (readonly [name: string, options: SearchOptions])[] = [
  ['lexical', { mode: 'lexical' }],
  ['vector', { mode: 'vector' }],
  ['hybrid', { mode: 'hybrid', parameters: { graphWeight: 0 } }],
  ['hybrid + graph', { mode: 'hybrid', parameters: GRAPH }],
];

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '../shared/eval' },
    chunks: { type: 'string', default: '10000,100000' },
    queries: { type: 'string', default: '200' },
    keep: { type: 'string' },
  },
});
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'rag-latency-'));
mkdirSync(folder, { recursive: true });
try {
  const pool = readPassagePool(resolve(values.from));
  for (const count of values.chunks.split(',').map(Number)) await measure(count, pool);
} finally {
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}

async function measure(count: number, { passages, questions }: ReturnType<typeof readPassagePool>): Promise<void> {
  const real = passages.slice(0, count);
  const generated = generatePassages(count - real.length);
  const all = [...real, ...generated].map(({ title, text }, i) => ({ id: String(i), title, text }));
  const asked = [
    ...questions.slice(0, Number(values.queries)),
    // Without collections: what the generated passages are about.
    ...generated.slice(0, Math.max(0, Number(values.queries) - questions.length)).map(({ title }) => title),
  ];
  const db = join(folder, `latency-${count}.db`);
  const started = performance.now();
  const isThere = existsSync(db);
  if (!isThere) {
    const notes = join(folder, `latency-${count}`);
    writeCorpus(notes, { documents: all });
    const knowledgeBase = await openKnowledgeBase({ path: db });
    for await (const event of knowledgeBase.add(notes)) if (event.type === 'ingest-end') break;
    knowledgeBase.close();
    rmSync(notes, { recursive: true });
  }
  const ingestMs = performance.now() - started;

  const knowledgeBase = await openKnowledgeBase({ path: db });
  const { chunks, documents, bytes } = knowledgeBase.status();
  console.log(
    `${chunks} chunks of ${documents} documents (${real.length} of collections, ${generated.length} generated), ${asked.length} queries`,
  );
  line('database', `${(bytes / 1e6).toFixed(0)} MB`, isThere ? '' : `ingested in ${(ingestMs / 1000).toFixed(1)} s`);
  await timesOf(knowledgeBase, asked.slice(0, WARM_UP), { mode: 'hybrid', parameters: { graphWeight: 0 } });
  await measureGraph(knowledgeBase, asked[0] as string);
  for (const [name, options] of WAYS) {
    await timesOf(knowledgeBase, asked.slice(0, WARM_UP), options);
    const times = await timesOf(knowledgeBase, asked, options);
    const at = (share: number, figure: keyof Time): string =>
      percentile(
        share,
        times.map((time) => time[figure]),
      ).toFixed(1);
    line(
      `${name}, in process`,
      `${at(0.5, 'wallMs')} ms`,
      `p95 ${at(0.95, 'wallMs')} ms; CPU ${at(0.5, 'cpuMs')} ms, p95 ${at(0.95, 'cpuMs')} ms`,
    );
  }
  for (const [name, tuning] of [
    ['hybrid', { graphWeight: 0 }],
    ['hybrid + graph', GRAPH],
  ] as const) {
    knowledgeBase.setTuning(tuning);
    const runs: RagRun[] = [];
    for (let i = 0; i < ONE_SHOT_RUNS; i++) {
      const run = await runRag(['search', asked[i % asked.length] as string, '--db', db]);
      if (run.status !== 0 && run.status !== 1) throw new Error(`rag search ended with ${run.status}: ${run.stderr}`);
      runs.push(run);
    }
    const of = (figure: (run: RagRun) => number): number => percentile(0.5, runs.map(figure));
    line(
      `${name}, one shot`,
      `${of(({ cpuMs }) => cpuMs).toFixed(0)} ms`,
      `CPU; ${of(({ wallMs }) => wallMs).toFixed(0)} ms wall, ${(of(({ peakBytes }) => peakBytes) / 1e6).toFixed(0)} MB`,
    );
  }
  knowledgeBase.setTuning({});
  knowledgeBase.close();
}

/** The first search with the graph ever, which also finds who names whom, and the first of a later process. */
async function measureGraph(warm: KnowledgeBase, query: string): Promise<void> {
  const options: SearchOptions = { mode: 'hybrid', parameters: GRAPH };
  const { cpuMs } = await timeOf(warm, query, options);
  line('graph, first use ever', `${cpuMs.toFixed(0)} ms`, 'CPU; links titles, then builds');
  const fresh = await openKnowledgeBase({ path: warm.path });
  for (let i = 0; i < WARM_UP; i++) await fresh.search(query, { mode: 'hybrid', parameters: { graphWeight: 0 } });
  const before = held();
  const built = await timeOf(fresh, query, options);
  const after = held();
  line(
    'graph, first in a process',
    `${built.cpuMs.toFixed(0)} ms`,
    `CPU; holds ${((after - before) / 1e6).toFixed(1)} MB`,
  );
  fresh.close();
}

function held(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** CPU beside the clock: the first says what a search costs, whatever else the machine does. */
type Time = { readonly wallMs: number; readonly cpuMs: number };

async function timeOf(knowledgeBase: KnowledgeBase, query: string, options: SearchOptions): Promise<Time> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  await knowledgeBase.search(query, options);
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
}

async function timesOf(knowledgeBase: KnowledgeBase, queries: readonly string[], options: SearchOptions) {
  const times: Time[] = [];
  for (const query of queries) times.push(await timeOf(knowledgeBase, query, options));
  return times;
}

function line(what: string, figure: string, note = ''): void {
  console.log(`  ${what.padEnd(28)}${figure.padStart(10)}   ${note}`.trimEnd());
}
