import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EmbedServer, startEmbedServer } from '../servers/embed/embed-server.ts';
import { openaiWire } from '../servers/embed/openai.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import { type HubServer, startHubServer } from '../servers/hub-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { makeTinyEmbedder } from '../support/make-tiny-embedder.ts';
import { type Home, isBuilt, runRag, startRag } from './run-rag.ts';

const MODEL = 'openai/text-embedding-3-small';
const KEY = 'sk-never-to-be-shown';
const TOPICS = ['leave', 'travel', 'bread', 'whales', 'tax', 'chess', 'iron', 'rivers'];

describe.skipIf(!isBuilt)('models, by the built program', () => {
  let home: Home;
  let server: EmbedServer;
  const rag = (...argv: string[]) => runRag(argv, home);
  const json = async (...argv: string[]) => {
    const { stdout } = await rag(...argv, '--json');
    return JSON.parse(stdout).data;
  };
  /** What a search gives, but for its time. */
  const found = async (...argv: string[]) => JSON.stringify({ ...(await json('search', ...argv)), elapsedMs: 0 });

  beforeEach(async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-models-')));
    server = await startEmbedServer(openaiWire, { model: 'text-embedding-3-small', apiKey: KEY });
    home = {
      folder,
      environment: {
        OPENAI_BASE_URL: `${server.origin}/v1`,
        OPENAI_API_KEY: KEY,
        OLLAMA_HOST: await refusedOrigin(),
        XDG_CACHE_HOME: join(folder, 'cache'),
      },
    };
    mkdirSync(join(folder, 'notes'));
    for (let i = 0; i < 120; i++) {
      const topic = TOPICS[i % TOPICS.length];
      writeFileSync(
        join(folder, 'notes', `${i}.md`),
        `# Note ${i}\n\nThe ${topic} of number ${i} is ${topic} still.\n`,
      );
    }
    await rag('init');
    await rag('add', 'notes');
  });
  afterEach(async () => {
    await server.close();
    rmSync(home.folder, { recursive: true, force: true });
  });

  test('after a kill half-way the change goes on, searches are answered meanwhile, and going back gives the same', async () => {
    const before = [await found('whales and chess'), await found('number 17', '--mode', 'vector')];
    let asked = server.asked();
    const child = startRag(['models', 'use', MODEL], home);
    // It asks for the dimensions, then for the first batch; the second one is never answered.
    await asked;
    asked = server.asked();
    await asked;
    server.fail({ kind: 'silent' });
    await server.asked();
    child.kill('SIGKILL');
    await once(child, 'close');
    const firstTexts = server.requests.flatMap(({ input }) => input as string[]);

    const { vectors } = await json('models');
    expect(vectors).toMatchObject([
      { provider: 'builtin', state: 'active', vectors: 120 },
      { provider: 'openai', state: 'building', dimensions: 64 },
    ]);
    expect(vectors[1].vectors).toBeGreaterThan(0);
    expect([await found('whales and chess'), await found('number 17', '--mode', 'vector')]).toEqual(before);

    const dry = await rag('models', 'use', MODEL, '--dry-run');
    expect(dry.stdout).toMatch(/^\d+ texts of \d+ passages would be embedded by openai/);
    expect(dry.stdout).toContain('costs nothing');

    const requests = server.requests.length;
    const second = await json('models', 'use', MODEL);
    expect(second).toMatchObject({ outcome: 'swapped', left: { texts: 0 }, kept: [{ provider: 'builtin' }] });
    expect(second.embedded).toBe(120 - vectors[1].vectors);
    const secondTexts = server.requests.slice(requests).flatMap(({ input }) => input as string[]);
    const twice = secondTexts.filter((text) => firstTexts.includes(text) && text !== 'dimensions');
    // At most the batch that the kill took.
    expect(twice.length).toBeLessThanOrEqual(firstTexts.length - vectors[1].vectors);

    expect((await json('status')).space).toEqual({
      provider: 'openai',
      model: 'text-embedding-3-small',
      dimensions: 64,
    });
    const search = await json('search', 'the whales of number 3', '--mode', 'vector', '-n', '1');
    expect(search.hits[0].path).toContain('3.md');

    const back = await rag('models', 'rollback');
    expect(back.stdout).toContain('Searches use builtin/ragstone-static-1 (256 dimensions) now; 0 texts embedded');
    expect([await found('whales and chess'), await found('number 17', '--mode', 'vector')]).toEqual(before);

    expect(await json('models', 'use', MODEL)).toMatchObject({ outcome: 'swapped', embedded: 0 });
    writeFileSync(join(home.folder, 'notes', 'new.md'), '# New\n\nGlaciers came later.\n');
    expect((await rag('sync')).code).toBe(0);
    const late = async () =>
      (await json('search', 'new: glaciers came later', '--mode', 'vector', '-n', '1')).hits[0].path;
    expect(await late()).toContain('new.md');
    expect(await json('models', 'rollback')).toMatchObject({ embedded: 1 });
    expect(await late()).toContain('new.md');
    expect((await rag('models', 'drop', MODEL)).stderr).toContain('are gone');
    expect((await rag('models', 'rollback')).code).toBe(1);
    expect((await rag('doctor')).stdout).toContain('is sound');
  });

  test('a server that fails says why and how to go on, and never shows the key', async () => {
    server.fail(...Array.from({ length: 5 }, () => ({ kind: 'status' as const, status: 401 })));
    const { code, stderr } = await rag('models', 'use', MODEL);
    expect(code).toBe(3);
    expect(stderr).toContain('hint:');
    expect(stderr).not.toContain(KEY);
    const later = await rag('models', 'use', 'openai/unknown-embedding-model');
    expect(later.code).toBe(3);
    expect((await json('status')).space.provider).toBe('builtin');
    expect((await json('models')).vectors).toHaveLength(1);
    const { stdout } = await rag('models', 'show', MODEL);
    expect(stdout).toContain('1536 dimensions');
    expect(stdout).not.toContain(KEY);
  });

  test('a setting that names another model is told of', async () => {
    await rag('config', 'set', 'embedder.model', 'builtin/ragstone-static-1');
    const { stderr, code } = await rag('models', 'use', MODEL);
    expect(code).toBe(0);
    expect(stderr).toContain('rag config unset embedder.model');
    expect((await rag('search', 'whales')).code).toBe(3);
    await rag('config', 'unset', 'embedder.model');
    expect((await rag('search', 'whales')).code).toBe(0);
  });

  test('a model is tried, by what it is for', async () => {
    const ollama = await startOllamaServer({ models: ['llama3.2:latest', 'bge-m3:latest'] });
    home = { ...home, environment: { ...home.environment, OLLAMA_HOST: ollama.origin } };
    try {
      const embedder = await json('models', 'test', MODEL);
      expect(embedder).toMatchObject({ for: 'embed', dimensions: 64, questions: 6 });
      expect(embedder.norm).toBeCloseTo(1, 5);
      const builtin = await rag('models', 'test', 'builtin');
      expect(builtin.code).toBe(0);
      expect(builtin.stdout).toContain('6 of 6 questions');
      const generator = await json('models', 'test', 'ollama/llama3.2');
      expect(generator).toMatchObject({ for: 'answer', passed: true, text: expect.stringContaining('42') });

      const { models, providers } = await json('models');
      const named = (name: string) => models.find((model: { name: string }) => model.name === name);
      expect(named('ollama/llama3.2')).toMatchObject({ for: 'answer', usable: true, uses: [] });
      expect(named('ollama/bge-m3')).toMatchObject({ for: 'embed', usable: true });
      expect(named('builtin/ragstone-static-1')).toMatchObject({ uses: ['searches'] });
      const provider = (name: string) => providers.find((each: { name: string }) => each.name === name);
      expect(provider('openai')).toMatchObject({ usable: true });
      expect(provider('anthropic')).toMatchObject({ usable: false, reason: 'no key: set ANTHROPIC_API_KEY' });

      const use = await rag('models', 'use', 'ollama/llama3.2');
      expect(use.code).toBe(0);
      expect(use.stderr).toContain('is taken for a model that writes answers');
      expect(readFileSync(join(home.folder, 'config/ragstone/config.toml'), 'utf8')).toContain('ollama/llama3.2');
      expect((await json('models')).models[1]).toMatchObject({ name: 'ollama/llama3.2', uses: ['answers'] });
    } finally {
      await ollama.close();
    }
    const text = (await rag('models')).stdout;
    expect(text).toContain('ollama/llama3.2');
  });

  test('names that mean nothing, and models that are not there, are usage errors or say what to do', async () => {
    const cases: [string[], number, string][] = [
      [['models', 'use', 'nonsense'], 2, 'provider/model'],
      [['models', 'use', 'nowhere/model'], 2, 'No provider'],
      [['models', 'use', 'anthropic/claude', '--for', 'embed'], 2, 'has no models for vectors'],
      [['models', 'use', 'ollama/llama3.2', '--keep', '2'], 2, '--for embed'],
      [['models', 'use', 'jina/jina-reranker-v2'], 2, 'rerank.model'],
      [['models', 'use', MODEL, '--keep', 'many'], 2, 'from 0 to 9'],
      [['models', 'show', 'nowhere/model'], 2, 'There is no provider'],
      [['models', 'pull', 'openai/gpt-4o'], 2, 'nothing to download'],
      [['models', 'pull', 'ollama/llama3.2', '--offline'], 3, 'offline'],
      [['models', 'drop', 'builtin/ragstone-static-1'], 2, 'is what searches use'],
      [['models', 'drop', 'ollama/x'], 1, 'has no vectors'],
    ];
    for (const [argv, expected, words] of cases) {
      const { code, stderr } = await rag(...argv);
      expect([argv.join(' '), code, stderr]).toEqual([argv.join(' '), expected, expect.stringContaining(words)]);
    }
  });

  test('a model of the Hub that was killed half-way is none, and the next pull goes on', async () => {
    const folder = join(home.folder, 'hub');
    mkdirSync(join(folder, 'onnx'), { recursive: true });
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
      writeFileSync(join(folder, name), '{}');
    writeFileSync(join(folder, 'onnx/model.onnx'), Buffer.alloc(2_000_000, 5));
    const hub: HubServer = await startHubServer('owner/tiny-embed', folder);
    home = { ...home, environment: { ...home.environment, HF_ENDPOINT: hub.origin } };
    try {
      const stalled = hub.stallAfter(1_000_000);
      const child = startRag(['models', 'pull', 'transformers/owner/tiny-embed'], home);
      await stalled;
      child.kill('SIGKILL');
      await once(child, 'close');
      expect((await json('models')).models.map(({ name }: { name: string }) => name)).not.toContain(
        'transformers/owner/tiny-embed',
      );
      const { code, stdout } = await rag('models', 'pull', 'transformers/owner/tiny-embed');
      expect([code, stdout]).toEqual([0, expect.stringContaining('is there now')]);
      const pulled = (await json('models')).models.find(({ name }: { name: string }) => name.includes('tiny-embed'));
      expect(pulled).toMatchObject({ usable: true, for: 'embed' });
      expect((await rag('models', 'pull', 'transformers/owner/tiny-embed')).stdout).toContain('was there already');
    } finally {
      await hub.close();
    }
  });

  test('a model that was pulled makes the vectors while offline, on this machine', async () => {
    const folder = join(home.folder, 'hub');
    const texts = TOPICS.map((topic) => `# Note The ${topic} of number is ${topic} still. 17`);
    makeTinyEmbedder(folder, { texts });
    const hub = await startHubServer('owner/tiny-embed', folder);
    const name = 'transformers/owner/tiny-embed';
    try {
      const missing = await rag('models', 'use', name, '--offline');
      expect(missing.code).toBe(3);
      expect(missing.stderr).toContain(`rag models pull ${name}`);
      home = { ...home, environment: { ...home.environment, HF_ENDPOINT: hub.origin } };
      expect((await rag('models', 'pull', name)).code).toBe(0);
    } finally {
      await hub.close();
    }
    expect(await json('models', 'use', name, '--offline')).toMatchObject({
      outcome: 'swapped',
      to: { provider: 'transformers', model: 'owner/tiny-embed', dimensions: 32 },
      withoutVector: 0,
    });
    const { hits } = await json('search', 'whales', '--mode', 'vector', '--offline', '-n', '1');
    expect(hits[0].text).toContain('whales');
    expect((await json('models')).models[0]).toMatchObject({ name, uses: ['searches'], usable: true });
    expect(await json('models', 'rollback', '--drop')).toMatchObject({ outcome: 'swapped', embedded: 0 });
    expect((await json('models')).vectors).toHaveLength(1);
  });
});
