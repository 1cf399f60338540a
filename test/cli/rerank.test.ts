import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTinyCrossEncoder } from '../support/make-tiny-cross-encoder.ts';
import { runInProcess } from './run-in-process.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

const optionsOf = async (...line: string[]) => {
  const { calls, code, stderr } = await runInProcess(line);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('error:')]);
  return calls.find(({ method }) => method === line[0])?.values[1] as Record<string, unknown>;
};

describe.each(['search', 'ask'])('rag %s', (verb) => {
  test('--rerank and --budget reach the knowledge base, wherever they stand', async () => {
    const wanted = { rerank: 'cohere/rerank-v3.5', budgetMs: 1500 };
    expect(await optionsOf(verb, 'x', '--rerank', 'cohere/rerank-v3.5', '--budget', '1.5s')).toMatchObject(wanted);
    expect(await optionsOf(verb, '--rerank=cohere/rerank-v3.5', '--budget=1500ms', 'x')).toMatchObject(wanted);
    expect(await optionsOf(verb, 'x', '--rerank', 'transformers/a b/c')).toMatchObject({
      rerank: 'transformers/a b/c',
    });
    expect(await optionsOf(verb, 'x', '--no-rerank')).toMatchObject({ rerank: 'none' });
  });

  test('without them the settings decide', async () => {
    const options = await optionsOf(verb, 'x');
    expect(options).not.toHaveProperty('rerank');
    expect(options).not.toHaveProperty('budgetMs');
  });

  test.each([
    [['x', '--rerank'], '--rerank names no model'],
    [['--rerank', 'parental', 'leave'], "argument 'parental' is invalid"],
    [['x', '--budget', 'soon'], verb === 'ask' ? 'tokens such as 4000, or a time' : 'a duration such as 500ms or 2s'],
    [['x', '--budget', '0ms'], '--budget must be a duration'],
    [['x', '--budget', '2h'], '--budget must be a'],
  ])('%j is a usage error', async (line, message) => {
    const { code, stderr } = await runInProcess([verb, ...line]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('hint: ');
  });
});

describe.skipIf(!isBuilt)('the built program (run `npm run build` first)', () => {
  const NOTES = {
    'abroad.md': '# Journeys\n\nThe head of department approves who travels, and approves travel abroad.\n',
    'travel.md': '# Travel\n\nTravel, travel, travel: the plan of travel.\n',
  };
  const QUERY = ['travel', 'abroad', '--mode', 'vector'];
  let home: Home;
  let model: string;
  const rag = (...argv: string[]) => runRag(argv, home);
  const hitsOf = (stdout: string) =>
    (JSON.parse(stdout) as { data: { hits: { path: string; signals: { list: string; raw: number }[] }[] } }).data.hits;

  beforeAll(async () => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-rerank-cli-'))) };
    mkdirSync(join(home.folder, 'notes'));
    for (const [name, text] of Object.entries(NOTES)) writeFileSync(join(home.folder, 'notes', name), text);
    makeTinyCrossEncoder(join(home.folder, 'tiny'), { texts: Object.values(NOTES) });
    model = 'transformers/tiny';
    const { code, stderr } = await rag('add', 'notes');
    expect([code, stderr]).toEqual([0, expect.any(String)]);
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('a cross-encoder in a folder decides the order, and JSON has its rank and score', async () => {
    const plain = await rag('search', ...QUERY, '--json');
    expect(hitsOf(plain.stdout)[0]?.path).toMatch(/travel\.md$/);
    const { code, stdout } = await rag('search', ...QUERY, '--rerank', model, '--json');
    expect(code).toBe(0);
    const [first, second] = hitsOf(stdout);
    expect(first?.path).toMatch(/abroad\.md$/);
    const raw = (hit: typeof first) => hit?.signals.find(({ list }) => list === 'rerank')?.raw ?? 0;
    expect(raw(first)).toBeGreaterThan(raw(second));
  });

  test('--explain shows the reranker among the steps, at each hit and in the arithmetic', async () => {
    const { stdout } = await rag('search', ...QUERY, '--rerank', model, '--explain');
    expect(stdout).toMatch(/rerank rank 1 \(4\.00/);
    expect(stdout).toMatch(/ {2}rerank +2 candidates, /);
    expect(stdout).toContain('the best 2 reranked: score = ');
  });

  test('a budget of 1 ms keeps the order before it and says so, in text and in JSON', async () => {
    const plain = await rag('search', ...QUERY, '--json');
    const text = await rag('search', ...QUERY, '--rerank', model, '--budget', '1ms');
    expect([text.code, text.stderr]).toEqual([0, expect.stringMatching(/note: Reranking by .* its budget being 1 ms/)]);
    const json = await rag('search', ...QUERY, '--rerank', model, '--budget', '1ms', '--json');
    expect(hitsOf(json.stdout).map(({ path }) => path)).toEqual(hitsOf(plain.stdout).map(({ path }) => path));
    expect(JSON.parse(json.stdout).data.notes.join()).toContain('its budget being 1 ms');
  });

  test('a reranker that is not there leaves an answer, and a note that says what to do', async () => {
    const { code, stdout, stderr } = await rag(
      'ask',
      'who approves travel abroad?',
      '--rerank',
      'transformers/./nowhere',
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining('head of department')]);
    expect(stderr).toMatch(/note: Reranking by .* there is no folder .*nowhere/);
  });

  test('doctor tries the one that is set', async () => {
    const set = { ...home, environment: { RAG_RERANK_MODEL: model } };
    const { stdout } = await runRag(['doctor', '--json'], set);
    const checks = JSON.parse(stdout).data.checks as { name: string; status: string; message: string }[];
    expect(checks.find(({ name }) => name === 'reranker')).toMatchObject({
      status: 'ok',
      message: expect.stringMatching(/^transformers\/tiny works/),
    });
  });
});
