import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startAnthropicServer } from '../servers/anthropic.ts';
import type { ModelServer } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { makeTinyLanguageModel } from '../support/make-tiny-language-model.ts';
import { isBuilt, runRag } from './run-rag.ts';

const KEY = 'sk-ant-4711-secret';
const REPLY = ['Parents get ', '18 weeks ', 'of paid leave ', '[1].'];
const QUESTION = 'How long is parental leave?';

let folder: string;
let server: ModelServer | null = null;
const database = () => join(folder, 'rag.db');
const run = (line: readonly string[], environment: Record<string, string> = {}) =>
  runRag(line, { folder, environment: { RAG_GENERATE_MAX_RETRIES: '0', ...environment } });
const ask = (model: string, environment: Record<string, string> = {}, more: readonly string[] = []) =>
  run(['ask', QUESTION, '--model', model, '--db', database(), '--no-color', '--no-cache', ...more], environment);

/** Everything that the program has written below its home, as one text. */
const written = (): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe.skipIf(!isBuilt)('providers', () => {
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-providers-')));
    writeFileSync(join(folder, 'leave.md'), '# Leave\n\nParents get 18 weeks of paid parental leave.\n');
    const { code } = await run(['add', join(folder, 'leave.md'), '--db', database()]);
    expect(code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    await server?.close();
    server = null;
  });

  test('Anthropic answers with citations, and the key is written nowhere', async () => {
    server = await startAnthropicServer({ apiKey: KEY, reply: REPLY });
    const environment = { ANTHROPIC_BASE_URL: server.origin, ANTHROPIC_API_KEY: KEY };
    const { code, stdout } = await ask('anthropic/claude-small', environment, ['--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      data: { model: 'anthropic/claude-small', citations: [{ marker: 1 }], usage: { outputTokens: 4 } },
    });
    expect(written()).not.toContain(KEY);
  });

  test('a wrong key exits with 3 and names the variable, not the key', async () => {
    server = await startAnthropicServer({ apiKey: 'another' });
    const environment = { RAG_ANTHROPIC_BASE_URL: `${server.origin}/v1`, ANTHROPIC_API_KEY: KEY };
    const { code, stdout, stderr } = await ask('anthropic/claude-small', environment, ['--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stderr || stdout)).toMatchObject({ error: { code: 'MODEL_AUTH' } });
    expect(`${stdout}${stderr}`).toContain('ANTHROPIC_API_KEY');
    expect(`${stdout}${stderr}${written()}`).not.toContain(KEY);
  });

  test("an alias leads to a model of a server of one's own", async () => {
    server = await startOpenaiServer({ models: ['org/tiny'], apiKey: KEY, reply: REPLY });
    const set = (key: string, value: string) => run(['config', 'set', key, value]);
    expect(await set('servers.lan.baseUrl', `${server.origin}/v1`)).toMatchObject({ code: 0 });
    expect(await set('servers.lan.apiKeyEnv', 'LAN_KEY')).toMatchObject({ code: 0 });
    expect(await set('models.aliases.fast', 'lan/org/tiny')).toMatchObject({ code: 0 });
    expect((await run(['config', 'get', 'servers.lan.apiKeyEnv'])).stdout).toBe('LAN_KEY\n');
    const { code, stdout } = await ask('fast', { LAN_KEY: KEY });
    expect([code, stdout]).toEqual([0, expect.stringContaining('18 weeks of paid leave [1].')]);
    expect(server.headers[0]).toMatchObject({ authorization: `Bearer ${KEY}` });
    expect(written()).not.toContain(KEY);
  });

  test('a provider that there is not is a usage error with the nearest name', async () => {
    const { code, stderr } = await ask('antropic/claude-small');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean anthropic/claude-small?')]);
  });

  test('without a key nothing is asked', async () => {
    const { code, stderr } = await ask('mistral/mistral-small', {
      RAG_MISTRAL_BASE_URL: 'http://models.example.com/v1',
    });
    expect([code, stderr]).toEqual([3, expect.stringContaining('Set the environment variable MISTRAL_API_KEY.')]);
  });

  test('offline a hosted model is refused, and one on this machine writes', async () => {
    const model = join(folder, 'tiny model');
    makeTinyLanguageModel(model, { answer: REPLY, texts: [QUESTION] });
    const refused = await ask('cohere/command', { COHERE_API_KEY: KEY, RAG_OFFLINE: '1' });
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('not asked while offline')]);
    const { code, stdout } = await ask(`transformers/${model}`, { RAG_OFFLINE: '1' });
    expect([code, stdout]).toEqual([0, expect.stringContaining('18 weeks of paid leave [1].')]);
  });
});
