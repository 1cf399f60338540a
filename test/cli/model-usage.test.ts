import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { ModelServer } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { finished, isBuilt, runRag, startRag } from './run-rag.ts';

const QUESTION = 'How many weeks of parental leave?';

describe.skipIf(!isBuilt)('models, fallbacks and what they cost, by the built program', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-models-')));
  let server: ModelServer;
  let environment: Record<string, string> = {};
  const home = () => ({ folder, environment });
  const rag = (...argv: string[]) => runRag(argv, home());
  const json = async (...argv: string[]) => JSON.parse((await rag(...argv, '--json')).stdout).data;
  const configure = (...lines: string[]) => {
    mkdirSync(join(folder, 'config', 'ragstone'), { recursive: true });
    writeFileSync(join(folder, 'config', 'ragstone', 'config.toml'), lines.join('\n'));
  };

  beforeAll(async () => {
    mkdirSync(join(folder, 'notes'));
    writeFileSync(join(folder, 'notes', 'leave.md'), '# Leave\n\nEach parent has 26 weeks of parental leave.\n');
    await rag('add', 'notes');
    server = await startOpenaiServer({ reply: ['Each parent has ', '26 weeks of parental leave [1].'] });
    environment = { OLLAMA_HOST: await refusedOrigin(), OPENAI_BASE_URL: `${server.origin}/v1` };
  });
  afterEach(() => configure());
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('nothing was asked yet', async () => {
    const { code, stdout, stderr } = await rag('usage');
    expect([code, stdout, stderr]).toEqual([1, '', 'note: No model was asked yet.\n']);
  });

  test('the fallback answers, the answer names it, and the same again costs nothing', async () => {
    configure('[models]', 'fallbacks = ["openai/small-model"]', 'budgetDay = 1');
    const answer = await json('ask', QUESTION, '-m', 'ollama/llama3.2');
    expect(answer).toMatchObject({ model: 'openai/small-model', support: 'supported' });
    expect(answer.warnings[0]).toMatch(
      /^ollama\/llama3\.2 did not answer \(.*ECONNREFUSED.*\); openai\/small-model did\.$/,
    );
    expect((await json('ask', QUESTION, '-m', 'openai/small-model')).usage.cached).toBeUndefined();
    const before = server.requests.length;
    expect((await json('ask', QUESTION, '-m', 'openai/small-model')).usage).toMatchObject({ cached: true });
    expect(server.requests).toHaveLength(before);
    await json('ask', QUESTION, '-m', 'openai/small-model', '--no-cache');
    expect(server.requests).toHaveLength(before + 1);

    const usage = await json('usage');
    expect(usage.rows).toMatchObject([
      { model: 'openai/small-model', calls: 4, failures: 0, cached: 1, cost: 0 },
      { model: 'ollama/llama3.2', calls: 1, failures: 1, inputTokens: 0 },
    ]);
    expect(usage.budgets).toMatchObject([{ period: 'day', budget: 1, spent: 0, left: 1 }]);
    const { stdout } = await rag('usage', '--by', 'purpose');
    expect(stdout).toMatch(/^purpose +calls +failed +kept +input +output +cost +first\nask +5 +1 +1 /);
    expect(stdout).toMatch(/\nThis day: \$0\.00 of \$1\.00, \$1\.00 left until \d{4}-\d\d-\d\d 00:00 UTC\.\n$/);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect((await json('cache')).caches).toContainEqual(expect.objectContaining({ name: 'replies', entries: 1 }));
  });

  test('trying a model stands in the ledger too, nobody answers in its place, and budgets hold', async () => {
    configure('[models]', 'fallbacks = ["openai/small-model"]');
    expect((await rag('models', 'test', 'ollama/llama3.2', '--for', 'answer')).code).toBe(3);
    expect((await rag('models', 'test', 'openai/small-model', '--for', 'answer')).code).toBe(0);
    expect((await json('usage', '--by', 'purpose')).rows).toContainEqual(
      expect.objectContaining({ purpose: 'test', calls: 2, failures: 1 }),
    );
    configure(
      '[models]',
      'budgetDay = 0.01',
      '[models.prices]',
      '"openai/small-model" = { input = 900, output = 900 }',
    );
    const before = server.requests.length;
    const { code, stderr } = await rag('models', 'test', 'openai/small-model', '--for', 'answer');
    expect([code, stderr]).toEqual([3, expect.stringContaining('budget')]);
    expect(server.requests).toHaveLength(before);
  });

  test('with extraction at the end an answer is quoted when no model gives one', async () => {
    configure('[models]', 'fallbacks = ["extractive"]', '[generate]', 'maxRetries = 0');
    const answer = await json('ask', QUESTION, '-m', 'ollama/llama3.2');
    expect(answer).toMatchObject({ model: 'extractive', support: 'supported' });
    expect(answer.warnings[0]).toMatch(
      /^No model gave an answer, so this is quoted from the documents\. .*ECONNREFUSED/,
    );
  });

  test('four processes at once do not spend more than the budget, and what was killed counts', async () => {
    // Each call may take 4,096 tokens of output at a tenth of a thousandth of a dollar: two fit, three do not.
    configure(
      '[models]',
      'budgetDay = 1',
      '[models.prices]',
      '"openai/small-model" = { input = 0, output = 100 }',
      '[generate]',
      'maxRetries = 0',
    );
    server.fail(...Array.from({ length: 4 }, () => ({ kind: 'silent' as const })));
    const argv = ['ask', QUESTION, '-m', 'openai/small-model', '--no-cache', '--json'];
    const children = Array.from({ length: 4 }, () => startRag(argv, home()));
    const ends = children.map(async (child) => ({ child, ...(await finished(child)) }));
    const refused = [];
    for (let left = [...ends]; refused.length < 2; ) {
      const end = await Promise.race(left);
      refused.push(end);
      left = left.filter((_, i) => left[i] !== ends[children.indexOf(end.child)]);
    }
    for (const { code, stdout } of refused) {
      expect([code, JSON.parse(stdout).error.code]).toEqual([3, 'BUDGET_EXCEEDED']);
    }
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(ends);
    expect((await json('usage')).budgets).toMatchObject([{ spent: 0.8192, left: 0.1808 }]);
    const { code, stderr } = await rag(...argv.slice(0, -1));
    expect(code).toBe(3);
    expect(stderr).toMatch(/may cost up to \$0\.41, and of the \$1\.00 for this day \$0\.18 are left/);
  });
});
