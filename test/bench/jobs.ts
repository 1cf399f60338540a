/**
 * A folder is added as a job in the background whose worker is killed with SIGKILL at random moments, and started again each
 * time. At the end each file must be stored exactly once; files that were read again are counted, by a hook in the processes
 * that read them. Then a running job is cancelled from another process, several times, and the time until it has stopped is
 * measured.
 *
 *   npm run bench:jobs -- [--files 10000] [--kills 20] [--cancels 5] [--seed 1]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { openKnowledgeBase } from '../../src/index.ts';
import { writeMarkdownFolder } from './shared/markdown-folder.ts';
import { randomFrom } from './shared/random.ts';
import { ragScript, runRag } from './shared/run-rag.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '20' },
    cancels: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
const files = Number(values.files);
const kills = Number(values.kills);
const random = randomFrom(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'rag-jobs-'));
const environment = {
  ...process.env,
  HOME: folder,
  XDG_STATE_HOME: join(folder, 'state'),
  XDG_CONFIG_HOME: join(folder, 'config'),
  XDG_DATA_HOME: join(folder, 'data'),
};
const notes = join(folder, 'notes');
const problems: string[] = [];
try {
  writeMarkdownFolder(notes, files, Number(values.seed));
  const whole = await runRag(['add', notes, '--db', join(folder, 'whole.db')], { HOME: folder });
  console.log(`An undisturbed ingest of ${files} files takes ${seconds(whole.wallMs)}.`);
  await killManyTimes(whole.wallMs);
  await cancelManyTimes();
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
for (const problem of problems) console.log(`WRONG: ${problem}`);
console.log(problems.length === 0 ? 'Nothing was lost, and nothing was stored twice.' : 'Something went wrong.');
process.exitCode = problems.length === 0 ? 0 : 1;

async function killManyTimes(wholeMs: number): Promise<void> {
  const db = join(folder, 'killed.db');
  const reads = join(folder, 'reads.txt');
  const hook = writeReadHook(reads);
  const queued = await rag(['add', notes, '--background', '--db', db, '--json'], { NODE_OPTIONS: `--require ${hook}` });
  const { worker, id } = JSON.parse(queued).data as { worker: { pid: number | null }; id: number };
  if (worker.pid === null) throw new Error('No worker was started.');
  // The first worker is the detached one; the others stand in for a service that starts it again.
  let worked: Worked = { pid: worker.pid, ended: goneOf(worker.pid) };
  // Each attempt gets on by what is left of its time after its start.
  const longestMs = 2 * (wholeMs / (kills + 5)) + 1000;
  console.log('  kill   after   documents stored   shown as');
  let done = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const afterMs = Math.round(300 + random() * longestMs);
    await Promise.race([delay(afterMs), worked.ended]);
    if (stateOf(db, id).state === 'done') break;
    done = kill;
    process.kill(worked.pid, 'SIGKILL');
    await worked.ended;
    const [job] = JSON.parse(await rag(['jobs', '--db', db, '--json'])).data.jobs as { state: string; units: number }[];
    console.log(
      `${String(kill).padStart(6)}${seconds(afterMs).padStart(8)}${String(countOf(db, 'documents')).padStart(19)}   ${job?.state}`,
    );
    if (job?.state !== 'interrupted') problems.push(`after kill ${kill} the job is shown as ${job?.state}`);
    worked = startWorker(db, hook);
  }
  await worked.ended;
  if (done < kills) problems.push(`the job was done after ${done} kills already: name more --files`);
  console.log(await rag(['jobs', '--db', db]));
  const shown = await rag(['jobs', 'show', String(id), '--db', db]);
  console.log(shown.split('attempts')[0]);
  await check(db);
  const times = new Map<string, number>();
  for (const line of readFileSync(reads, 'utf8').split('\n')) {
    if (line.startsWith(notes)) times.set(line, (times.get(line) ?? 0) + 1);
  }
  const total = [...times.values()].reduce((sum, count) => sum + count, 0);
  const again = [...times.values()].filter((count) => count > 1).length;
  const most = Math.max(0, ...times.values());
  console.log(`${files} files were read ${total} times: ${again} of them more than once, the most ${most} times.`);
  console.log(
    `Read again: ${((100 * (total - files)) / files).toFixed(1)} %, ${((total - files) / kills).toFixed(0)} files a kill.`,
  );
}

async function cancelManyTimes(): Promise<void> {
  console.log('  cancel   documents before   cancelled after   worker gone after   whole');
  for (let time = 1; time <= Number(values.cancels); time++) {
    const db = join(folder, `cancel-${time}.db`);
    const queued = await rag(['add', notes, '--background', '--db', db, '--json']);
    const { worker, id } = JSON.parse(queued).data as { worker: { pid: number }; id: number };
    const enough = files * (0.05 + random() / 2);
    while (countOf(db, 'documents') < enough && stateOf(db, id).state !== 'done') await delay(20);
    const before = countOf(db, 'documents');
    const raw = new Database(db);
    const asked = performance.now();
    // As `rag jobs cancel` does; the time to start a process is not the job's.
    raw.prepare('UPDATE jobs SET cancel_requested = 1 WHERE id = ?').run(id);
    const state = raw.prepare<[number], string>('SELECT state FROM jobs WHERE id = ?').pluck();
    while (state.get(id) === 'running') await delay(5);
    const stoppedMs = performance.now() - asked;
    raw.close();
    await goneOf(worker.pid);
    const goneMs = performance.now() - asked;
    const { state: ended } = stateOf(db, id);
    const integrity = await integrityOf(db);
    const isWhole = integrity === 'ok' && brokenOf(db) === 0;
    console.log(
      `${String(time).padStart(8)}${String(before).padStart(19)}${`${Math.round(stoppedMs)} ms`.padStart(18)}${`${Math.round(goneMs)} ms`.padStart(20)}   ${isWhole ? 'yes' : integrity}`,
    );
    if (ended !== 'cancelled') problems.push(`a cancelled job is ${ended}`);
    if (stoppedMs >= 1000) problems.push(`a cancelled job ran on for ${Math.round(stoppedMs)} ms`);
    if (!isWhole) problems.push(`after a cancel: ${integrity}`);
    rmSync(db, { force: true });
  }
}

async function check(db: string): Promise<void> {
  const integrity = await integrityOf(db);
  const documents = countOf(db, 'documents');
  const uris = countOf(db, 'documents', 'DISTINCT uri');
  const broken = brokenOf(db);
  console.log(`${documents} documents of ${uris} files; ${broken} not whole; the database: ${integrity}.`);
  if (documents !== files || uris !== files) problems.push(`${documents} documents of ${uris} files, not ${files}`);
  if (broken > 0) problems.push(`${broken} documents are not whole`);
  if (integrity !== 'ok') problems.push(integrity);
}

async function integrityOf(db: string): Promise<string> {
  const kb = await openKnowledgeBase({ path: db, create: false });
  const checks = await kb.doctor();
  kb.close();
  const database = checks.find(({ name }) => name === 'database');
  return database?.status === 'ok' ? 'ok' : (database?.message ?? 'unknown');
}

/** Documents whose chunks or text are not those that were written with them. */
function brokenOf(db: string): number {
  const raw = new Database(db, { readonly: true });
  const broken = raw
    .prepare(
      `SELECT count(*) FROM documents WHERE chunk_count <> (SELECT count(*) FROM chunks WHERE document_id = documents.id)
         OR text_length <> (SELECT sum(length(text)) FROM document_texts WHERE document_id = documents.id)`,
    )
    .pluck()
    .get() as number;
  raw.close();
  return broken;
}

