import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInProcess } from './run-in-process.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('what people asked and said, by the built program', () => {
  let home: Home;
  const rag = (...argv: string[]) => runRag(argv, home);
  const json = async (...argv: string[]) => JSON.parse((await rag(...argv, '--json')).stdout).data;

  beforeAll(async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-usage-')));
    home = { folder };
    writeFileSync(join(folder, 'leave.md'), '# Parental leave\n\nEach parent has 26 weeks of parental leave.\n');
    writeFileSync(join(folder, 'travel.md'), '# Travel\n\nTrains are booked by the travel desk.\n');
    await rag('init');
    await rag('add', '.');
    await rag('search', 'parental leave');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('a search that is done again gives the same JSON but for its time', async () => {
    const withoutTimes = (value: unknown) => JSON.stringify(value, (key, each) => (key === 'elapsedMs' ? 0 : each));
    const first = await json('search', 'weeks of parental leave');
    const again = await json('search', 'weeks of parental leave');
    expect(withoutTimes(again)).toBe(withoutTimes(first));
    expect(first.hits.length).toBeGreaterThan(0);
    expect((await json('status')).caches).toHaveLength(4);
    expect((await rag('cache', 'clear')).code).toBe(0);
  });

  test('questions that nothing answers are gaps, until they are forgotten', async () => {
    await rag('search', 'reset the VPN');
    await rag('search', 'how do I reset the vpn?');
    const { gaps } = await json('gaps');
    expect(gaps).toMatchObject([{ asked: 2, unknownWords: expect.arrayContaining(['vpn']) }]);
    expect((await rag('gaps')).stdout).toContain('No document says');
    expect((await json('questions')).questions[0]).toMatchObject({ question: 'how do I reset the vpn?' });
    expect((await rag('questions', 'clear', '-y')).code).toBe(0);
    const { code, stderr } = await rag('gaps');
    expect([code, stderr]).toEqual([1, 'note: No question was asked of this database yet.\n']);
  });

  test('a hit that was picked is feedback, exported as questions that can be measured', async () => {
    const picked = await rag('search', 'parental leave', '--pick', '1');
    expect(picked.stdout).toContain('leave.md');
    expect(picked.stderr).toContain('Recorded');
    const beyond = await rag('search', 'parental leave', '--pick', '9');
    expect(beyond.code).toBe(2);
    expect(beyond.stderr).toMatch(/--pick 9 names no hit: the search has \d hits?\./);
    await rag('feedback', 'add', 'who books trains?', 'travel.md');
    expect((await json('feedback')).feedback).toMatchObject([{ state: 'there' }, { path: 'travel.md', chunkId: null }]);
    await rag('feedback', 'export', '--to', 'q.jsonl');
    expect(readFileSync(join(home.folder, 'q.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
    expect((await json('eval', 'q.jsonl', '--config', 'hybrid')).configurations[0].measures.recall10).toBe(1);
    expect((await rag('tune', '--feedback')).stdout).toContain('refused: only 1 question');
    expect((await rag('tune', '--feedback', '--calibrate')).stdout).toContain('there are 2 questions with labels');
    expect((await rag('feedback', 'rm', '2')).code).toBe(0);
    expect((await json('feedback')).feedback).toHaveLength(1);
  });
});

test.each([
  [['tune', 'q.jsonl', '--feedback'], 'Name either q.jsonl or --feedback.'],
  [['tune', 'q.jsonl', '--calibrate', '--apply'], '--calibrate fits no weights.'],
  [['tune', '--reset', '--feedback'], '--reset goes with nothing else.'],
  [['search', 'x', '--pick', '0'], 'whole number above 0'],
  [['feedback', 'rm', 'x'], 'whole number above 0'],
  [['questions', '--since', 'yesterday'], 'must be a date'],
  [['gaps', '--limit', '-1'], 'whole number above 0'],
])('%j is refused with exit status 2', async (line, message) => {
  const { code, stderr, stdout } = await runInProcess(line);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
