/**
 * Speed on small Markdown files, generated from a seed: first ingest, sync without changes, sync of one file, search
 * as a process of its own and inside a long-lived one, memory, and size of the database.
 *
 *   npm run bench:speed -- [--files 20000] [--seed 1] [--keep <folder>]
 */
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openKnowledgeBase } from '../../src/index.ts';
import { writeMarkdownFolder } from './shared/markdown-folder.ts';
import { runRag } from './shared/run-rag.ts';

const ONE_SHOT_RUNS = 9;
const IN_PROCESS_QUERIES = 300;

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'rag-speed-'));
try {
  const notes = join(folder, 'notes');
  const db = join(folder, 'rag.db');
  const { bytes, pick } = writeMarkdownFolder(notes, Number(values.files), Number(values.seed));
  line('text', `${values.files} files, ${megabytes(bytes)}`);

  const first = await rag('add', notes, '--db', db);
  line('first ingest', seconds(first.wallMs), `${seconds(first.cpuMs)} CPU in the main process`);
  line(
    'peak memory',
    megabytes(first.peakTreeBytes),
    `main process ${megabytes(first.peakBytes)}, the rest its workers`,
  );
  const size = statSync(db).size;
  line('database', megabytes(size), `${(size / bytes).toFixed(2)} times the text`);

  const idle = await rag('sync', '--db', db);
  line('sync, no change', seconds(idle.wallMs));
  appendFileSync(join(notes, '000', 'note-00000.md'), '\nOne more line about a zeppelin.\n');
  const one = await rag('sync', '--db', db);
  line('sync, one file', seconds(one.wallMs), one.stdout.trim());

  const query = () => `${pick()} ${pick()} ${pick()}`;
  const runs = [];
  for (let i = 0; i < ONE_SHOT_RUNS; i++) runs.push(await rag('search', query(), '--db', db));
  line(
    'search, one shot',
    `${median(runs.map(({ cpuMs }) => cpuMs)).toFixed(0)} ms CPU`,
    `${median(runs.map(({ wallMs }) => wallMs)).toFixed(0)} ms wall`,
  );
  const version = [];
  for (let i = 0; i < ONE_SHOT_RUNS; i++) version.push(await rag('--version'));
  line('--version', `${median(version.map(({ cpuMs }) => cpuMs)).toFixed(0)} ms CPU`);

  const kb = await openKnowledgeBase({ path: db });
  for (const mode of ['hybrid', 'lexical', 'vector'] as const) {
    for (let i = 0; i < 20; i++) await kb.search(query(), { mode });
    const times = [];
    for (let i = 0; i < IN_PROCESS_QUERIES; i++) times.push((await kb.search(query(), { mode })).elapsedMs);
    line(
      `search, in process, ${mode}`,
      `${median(times).toFixed(1)} ms`,
      `p95 ${percentile(times, 0.95).toFixed(1)} ms`,
    );
  }
  kb.close();
} finally {
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}

async function rag(...args: string[]) {
  const run = await runRag(args);
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`rag ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return run;
}

function line(what: string, figure: string, note = ''): void {
  console.log(`${what.padEnd(30)}${figure.padStart(14)}   ${note}`.trimEnd());
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
