import { afterEach, expect, test } from 'vitest';
import { generatorFor, type ModelContext } from '../../src/app/generator-for.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { Settings } from '../../src/config/types.ts';
import type { Generator } from '../../src/generate/types.ts';
import { collect, collectUntilError, textOf } from '../contract/generator.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { Fault, ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { openTemporaryStore } from '../store/temporary-store.ts';

const REQUEST = { messages: [{ role: 'user' as const, content: 'What is the answer?' }], temperature: 0.1 };

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function started(server: Promise<ModelServer>): Promise<ModelServer> {
  servers.push(await server);
  return server;
}

type Parts = { readonly ollama?: string; readonly openai?: string; readonly offline?: boolean } & {
  readonly models?: Partial<Settings['models']>;
};

function contextOf({ ollama = 'http://127.0.0.1:1', openai = 'http://127.0.0.1:1', offline, models }: Parts) {
  return {
    settings: {
      ...defaultSettings,
      offline: offline ?? false,
      ollama: { host: ollama },
      openai: { ...defaultSettings.openai, baseUrl: `${openai}/v1` },
      models: { ...defaultSettings.models, fallbacks: ['openai/small-model'], ...models },
    },
    runtime: { fetch: globalThis.fetch },
    store: openTemporaryStore(),
  } satisfies ModelContext;
}

const generatorOf = (context: ModelContext, name = 'ollama/llama3.2', cache = false): Generator => {
  const generator = generatorFor(name, context, 'ask', { cache });
  if (!generator) throw new Error('There is a model.');
  return generator;
};

const FAULTS: readonly (readonly [string, Fault, RegExp])[] = [
  ['a status 500', { kind: 'status', status: 500 }, /500/],
  ['a rate limit with a long Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '15' } }, /429/],
  ['a connection that is closed', { kind: 'hang-up' }, /No answer/],
  ['a silent server', { kind: 'silent' }, /said nothing after 0.2 s/],
  ['a stream that breaks before its first text', { kind: 'break', afterDeltas: 0 }, /broke off/],
  ['an answer of another protocol', { kind: 'body', body: '<html>', contentType: 'text/html' }, /no model's answer/],
];

test.each(FAULTS)('%s is followed by the next model at once, and both calls are recorded', async (_, fault, reason) => {
  const [first, second] = [await started(startOllamaServer()), await started(startOpenaiServer())];
  first.fail(fault, fault, fault);
  // Short in the one case whose subject it is; elsewhere it must not fire on a busy machine.
  const firstTokenMs = fault.kind === 'silent' ? 200 : 60_000;
  const context = contextOf({ ollama: first.origin, openai: second.origin, models: { firstTokenMs } });
  const events = await collect(generatorOf(context).generate(REQUEST));
  expect(events[0]).toMatchObject({ type: 'failover', from: 'ollama/llama3.2', to: 'openai/small-model' });
  expect(events[0]).toMatchObject({ reason: expect.stringMatching(reason) });
  expect(textOf(events)).toBe('The answer is 42 [1].');
  expect(events.at(-1)).toMatchObject({ type: 'finish', model: 'openai/small-model' });
  expect(first.requests).toHaveLength(1);
  await first.idle();
  const rows = Object.fromEntries(context.store.callSums('model', 0).map((row) => [row.key, row]));
  expect(rows['ollama/llama3.2']).toMatchObject({ calls: 1, failures: 1 });
  expect(rows['openai/small-model']).toMatchObject({ calls: 1, failures: 0, outputTokens: 3, cost: 0 });
});

test('a server that refuses the connection is followed as well, and a wrong key is told', async () => {
  const second = await started(startOpenaiServer({ apiKey: 'sk-of-the-server' }));
  const context = contextOf({ ollama: await refusedOrigin(), openai: second.origin });
  const { error } = await collectUntilError(generatorOf(context).generate(REQUEST));
  expect(error).toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringMatching(/No model answered\. ollama\/llama3\.2: .* openai\/small-model: .*401/),
  });
});

test('a model that breaks off after its first text is not continued by another', async () => {
  const [first, second] = [await started(startOllamaServer()), await started(startOpenaiServer())];
  first.fail({ kind: 'break', afterDeltas: 1 });
  const context = contextOf({ ollama: first.origin, openai: second.origin });
  const { events, error } = await collectUntilError(generatorOf(context).generate(REQUEST));
  expect(textOf(events)).toBe('The answer ');
  expect(error).toMatchObject({ code: 'MODEL_BROKEN_STREAM' });
  expect(second.requests).toHaveLength(0);
});

test('the next command knows that a provider is down, and tries it again after 30 seconds', async () => {
  const second = await started(startOpenaiServer());
  const context = contextOf({ ollama: await refusedOrigin(), openai: second.origin });
  let now = Date.UTC(2026, 2, 31);
  const command = () => generatorOf({ ...context, runtime: { fetch: globalThis.fetch, clock: { now: () => now } } });
  for (let i = 0; i < 5; i++) await collect(command().generate(REQUEST));
  const [open] = await collect(command().generate(REQUEST));
  expect(open).toMatchObject({ type: 'failover', reason: expect.stringContaining('left alone for 30 s') });
  now += 30_000;
  const [probe] = await collect(command().generate(REQUEST));
  expect(probe).toMatchObject({ type: 'failover', reason: expect.stringContaining('ECONNREFUSED') });
  expect(context.store.callSums('model', 0).find(({ key }) => key.startsWith('ollama'))?.calls).toBe(6);
});

