import type { ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Home, isBuilt, runRag, startRag } from './run-rag.ts';

type Line = { type: string; status?: string; path?: string; from?: string | null; [name: string]: unknown };

describe.skipIf(!isBuilt)('rag watch (run `npm run build` first)', () => {
  let home: Home;
  let notes: string;
  let database: string;
  const running: ChildProcess[] = [];

  beforeEach(() => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-watch-'))) };
    notes = join(home.folder, 'notes');
    database = join(home.folder, 'rag.db');
    mkdirSync(notes);
    write('a.md', '# Leave\n\nEach parent has 26 weeks of leave.\n');
  });
  afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.on('close', resolve));
        child.kill('SIGKILL');
        await ended;
      }
    }
    rmSync(home.folder, { recursive: true, force: true });
  });

  const write = (path: string, text: string): void => {
    mkdirSync(join(notes, path, '..'), { recursive: true });
    writeFileSync(join(notes, path), text);
  };

  function start(...flags: string[]) {
    const child = startRag(['watch', ...(flags.length > 0 ? flags : ['notes']), '--db', database, '--json'], home);
    running.push(child);
    const lines: Line[] = [];
    let rest = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.map((line) => JSON.parse(line) as Line));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, lines, ended, errors: () => errors };
  }

  /** Asks until it is so; what it says when it never is. */
  async function until(what: string, isSo: () => boolean): Promise<void> {
    for (let tries = 0; tries < 1200; tries++) {
      if (isSo()) return;
      await delay(25);
    }
    throw new Error(`Never: ${what}. Stored: ${JSON.stringify(stored())}`);
  }

  /** Paths and texts as they stand in the file. */
  function stored(): Record<string, string> {
    if (!existsSync(database)) return {};
    const file = new Database(database, { readonly: true });
    try {
      const rows = file.prepare('SELECT path, title, text_length FROM documents').all() as {
        path: string;
        text_length: number;
      }[];
      return Object.fromEntries(rows.map(({ path, text_length }) => [path, String(text_length)]));
    } finally {
      file.close();
    }
  }
  const paths = (): string => Object.keys(stored()).sort().join(' ');

  async function started() {
    const watch = start();
    await until('it watches', () => watch.lines.some(({ type }) => type === 'watch-start'));
    return watch;
  }

  test('creations, edits, renames and deletions reach the database, and Ctrl-C ends it with a summary', async () => {
    const watch = await started();
    expect(paths()).toBe('a.md');
    write('b.md', 'beta one');
    await until('b.md is there', () => paths() === 'a.md b.md');
    write('b.md', 'beta two, longer');
    await until('the edit is there', () => stored()['b.md'] === '16');
    renameSync(join(notes, 'b.md'), join(notes, 'c.md'));
    await until('c.md took its place', () => paths() === 'a.md c.md');
    await until('it is told', () => watch.lines.some(({ status, from }) => status === 'moved' && from === 'b.md'));
    rmSync(join(notes, 'c.md'));
    await until('c.md is gone', () => paths() === 'a.md');

    // As an editor does: the former text beside it, the new one in another file, which takes the name.
    renameSync(join(notes, 'a.md'), join(notes, 'a.md~'));
    write('a.md.tmp', 'alpha');
    renameSync(join(notes, 'a.md.tmp'), join(notes, 'a.md'));
    rmSync(join(notes, 'a.md~'));
    await until('the replaced text is there', () => stored()['a.md'] === '5' && paths() === 'a.md');

    watch.child.kill('SIGINT');
    expect(await watch.ended).toBe(130);
    expect(watch.lines.at(-1)).toMatchObject({ type: 'watch-end', problems: 0 });
    expect(existsSync(`${database}-watch`)).toBe(false);
    expect(watch.errors()).toBe('');
  });

  test('folders that are made, moved in, renamed, replaced and moved out are followed', async () => {
    const watch = await started();
    write('x/y/one.md', 'one');
    await until('a new folder is read', () => paths() === 'a.md x/y/one.md');
    write('x/y/two.md', 'two');
    await until('a new folder is watched', () => paths() === 'a.md x/y/one.md x/y/two.md');
    renameSync(join(notes, 'x'), join(notes, 'z'));
    await until('a folder is renamed', () => paths() === 'a.md z/y/one.md z/y/two.md');
    await until('both moved', () => watch.lines.filter(({ status }) => status === 'moved').length === 2);
    write('z/y/three.md', 'three');
    await until('a renamed folder is watched', () => paths().includes('three.md'));
    renameSync(join(notes, 'z'), join(home.folder, 'out'));
    await until('a folder is moved out', () => paths() === 'a.md');
    renameSync(join(home.folder, 'out'), join(notes, 'z'));
    await until('a folder is moved in', () => paths().includes('z/y/three.md'));
    rmSync(join(notes, 'z'), { recursive: true });
    write('z/y/four.md', 'four');
    await until('a folder is replaced', () => paths() === 'a.md z/y/four.md');
    write('z/y/five.md', 'five');
    await until('a replaced folder is watched', () => paths() === 'a.md z/y/five.md z/y/four.md');
  });

  test('a root that is moved away keeps its documents, and is watched again when it is back', async () => {
    const watch = await started();
    renameSync(notes, `${notes}-away`);
    await until('it is told', () => watch.lines.some(({ type }) => type === 'source-problem'));
    expect(paths()).toBe('a.md');
    renameSync(`${notes}-away`, notes);
    await until('it is back', () => watch.lines.some(({ type }) => type === 'source-back'));
    write('b.md', 'beta');
    await until('it is watched', () => paths() === 'a.md b.md');
  });

  test('ignore rules, hidden targets of links, and a database among the files', async () => {
    database = join(notes, 'rag.db');
    mkdirSync(join(notes, '.store'));
    writeFileSync(join(notes, '.store', 'linked.md'), 'first');
    symlinkSync('.store', join(notes, 'link'));
    const watch = await started();
    expect(paths()).toBe('a.md link/linked.md');
    writeFileSync(join(notes, '.store', 'linked.md'), 'first and second');
    await until('what a link leads to is watched', () => stored()['link/linked.md'] === '16');
    write('.gitignore', 'a.md\n');
    await until('a rule takes it away', () => paths() === 'link/linked.md');
    rmSync(join(notes, '.gitignore'));
    await until('and brings it back', () => paths() === 'a.md link/linked.md');
    const looks = () => watch.lines.filter(({ type }) => type === 'look-start').length;
    const before = looks();
    write('b.md', 'beta');
    await until('b.md is there', () => paths().includes('b.md'));
    write('c.md', 'gamma');
    await until('c.md is there', () => paths().includes('c.md'));
    expect(looks() - before).toBeLessThanOrEqual(4);
  });

  test('a single file is followed, also when it is replaced', async () => {
    const watch = start(join(notes, 'a.md'));
    await until('it watches', () => watch.lines.some(({ type }) => type === 'watch-start'));
    write('other.md', 'not asked for');
    write('a.md.new', 'replaced');
    renameSync(join(notes, 'a.md.new'), join(notes, 'a.md'));
    await until('it is read again', () => stored()['a.md'] === '8');
    expect(paths()).toBe('a.md');
  });

  test('with --poll changes are found without being told of', async () => {
    const watch = start('notes', '--poll', '100ms');
    await until('it watches', () => watch.lines.some(({ type }) => type === 'watch-start'));
    expect(watch.lines.find(({ type }) => type === 'watch-start')).toMatchObject({ sources: [{ method: 'poll' }] });
    write('b.md', 'beta');
    await until('b.md is there', () => paths() === 'a.md b.md');
  });

  test('a second one says who watches, and --once needs no turn', async () => {
    const { child } = await started();
    const second = await runRag(['watch', '--db', database], home);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain(`pid ${child.pid}`);
    expect(second.stderr).toContain('--force');
    const once = await runRag(['watch', '--once', '--db', database], home);
    expect([once.code, once.stdout]).toEqual([0, expect.stringContaining('nothing changed')]);
  });

  test('after a kill the next one takes its place, and finds what happened meanwhile', async () => {
    const watch = await started();
    watch.child.kill('SIGKILL');
    await watch.ended;
    expect(JSON.parse(readFileSync(`${database}-watch`, 'utf8')).pid).toBe(watch.child.pid);
    write('b.md', 'beta');
    await started();
    expect(paths()).toBe('a.md b.md');
  });

  test('it says what cannot be watched', async () => {
    const page = await runRag(['watch', 'https://example.com/', '--db', database], home);
    expect([page.code, page.stderr]).toEqual([2, expect.stringContaining('Only files and folders can be watched')]);
    const nothing = await runRag(['watch', 'nowhere', '--db', database], home);
    expect([nothing.code, nothing.stderr]).toEqual([3, expect.stringContaining('nothing at')]);
    await runRag(['collection', 'create', 'empty', '--db', database], home);
    const empty = await runRag(['watch', '--db', database], home);
    expect([empty.code, empty.stderr]).toEqual([1, expect.stringContaining('remembers no folder')]);
  });
});
