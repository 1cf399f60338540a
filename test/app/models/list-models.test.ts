import { afterEach, describe, expect, test } from 'vitest';
import { type ListedModel, type ListModelsOptions, listModels } from '../../../src/app/models/list-models.ts';
import { kindOf } from '../../../src/app/models/model-kind.ts';
import { showModel } from '../../../src/app/models/show-model.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import type { Settings } from '../../../src/config/types.ts';
import { startLoopbackServer } from '../../platform/http/loopback-server.ts';
import { refusedOrigin } from '../../servers/fault-server.ts';
import { temporaryFolder } from '../temporary-knowledge-base.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Answers with these texts, by path; never where there is none. */
async function startServer(answers: Readonly<Record<string, string>>): Promise<string> {
  const server = await startLoopbackServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer !== undefined) response.end(answer);
  });
  closing.push(server.close);
  return server.url;
}

async function optionsWith(
  settings: Partial<Settings>,
  rest: Partial<ListModelsOptions> = {},
): Promise<ListModelsOptions> {
  const ollama = { host: await refusedOrigin() };
  return {
    settings: { ...defaultSettings, ollama, ...settings },
    runtime: { fetch: globalThis.fetch },
    cacheFolder: temporaryFolder().path,
    activeSpace: null,
    ...rest,
  };
}

const named = (models: readonly ListedModel[], name: string) => models.find((model) => model.name === name);

test.each<[string, string]>([
  ['builtin/ragstone-static-1', 'embed'],
  ['openai/text-embedding-3-small', 'embed'],
  ['openai/gpt-4o-mini', 'answer'],
  ['ollama/bge-m3', 'embed'],
  ['ollama/nomic-embed-text:v1.5', 'embed'],
  ['ollama/llama3.2', 'answer'],
  ['google/gemini-embedding-001', 'embed'],
  ['google/gemini-2.5-flash', 'answer'],
  ['mistral/mistral-embed', 'embed'],
  ['cohere/embed-v4.0', 'embed'],
  ['cohere/rerank-v3.5', 'rerank'],
  ['cohere/command-a-03-2025', 'answer'],
  ['voyage/voyage-3.5', 'embed'],
  ['voyage/rerank-2.5', 'rerank'],
  ['anthropic/claude-sonnet-4-5', 'answer'],
  ['transformers/Xenova/all-MiniLM-L6-v2', 'embed'],
  ['transformers/Xenova/ms-marco-MiniLM-L-6-v2', 'rerank'],
  ['transformers/onnx-community/Qwen2.5-0.5B-Instruct', 'answer'],
])('%s is for %s', (name, kind) => {
  expect(kindOf(name, defaultSettings)).toBe(kind);
});

