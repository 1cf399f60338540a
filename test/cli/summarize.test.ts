import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInProcess } from './run-in-process.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('rag summarize, by the built program', () => {
  let home: Home;
  const rag = (...argv: string[]) => runRag(argv, home);

  beforeAll(async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-summarize-')));
    home = { folder };
    writeFileSync(
      join(folder, 'leave.md'),
      '# Leave\n\nEvery employee has 28 days of paid leave in a year. Unused days of leave lapse at the end of June.\n',
    );
    await rag('init');
    await rag('add', '.');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('a document is summarized by its own sentences, with its sources', async () => {
    const { code, stdout, stderr } = await rag('summarize', 'leave.md', '--length', 'short');
    expect(code).toBe(0);
    expect(stdout).toContain('- Every employee has 28 days of paid leave in a year. [1]');
    expect(stdout).toContain('[1] Leave\n    leave.md:3');
    expect(stderr).toContain('No model is configured');
  });

  test('JSON has the scope, the points and what they cite', async () => {
    const { code, stdout } = await rag('summarize', '--search', 'unused leave', '--json');
    const { schema, data } = JSON.parse(stdout);
    expect([code, schema]).toEqual([0, 'rag.summary/1']);
    expect(data.scope).toMatchObject({ kind: 'search', documents: 1 });
    expect(data.citations.every(({ verified }: { verified: boolean }) => verified)).toBe(true);
    expect(data.passages[0]).toMatchObject({ marker: 1, title: 'Leave' });
  });

  test('a name of nothing is an error with exit status 1', async () => {
    const { code, stderr } = await rag('summarize', 'laeve.md');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no document "laeve.md".');
  });
});

test.each([
  [['summarize'], 'Nothing is named'],
  [['summarize', 'x', '--search', 'y'], '--search goes without a name'],
  [['summarize', 'x', '--length', 'huge'], 'Allowed choices'],
  [['summarize', 'x', '--max-calls', '0'], 'whole number'],
])('%j is refused with exit status 2', async (line, message) => {
  const { code, stderr, stdout } = await runInProcess(line);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