test('aliases are resolved, and the same model is not asked twice', async () => {
  const first = await started(startOllamaServer());
  first.fail({ kind: 'status', status: 500 });
  const models = {
    aliases: { fast: 'ollama/llama3.2' },
    fallbacks: ['fast', 'ollama/llama3.2'],
  };
  const context = contextOf({ ollama: first.origin, models });
  context.settings.generate = { ...context.settings.generate, maxRetries: 0 };
  const { error } = await collectUntilError(generatorOf(context, 'fast').generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_FAILED' });
  expect(first.requests).toHaveLength(1);
});

test('a fallback of another name than a model has is refused before anything is asked', () => {
  const context = contextOf({ models: { fallbacks: ['nobody/x'] } });
  expect(() => generatorOf(context)).toThrow(expect.objectContaining({ code: 'MODEL_UNKNOWN' }));
});

test('offline a remote model is passed over for one of this machine, and refused where there is none', async () => {
  const first = await started(startOllamaServer());
  const parts = { ollama: first.origin, openai: 'https://models.example', offline: true };
  const events = await collect(
    generatorOf(contextOf({ ...parts, models: { fallbacks: ['ollama/llama3.2'] } }), 'openai/gpt-4o').generate(REQUEST),
  );
  expect(events.at(-1)).toMatchObject({ model: 'ollama/llama3.2' });
  expect(() => generatorOf(contextOf({ ...parts, models: { fallbacks: [] } }), 'openai/gpt-4o')).toThrow(
    expect.objectContaining({ code: 'OFFLINE' }),
  );
});

test('with extraction behind it a remote model refuses offline when it is asked, so that the answer can be quoted', async () => {
  const context = contextOf({ openai: 'https://models.example', offline: true, models: { fallbacks: ['extractive'] } });
  const { error } = await collectUntilError(generatorOf(context, 'openai/gpt-4o').generate(REQUEST));
  expect(error).toMatchObject({ code: 'OFFLINE' });
  expect(generatorFor('none', context, 'ask')).toBeNull();
});

test('what is measured or stored under the name of a model has no fallback', async () => {
  const second = await started(startOpenaiServer());
  const context = contextOf({ ollama: await refusedOrigin(), openai: second.origin });
  context.settings.generate = { ...context.settings.generate, maxRetries: 0 };
  const generator = generatorFor('ollama/llama3.2', context, 'eval');
  const { error } = await collectUntilError(generator!.generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_UNREACHABLE' });
  expect(second.requests).toHaveLength(0);
});

test('past the budget the free fallback answers', async () => {
  const [first, second] = [await started(startOllamaServer()), await started(startOpenaiServer())];
  const prices = { 'openai/*': { input: 1000, output: 1000 } };
  const models = { fallbacks: ['ollama/llama3.2'], prices, budgetDay: 0.01 };
  const context = contextOf({ ollama: first.origin, openai: second.origin, models });
  const events = await collect(generatorOf(context, 'openai/small-model').generate(REQUEST));
  expect(events[0]).toMatchObject({ type: 'failover', reason: expect.stringContaining('$0.01 for this day') });
  expect(events.at(-1)).toMatchObject({ model: 'ollama/llama3.2' });
  expect(second.requests).toHaveLength(0);
});

test('an equal request is answered from what was kept, costs nothing and says so', async () => {
  const first = await started(startOllamaServer());
  const context = contextOf({ ollama: first.origin });
  const ask = (changes = {}) => collect(generatorOf(context, undefined, true).generate({ ...REQUEST, ...changes }));
  const events = await ask();
  expect(await ask()).toEqual([
    { type: 'text-delta', text: textOf(events) },
    {
      type: 'finish',
      reason: 'stop',
      usage: { inputTokens: 5, outputTokens: 3, cached: true },
      model: 'ollama/llama3.2',
    },
  ]);
  expect(first.requests).toHaveLength(1);
  expect(context.store.callSums('model', 0)[0]).toMatchObject({ calls: 2, cached: 1, inputTokens: 5, outputTokens: 3 });
  await ask({ system: 'Otherwise.' });
  await ask({ temperature: 0.9 });
  await ask({ temperature: 0.9 });
  expect(first.requests).toHaveLength(4);
});

test('an answer of a fallback, and one that broke off, is not kept for the first model', async () => {
  const [first, second] = [await started(startOllamaServer()), await started(startOpenaiServer())];
  const context = contextOf({ ollama: first.origin, openai: second.origin });
  const ask = () => collectUntilError(generatorOf(context, undefined, true).generate(REQUEST));
  first.fail({ kind: 'status', status: 500 }, { kind: 'break', afterDeltas: 1 });
  await ask();
  await ask();
  const { events } = await ask();
  expect(events.at(-1)).toMatchObject({ model: 'ollama/llama3.2', usage: { outputTokens: 3 } });
  expect([first.requests.length, second.requests.length]).toEqual([3, 1]);
});
