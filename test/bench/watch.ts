/**
 * A folder is watched by the built program while thousands of its files change at once: how long after the last change
 * the database holds exactly what the folder does. Then single edits: how long until a search finds them.
 *
 *   npm run bench:watch -- [--files 6000] [--changes 5000] [--edits 20] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { openKnowledgeBase } from '../../src/index.ts';
import { writeMarkdownFolder } from './shared/markdown-folder.ts';
import { randomFrom } from './shared/random.ts';
import { ragScript } from './shared/run-rag.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '6000' },
    changes: { type: 'string', default: '5000' },
    edits: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
/** Of all changes; what is left are edits. */
const DELETED = 0.2;
const RENAMED = 0.15;
const CREATED = 0.15;
const POLL_MS = 10;
const GIVE_UP_MS = 120_000;

const random = randomFrom(Number(values.seed));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-watch-')));
const notes = join(folder, 'notes');
const db = join(folder, 'rag.db');
let problems = 0;
try {
  writeMarkdownFolder(notes, Number(values.files), Number(values.seed));
  const watch = spawn(process.execPath, [ragScript, 'watch', notes, '--db', db, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const looks: { reason: string; elapsedMs: number; lagMs: number | null }[] = [];
  const began = performance.now();
  const isWatching = new Promise<void>((resolve, reject) => {
    watch.on('exit', (code) => reject(new Error(`rag watch ended with ${code}.`)));
    createInterface({ input: watch.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.type === 'look-end') looks.push(event);
      if (event.type === 'watch-start') resolve();
    });
  });
  await isWatching;
  console.log(`${values.files} files are taken in and watched after ${seconds(performance.now() - began)}.`);

  const changed = change(Number(values.changes));
  const { edited, deleted, renamed, created, spentMs } = changed;
  console.log(
    `${values.changes} changes within ${seconds(spentMs)}: ${edited} edits, ${deleted} deletions, ${renamed} renames, ${created} creations.`,
  );
  const last = performance.now();
  const cpuBefore = cpuMs(watch.pid);
  const inStepMs = await untilEqual(last);
  console.log(
    inStepMs === null
      ? `After ${seconds(GIVE_UP_MS)} the database is still not what the folder is.`
      : `The database holds what the folder does ${seconds(inStepMs)} after the last change.`,
  );
  console.log(
    `The watching process took ${seconds(cpuMs(watch.pid) - cpuBefore)} of processor time for that; other processes had the machine too: load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors.`,
  );
  if (inStepMs === null) problems++;
  const wrong = await countWrong(changed.words, changed.gone);
  console.log(
    `${changed.words.size} new words are searched for, and ${changed.gone.length} that are gone: ${wrong} found wrongly.`,
  );
  problems += wrong;

  const times: number[] = [];
  for (let edit = 0; edit < Number(values.edits); edit++) times.push(await timeOfEdit(edit));
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  console.log(
    `${times.length} single edits: found by a search after ${Math.round(median)} ms in the median, ${Math.round(times.at(-1) ?? 0)} ms at most.`,
  );
  const memory = readFileSync(`/proc/${watch.pid}/status`, 'latin1').match(/VmHWM:\s+(\d+) kB/)?.[1];
  if (memory) console.log(`The watching process took ${Math.round(Number(memory) / 1024)} MiB at most.`);
  watch.removeAllListeners('exit');
  watch.kill('SIGINT');
  const [code] = await once(watch, 'exit');
  console.log(`Ctrl-C ended it with ${code}, after ${looks.length} looks.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = problems === 0 ? 0 : 1;

function allFiles(): string[] {
  return readdirSync(notes, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
}

/** Changes files in a mixed order, as fast as it goes; each new text holds a word that no other has. */
function change(count: number) {
  const files = allFiles().sort();
  for (let at = files.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [files[at], files[other]] = [files[other]!, files[at]!];
  }
  const words = new Map<string, string>();
  const gone: string[] = [];
  const tally = { edited: 0, deleted: 0, renamed: 0, created: 0 };
  // Words of files that will be deleted are known beforehand, so that they can be missed.
  const plan = Array.from({ length: count }, (_, at) => {
    const share = ((at * 7919) % count) / count;
    const kind =
      share < DELETED
        ? 'delete'
        : share < DELETED + RENAMED
          ? 'rename'
          : share < DELETED + RENAMED + CREATED
            ? 'create'
            : 'edit';
    return { kind, file: files[at % files.length]!, word: `zq${at.toString(36)}xw` };
  });
  const started = performance.now();
  for (const { kind, file, word } of plan) {
    const path = join(notes, file);
    if (kind === 'edit') {
      writeFileSync(path, `${readFileSync(path, 'utf8')}\nThe word of this edit is ${word}.\n`);
      words.set(word, file);
      tally.edited++;
    } else if (kind === 'delete') {
      gone.push(readFileSync(path, 'utf8').split('\n')[0]!.slice(2));
      rmSync(path);
      tally.deleted++;
    } else if (kind === 'rename') {
      renameSync(path, join(dirname(path), `renamed-${word}.md`));
      tally.renamed++;
    } else {
      const made = join('made', String(tally.created % 40), `${word}.md`);
      mkdirSync(dirname(join(notes, made)), { recursive: true });
      writeFileSync(join(notes, made), `# Made ${word}\n\nThis file came with ${word}.\n`);
      words.set(word, made);
      tally.created++;
    }
  }
  return { ...tally, words, gone, spentMs: performance.now() - started };
}

