/**
 * The vectors of a database made anew by another model: killed half-way with SIGKILL and resumed, with searches meanwhile,
 * then back again. The model is a server of this process that speaks OpenAI's wire format and takes 5 ms a text.
 *
 *   npm run bench:reembed -- [--files 8300] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbedServer } from '../servers/embed/embed-server.ts';
import { openaiWire } from '../servers/embed/openai.ts';
import { writeMarkdownFolder } from './shared/markdown-folder.ts';
import { ragScript, runRag } from './shared/run-rag.ts';

const MODEL = 'text-embedding-3-small';
const DELAY_PER_TEXT_MS = 5;
const FIXED_QUERIES = 25;

type Progress = { readonly type: string; readonly done: number; readonly total: number };

const { values } = parseArgs({
  options: { files: { type: 'string', default: '8300' }, seed: { type: 'string', default: '1' } },
});
const folder = mkdtempSync(join(tmpdir(), 'rag-reembed-'));
const server = await startEmbedServer(openaiWire, { model: MODEL, delayPerTextMs: DELAY_PER_TEXT_MS });
const environment = {
  OPENAI_BASE_URL: `${server.origin}/v1`,
  XDG_CONFIG_HOME: join(folder, 'config'),
  XDG_CACHE_HOME: join(folder, 'cache'),
};
const db = join(folder, 'rag.db');
const rag = async (...args: string[]) => {
  const run = await runRag([...args, '--db', db], environment);
  if (run.status !== 0) throw new Error(`rag ${args.join(' ')}: ${run.stderr}`);
  return run;
};
/** Texts that the server was given, but for the one that asks for the dimensions. */
const textsSince = (request: number): string[] =>
  server.requests.slice(request).flatMap(({ input }) => (input as string[]).filter((text) => text !== 'dimensions'));

try {
  const { pick } = writeMarkdownFolder(join(folder, 'notes'), Number(values.files), Number(values.seed));
  const queries = Array.from({ length: FIXED_QUERIES }, () => `${pick()} ${pick()} ${pick()}`);
  await rag('add', join(folder, 'notes'));
  const { chunks, vectors } = JSON.parse((await rag('status', '--json')).stdout).data;
  line('database', `${chunks} passages, ${vectors} vectors of the built-in model`);

  const before = await results(queries);
  line('searches alone', latencies(before.times));

  const first = startUse();
  const meanwhile = searchUntil(first.ended, queries);
  await first.at(0.5);
  first.child.kill('SIGKILL');
  await first.ended;
  const killedAfter = textsSince(0);
  const half = (await spaces())[1];
  line('killed', `SIGKILL half-way: ${killedAfter.length} texts embedded, ${half.vectors} vectors stored`);
  line('searches meanwhile', await meanwhile);

  const request = server.requests.length;
  const started = performance.now();
  const second = startUse();
  const later = searchUntil(second.ended, queries);
  const status = await second.ended;
  const resumed = textsSince(request);
  line('resumed', `status ${status}, ${resumed.length} texts embedded in ${seconds(performance.now() - started)}`);
  line('searches meanwhile', await later);
  const known = new Set(killedAfter);
  const twice = resumed.filter((text) => known.has(text)).length;
  line('embedded twice', `${twice} texts, of ${new Set([...killedAfter, ...resumed]).size}`);
  const [active, former] = await spaces();
  line('swapped', `${nameOf(active)} is searched: ${active.vectors} vectors; ${nameOf(former)} is kept`);
  const other = await results(queries);
  line(
    'with the other model',
    `${differing(before.texts, other.texts)} of ${FIXED_QUERIES} searches give something else`,
  );

  const asked = server.requests.length;
  const back = await rag('models', 'rollback');
  line('rolled back', `in ${seconds(back.wallMs)}, ${server.requests.length - asked} requests to a model`);
  const after = await results(queries);
  const different = differing(before.texts, after.texts);
  line(
    'results',
    `${FIXED_QUERIES - different} of ${FIXED_QUERIES} searches byte for byte as before, but for their times`,
  );
  line('doctor', (await rag('doctor')).stdout.split('\n').find((text) => text.includes('is sound')) ?? 'not sound');
  process.exitCode = different === 0 && status === 0 ? 0 : 1;
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

/** `rag models use` as a process; `at` resolves when this share of the texts is done. */
function startUse() {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [ragScript, 'models', 'use', `openai/${MODEL}`, '--db', db, '-o', 'jsonl'], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let share = 0;
  let reached = (): void => {};
  let wanted = Number.POSITIVE_INFINITY;
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      const event = JSON.parse(each) as Progress;
      if (event.type === 'reembed-progress') share = event.done / event.total;
    }
    if (share >= wanted) reached();
  });
  return {
    child,
    ended: once(child, 'close').then(([status]) => status as number | null),
    at: (part: number) =>
      new Promise<void>((resolve) => {
        wanted = part;
        reached = resolve;
      }),
  };
}

/** Searches one after another, each a process, until the promise settles. */
async function searchUntil(ended: Promise<unknown>, queries: readonly string[]): Promise<string> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const times: number[] = [];
  let errors = 0;
  for (let i = 0; !isOver; i++) {
    const run = await runRag(['search', queries[i % queries.length]!, '--json', '--db', db], environment);
    times.push(run.wallMs);
    if (run.status !== 0) errors++;
  }
  return `${times.length}, ${errors} errors, ${latencies(times)}`;
}

async function results(queries: readonly string[]): Promise<{ texts: string[]; times: number[] }> {
  const texts: string[] = [];
  const times: number[] = [];
  for (const query of queries) {
    const { stdout, wallMs } = await rag('search', query, '--json');
    texts.push(stdout.replace(/"elapsedMs": [\d.e-]+/, '"elapsedMs": 0'));
    times.push(wallMs);
  }
  return { texts, times };
}

function differing(a: readonly string[], b: readonly string[]): number {
  return a.filter((text, i) => text !== b[i]).length;
}

async function spaces() {
  return JSON.parse((await rag('models', '--json')).stdout).data.vectors;
}

function latencies(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => `${(sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)} ms`;
  return `median ${at(0.5)}, longest ${at(1)}, each with the start of its process`;
}

function nameOf({ provider, model }: { provider: string; model: string }): string {
  return `${provider}/${model}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function line(name: string, text: string): void {
  console.log(`${name.padEnd(22)}${text}`);
}