function countOf(db: string, table: string, what = '*'): number {
  const raw = new Database(db, { readonly: true });
  const count = raw.prepare(`SELECT count(${what}) FROM ${table}`).pluck().get() as number;
  raw.close();
  return count;
}

function stateOf(db: string, id: number): { state: string } {
  const raw = new Database(db, { readonly: true });
  const row = raw.prepare('SELECT state FROM jobs WHERE id = ?').get(id) as { state: string };
  raw.close();
  return row;
}

type Worked = { readonly pid: number; readonly ended: Promise<unknown> };

function startWorker(db: string, hook: string): Worked {
  const child: ChildProcess = spawn(process.execPath, [ragScript, 'worker', '--until-empty', '--db', db], {
    env: { ...environment, NODE_OPTIONS: `--require ${hook}` },
    stdio: 'ignore',
  });
  return { pid: child.pid as number, ended: once(child, 'exit') };
}

/** Resolves when the process, which is not our child, is gone; what nobody waited for is gone as well. */
async function goneOf(pid: number): Promise<void> {
  const isThere = (): boolean => {
    try {
      process.kill(pid, 0);
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return !/\) Z /.test(stat);
    } catch {
      return false;
    }
  };
  while (isThere()) await delay(5);
}

/** A module for the worker that gives the processes which read files another one, which notes each file that is opened. */
function writeReadHook(reads: string): string {
  const reader = join(folder, 'note-reads.cjs');
  writeFileSync(
    reader,
    `const fs = require('node:fs'); const promises = require('node:fs/promises'); const { open } = promises;
promises.open = (path, ...rest) => { fs.appendFileSync(${JSON.stringify(reads)}, path + '\\n'); return open(path, ...rest); };
require('node:module').syncBuiltinESMExports();\n`,
  );
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `const processes = require('node:child_process'); const { fork } = processes;
processes.fork = (entry, words, options) =>
  fork(entry, words, { ...options, execArgv: [...(options.execArgv ?? []), '--require', ${JSON.stringify(reader)}] });
require('node:module').syncBuiltinESMExports();\n`,
  );
  return hook;
}

async function rag(args: readonly string[], extra: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [ragScript, ...args], {
    env: { ...environment, ...extra },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  await once(child, 'close');
  return output;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