/** Milliseconds until every file is stored with its bytes, and nothing else; null when that never comes. */
async function untilEqual(since: number): Promise<number | null> {
  const expected = new Map(
    allFiles().map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(notes, path)))
        .digest('hex'),
    ]),
  );
  const file = new Database(db, { readonly: true });
  const select = file.prepare<[], { path: string; hash: string }>(
    'SELECT path, lower(hex(content_hash)) AS hash FROM documents',
  );
  try {
    while (performance.now() - since < GIVE_UP_MS) {
      const rows = select.all();
      const at = performance.now();
      if (rows.length === expected.size && rows.every(({ path, hash }) => expected.get(path) === hash))
        return at - since;
      await delay(POLL_MS);
    }
    return null;
  } finally {
    file.close();
  }
}

/** Words that lead elsewhere than to their file, and titles of deleted files that still lead somewhere. */
async function countWrong(words: ReadonlyMap<string, string>, gone: readonly string[]): Promise<number> {
  const kb = await openKnowledgeBase({ path: db, create: false });
  let wrong = 0;
  try {
    for (const [word, path] of words) {
      const { hits } = await kb.search(word, { mode: 'lexical', limit: 2, graph: false });
      if (hits.length !== 1 || hits[0]?.path !== path) wrong++;
    }
    const titles = new Set(kb.list({ limit: 100_000 }).map(({ title }) => title));
    wrong += gone.filter((title) => titles.has(title)).length;
  } finally {
    kb.close();
  }
  return wrong;
}

async function timeOfEdit(edit: number): Promise<number> {
  const files = allFiles();
  const path = join(notes, files[Math.floor(random() * files.length)]!);
  const word = `zy${edit.toString(36)}vw`;
  const kb = await openKnowledgeBase({ path: db, create: false });
  try {
    // Another person's edit comes when all is quiet.
    await delay(500);
    writeFileSync(path, `${readFileSync(path, 'utf8')}\nA single edit says ${word}.\n`);
    const since = performance.now();
    while (performance.now() - since < GIVE_UP_MS) {
      const { hits } = await kb.search(word, { mode: 'lexical', limit: 1, graph: false });
      if (hits.length > 0) return performance.now() - since;
      await delay(POLL_MS);
    }
    problems++;
    return GIVE_UP_MS;
  } finally {
    kb.close();
  }
}

/** User and system time of a process so far, without its children; 0 where there is no /proc. */
function cpuMs(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // In hundredths of a second, whatever the kernel's own tick is.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