describe('the list', () => {
  test('says what each model does here, and comes without any server', async () => {
    const { models, providers } = await listModels(
      await optionsWith(
        {
          model: 'fast',
          models: {
            ...defaultSettings.models,
            aliases: { fast: 'ollama/llama3.2' },
            fallbacks: ['anthropic/claude-sonnet-4-5'],
          },
          rerank: { ...defaultSettings.rerank, model: 'cohere/rerank-v3.5' },
        },
        { activeSpace: { provider: 'openai', model: 'text-embedding-3-small', dimensions: 1536 } },
      ),
    );
    expect(models.map(({ name, uses }) => [name, ...uses])).toEqual([
      ['openai/text-embedding-3-small', 'searches'],
      ['ollama/llama3.2', 'answers', 'alias fast'],
      ['anthropic/claude-sonnet-4-5', 'fallback 1'],
      ['cohere/rerank-v3.5', 'reranking'],
      ['builtin/ragstone-static-1'],
    ]);
    expect(named(models, 'openai/text-embedding-3-small')?.reason).toBe('no key: set OPENAI_API_KEY');
    expect(providers.find(({ name }) => name === 'ollama')?.reason).toBe('it does not answer');
  });

  test('has what servers of one’s own say that they have, and bears with those that say nonsense', async () => {
    const tags = {
      models: [
        { name: 'llama3.2:latest', size: 2e9, details: { family: 'llama' } },
        { name: 'strange:latest', details: { families: ['nomic-bert'] } },
        { name: 7 },
      ],
    };
    const host = await startServer({ '/api/tags': JSON.stringify(tags) });
    const good = await startServer({ '/v1/models': '{"data": [{"id": "qwen3"}, {"id": "bge-m3"}, {}]}' });
    const bad = await startServer({ '/v1/models': '<html>' });
    const { models, providers } = await listModels(
      await optionsWith({
        ollama: { host },
        model: 'ollama/missing',
        servers: { good: { baseUrl: `${good}/v1` }, bad: { baseUrl: `${bad}/v1` } },
      }),
    );
    expect(named(models, 'ollama/llama3.2')).toMatchObject({ kind: 'answer', bytes: 2e9, usable: true });
    expect(named(models, 'ollama/strange')?.kind).toBe('embed');
    expect(named(models, 'ollama/missing')?.reason).toBe('not there: `rag models pull ollama/missing`');
    expect(named(models, 'good/qwen3')?.kind).toBe('answer');
    expect(named(models, 'good/bge-m3')?.kind).toBe('embed');
    expect(providers.find(({ name }) => name === 'bad')).toMatchObject({ usable: false });
  });

  test('gives a server its password in a header, and another one that it redirects to nothing', async () => {
    const asked: (string | undefined)[] = [];
    const other = await startLoopbackServer((request, response) => {
      asked.push(request.headers['x-secret']?.toString());
      response.end('{"data": []}');
    });
    const own = await startLoopbackServer((request, response) => {
      asked.push(request.headers.authorization);
      if (request.url === '/api/tags') response.end('{"models": [{"name": "a"}]}');
      else response.writeHead(302, { location: `${other.url}/v1/models` }).end();
    });
    closing.push(own.close, other.close);
    const host = own.url.replace('//', '//ann:pass@');
    const { models, providers } = await listModels(
      await optionsWith({ ollama: { host }, servers: { own: { baseUrl: own.url, headers: { 'x-secret': 's3' } } } }),
    );
    expect(named(models, 'ollama/a')).toBeDefined();
    expect(asked.sort()).toEqual([`Basic ${Buffer.from('ann:pass').toString('base64')}`, undefined]);
    expect(providers.find(({ name }) => name === 'own')?.reason).toBe('it answers with status 302');
  });

  test('waits a second at most for a server that keeps still', async () => {
    const host = await startServer({});
    const { providers } = await listModels(await optionsWith({ ollama: { host } }));
    expect(providers.find(({ name }) => name === 'ollama')?.reason).toBe('no answer within 1000 ms');
  });

  test('asks no other machine while offline', async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      asked.push(String(input));
      throw new TypeError('fetch failed');
    };
    const servers = { far: { baseUrl: 'https://models.invalid/v1' }, near: { baseUrl: 'http://127.0.0.1:9/v1' } };
    const options = await optionsWith({ offline: true, servers }, { runtime: { fetch } });
    const { providers } = await listModels(options);
    expect(asked.sort()).toEqual([`${options.settings.ollama.host}/api/tags`, 'http://127.0.0.1:9/v1/models'].sort());
    expect(providers.find(({ name }) => name === 'far')?.reason).toBe('offline');
    expect(providers.find(({ name }) => name === 'anthropic')?.reason).toBe('offline');
  });

  test('has models that were downloaded, and says what a half one lacks', async () => {
    const cache = temporaryFolder({
      'owner/whole/config.json': '{"architectures": ["BertForSequenceClassification"]}',
      'owner/whole/tokenizer.json': '{}',
      'owner/whole/onnx/model.onnx': 'weights',
      'owner/half/config.json': 'no JSON',
    });
    const { models } = await listModels(await optionsWith({}, { cacheFolder: cache.path }));
    expect(named(models, 'transformers/owner/whole')).toMatchObject({ kind: 'rerank', usable: true });
    expect(named(models, 'transformers/owner/half')?.reason).toBe('it lacks onnx/model.onnx and tokenizer.json');
  });
});

test('what is known of one model is told without asking it', async () => {
  const options = await optionsWith({ openai: { ...defaultSettings.openai, apiKey: 'sk-secret' } });
  const shown = await showModel('openai/text-embedding-3-small', { ...options, spaces: [] });
  expect(shown).toMatchObject({
    kind: 'embed',
    usable: true,
    family: { dimensions: 1536, canShorten: true },
    price: { input: 0.02 },
  });
  expect(JSON.stringify(shown)).not.toContain('sk-secret');
  expect(await showModel('builtin', { ...options, spaces: [] })).toMatchObject({ kind: 'embed', usable: true });
  await expect(showModel('nowhere/x', { ...options, spaces: [] })).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
});
