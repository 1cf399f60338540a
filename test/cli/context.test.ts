import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estimatePromptTokens } from '../../src/answer/prompt-tokens.ts';
import { runInProcess } from './run-in-process.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('rag context, by the built program', () => {
  let home: Home;
  const rag = (...argv: string[]) => runRag(argv, home);

  beforeAll(async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-context-')));
    home = { folder };
    const parts = Array.from({ length: 30 }, (_, i) => `## Trip ${i}\n\nThe travel desk books train ${i} to Lyon.\n`);
    writeFileSync(
      join(folder, 'travel.md'),
      `# Travel\n\nTrains are booked by the travel desk.\n\n${parts.join('\n')}`,
    );
    writeFileSync(join(folder, 'leave.md'), '# Parental leave\n\nEach parent has 26 weeks of parental leave.\n');
    await rag('init');
    await rag('add', '.');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test.each([
    ['md', '## [1] Travel'],
    ['xml', '<passage number="1" title="Travel"'],
    ['json', '"schema": "rag.context/1"'],
  ])('%s has a header for each passage and keeps to the budget', async (format, expected) => {
    const { code, stdout } = await rag('context', 'who books trains?', '--budget', '400', '--format', format);
    expect(code).toBe(0);
    expect(stdout).toContain(expected);
    expect(stdout).toContain('travel desk');
    expect(estimatePromptTokens(stdout)).toBeLessThanOrEqual(400);
  });

  test('where nothing is found it exits with 1 and says why', async () => {
    const { code, stdout, stderr } = await rag('context', 'xylophone', '--type', 'pdf');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/Nothing found\.\nnote: .*pdf/);
    const json = await rag('context', 'xylophone', '--type', 'pdf', '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout).data).toMatchObject({ passages: [], notes: [expect.stringContaining('pdf')] });
  });

  test('a budget that holds no passage is told', async () => {
    const { code, stdout, stderr } = await rag('context', 'who books trains?', '--budget', '20');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('No passage fits into 20 tokens');
    const long = await rag('context', 'who books trains? '.repeat(100), '--budget', '300');
    expect(long.code).toBe(1);
    expect(long.stderr).toMatch(/The head with the question takes \d+ tokens of 300/);
  });
});

test.each([
  [['context', 'x', '--budget', '0'], 'leaves no room'],
  [['context', 'x', '--budget', 'much'], 'must be a number of tokens'],
  [['context', 'x', '--budget', '-5'], 'must be a number of tokens'],
  [['ask', 'x', '--budget', '1e99'], 'must be a number of tokens'],
  [['context', 'x', '-o', 'csv'], 'Allowed choices'],
])('%j is refused with exit status 2', async (line, message) => {
  const { code, stderr, stdout } = await runInProcess(line);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
