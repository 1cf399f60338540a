import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInProcess } from './run-in-process.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('what documents were, by the built program', () => {
  let home: Home;
  let seconds = 1_750_000_000;
  const rag = (...argv: string[]) => runRag(argv, home);
  const json = async (...argv: string[]) => JSON.parse((await rag(...argv, '--json')).stdout).data;
  const write = (name: string, text: string) => {
    const path = join(home.folder, 'docs', name);
    writeFileSync(path, text);
    seconds += 60;
    utimesSync(path, seconds, seconds);
  };
  const hits = async (...argv: string[]) => JSON.stringify((await json('search', 'weeks of leave', ...argv)).hits);
  let first = '';

  beforeAll(async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-history-')));
    home = { folder };
    mkdirSync(join(folder, 'docs'));
    write('leave.md', '# Parental leave\n\nEach parent has 26 weeks of leave.\n');
    write('travel.md', '# Travel\n\nTrains are booked by the travel desk.\n');
    await rag('init');
    await rag('add', 'docs');
    await rag('snapshot', 'create', 'spring');
    first = await hits();
    write('leave.md', '# Parental leave\n\nEach parent has 30 weeks of leave.\n');
    rmSync(join(folder, 'docs', 'travel.md'));
    await rag('sync');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('versions are listed and compared', async () => {
    const { versions } = await json('history', 'leave.md');
    expect(versions).toMatchObject([
      { number: 2, present: true, reason: 'edited', words: { added: 1, removed: 1 } },
      { number: 1, present: false, reason: 'added' },
    ]);
    const { stdout } = await rag('diff', 'leave.md');
    expect(stdout).toContain('-Each parent has 26 weeks of leave.\n+Each parent has 30 weeks of leave.\n');
    expect((await rag('diff', 'leave.md', '1', '2', '--words')).stdout).toContain('has [-26-]{+30+} weeks');
    expect((await json('diff', 'leave.md')).hunks).toMatchObject([{ oldStart: 1, newStart: 1 }]);
    expect((await rag('get', 'leave.md', '--version', '1')).stdout).toContain('26 weeks');
    expect(await rag('diff', 'leave.md', '2', '2')).toMatchObject({ code: 1, stdout: '' });
    for (const line of (await rag('history', 'leave.md')).stdout.split('\n'))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test('a search as of a snapshot finds what was found then, and says so', async () => {
    expect(await hits()).not.toBe(first);
    expect(await hits('--as-of', 'spring')).toBe(first);
    const { asOf } = await json('search', 'leave', '--as-of', 'spring');
    expect(asOf).toMatchObject({ name: 'spring' });
    expect((await rag('ask', 'How many weeks of leave has each parent?', '--as-of', 'spring')).stdout).toContain(
      '26 weeks',
    );
    expect(await rag('search', 'leave', '--as-of', '2001-01-01')).toMatchObject({ code: 1 });
    expect(await rag('search', 'leave', '--as-of', 'autumn')).toMatchObject({ code: 1 });
    expect(
      (await json('questions')).questions.filter(({ question }: { question: string }) => question === 'leave'),
    ).toEqual([]);
  });

  test('a document and a whole base are brought back, and syncs leave them', async () => {
    expect((await json('snapshot', 'diff', 'spring')).changes.map(({ status }: { status: string }) => status)).toEqual([
      'changed',
      'removed',
    ]);
    expect((await rag('snapshot', 'restore', 'spring')).code).toBe(2);
    expect((await rag('snapshot', 'restore', 'spring', '-y')).stdout).toContain('1 changed, 1 came back');
    expect(await hits()).toBe(first);
    await rag('sync');
    expect(await hits()).toBe(first);
    expect((await json('status')).history).toMatchObject({ pinned: 2, snapshots: 1 });
    expect((await rag('restore', 'leave.md', '--from-file')).code).toBe(0);
    await rag('sync');
    expect((await rag('get', 'leave.md')).stdout).toContain('30 weeks');
    const file = join(home.folder, 'old.md');
    expect((await rag('restore', 'leave.md', '--version', '1', '--to-file', 'old.md')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('26 weeks');
    expect((await rag('restore', 'leave.md', '--version', '1', '--to-file', 'old.md')).code).toBe(2);
    expect((await rag('restore', 'leave.md')).code).toBe(2);
  });

  test('what is removed can be restored, and what is purged cannot', async () => {
    await rag('rm', 'leave.md');
    expect((await rag('restore', 'leave.md', '--version', '1')).code).toBe(0);
    await rag('rm', 'leave.md', '--purge');
    expect(await rag('history', 'leave.md')).toMatchObject({ code: 1 });
    expect(existsSync(join(home.folder, 'docs', 'leave.md'))).toBe(true);
  });
});

describe('words that the commands of history do not take', () => {
  test.each([
    [['diff', 'a.md', 'first'], 'whole number'],
    [['restore', 'a.md', '--version', '0'], 'whole number'],
    [['history', '--forget'], 'needs a document'],
    [['search', 'x', '--as-of'], 'argument missing'],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await runInProcess(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
