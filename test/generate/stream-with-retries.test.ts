import { afterEach, describe, expect, test } from 'vitest';
import { createGenerator } from '../../src/generate/registry.ts';
import type { Generator, GeneratorSettings } from '../../src/generate/types.ts';
import { collect, collectUntilError, textOf } from '../contract/generator.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { Fault, ModelServer, Reply } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { accessTo, type ProviderUnderTest, providersUnderTest } from './providers.ts';
import { testSettings } from './settings.ts';

const REQUEST = { messages: [{ role: 'user' as const, content: 'What is the answer?' }] };

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

type Started = { generator: Generator; server: ModelServer; waits: number[] };

async function start(
  subject: ProviderUnderTest,
  faults: readonly Fault[],
  changes: Partial<GeneratorSettings> = {},
  reply?: Reply,
): Promise<Started> {
  server = await subject.start({ reply });
  server.fail(...faults);
  const settings = testSettings({ servers: accessTo(subject, server.origin), ...changes });
  return {
    generator: createGenerator(`${subject.provider}/${subject.model}`, settings),
    server,
    waits: settings.waits,
  };
}

const subjectOf = (name: string): ProviderUnderTest =>
  providersUnderTest.find(({ provider }) => provider === name) as ProviderUnderTest;

describe.each(providersUnderTest)('$provider', (subject) => {
  test('a 500 is asked again and the second answer is the answer', async () => {
    const { generator, server, waits } = await start(subject, [{ kind: 'status', status: 500 }], { maxRetries: 2 });
    expect(textOf(await collect(generator.generate(REQUEST)))).toBe('The answer is 42 [1].');
    expect(server.requests).toHaveLength(2);
    expect(waits).toHaveLength(1);
  });

  test('a 429 is waited out for as long as Retry-After says', async () => {
    const fault: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '3' } };
    const { generator, waits } = await start(subject, [fault], { maxRetries: 1 });
    await collect(generator.generate(REQUEST));
    expect(waits).toEqual([3000]);
  });

  test('a Retry-After of an hour is not waited for but told', async () => {
    const fault: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '3600' } };
    const { generator, waits } = await start(subject, [fault], { maxRetries: 5 });
    const { error } = await collectUntilError(generator.generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_RATE_LIMITED', hint: 'Try again in 3600 s.' });
    expect(waits).toEqual([]);
  });

  test('retries end after maxRetries with the last fault', async () => {
    const fault: Fault = { kind: 'status', status: 503 };
    const { generator, server } = await start(subject, [fault, fault, fault, fault], { maxRetries: 2 });
    const { error } = await collectUntilError(generator.generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_FAILED', details: { status: 503 } });
    expect(server.requests).toHaveLength(3);
  });

  test('a connection that is closed without a byte is tried again', async () => {
    const { generator, server } = await start(subject, [{ kind: 'hang-up' }], { maxRetries: 1 });
    expect(textOf(await collect(generator.generate(REQUEST)))).toBe('The answer is 42 [1].');
    expect(server.requests).toHaveLength(2);
  });

  test('after the first text nothing is asked again', async () => {
    const { generator, server } = await start(subject, [{ kind: 'break', afterDeltas: 1 }], { maxRetries: 5 });
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    expect(textOf(events)).toBe('The answer ');
    expect(error).toMatchObject({ code: 'MODEL_BROKEN_STREAM', details: { textLength: 11 } });
    expect(server.requests).toHaveLength(1);
  });

  test('a stream that stalls ends with MODEL_TIMEOUT after its text', async () => {
    const { generator } = await start(subject, [{ kind: 'stall', afterDeltas: 2 }], { idleTimeoutMs: 60 });
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    expect(textOf(events)).toBe('The answer is 42 ');
    expect(error).toMatchObject({ code: 'MODEL_TIMEOUT' });
  });

  test('a stream that ends in good order but without its end mark is a broken one', async () => {
    const { generator } = await start(subject, [{ kind: 'end-early', afterDeltas: 2 }]);
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    expect(textOf(events)).toBe('The answer is 42 ');
    expect(error).toMatchObject({ code: 'MODEL_BROKEN_STREAM' });
  });

  test('an error that the server writes into the stream is told in its words', async () => {
    const fault: Fault = { kind: 'error-line', afterDeltas: 1, message: 'llama runner process has terminated' };
    const { generator } = await start(subject, [fault]);
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    expect(textOf(events)).toBe('The answer ');
    expect(error).toMatchObject({ code: 'MODEL_BROKEN_STREAM' });
    expect(String(error)).toContain('llama runner process has terminated');
  });

  test('a malformed line in the middle is a failure, not a gap in the answer', async () => {
    const { generator } = await start(subject, [{ kind: 'malformed', afterDeltas: 2 }]);
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    expect(textOf(events)).toBe('The answer is 42 ');
    expect(error).toMatchObject({ code: 'MODEL_FAILED' });
  });

  test('line breaks are one character, also where they come in two pieces', async () => {
    const { generator } = await start(subject, [], {}, ['one\r', '\ntwo\r\n', '\r', '\nthree']);
    expect(textOf(await collect(generator.generate(REQUEST)))).toBe('one\ntwo\n\nthree');
  });

  test('a web page instead of a stream is named as such', async () => {
    const fault: Fault = { kind: 'body', body: '<!doctype html><title>Router login</title>', contentType: 'text/html' };
    const { generator } = await start(subject, [fault]);
    const { error } = await collectUntilError(generator.generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_FAILED' });
    expect(String(error)).toContain('Router login');
  });

  test('a refused connection names the address and is tried again', async () => {
    const origin = await refusedOrigin();
    const changes = { servers: accessTo(subject, origin), maxRetries: 2 };
    const { generator, waits } = await start(subject, [], changes);
    const { error } = await collectUntilError(generator.generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_UNREACHABLE', details: { code: 'ECONNREFUSED' } });
    expect(String((error as { hint?: string }).hint)).toContain(origin);
    expect(waits).toHaveLength(2);
  });

  test('leaving the loop closes the connection', async () => {
    const { generator, server } = await start(subject, [{ kind: 'stall', afterDeltas: 1 }]);
    for await (const _ of generator.generate(REQUEST)) break;
    await server.idle();
  });

  test('an abort while the server is silent ends at once and closes the connection', async () => {
    const { generator, server } = await start(subject, [{ kind: 'stall', afterDeltas: 1 }]);
    const controller = new AbortController();
    const run = async () => {
      for await (const _ of generator.generate(REQUEST, controller.signal)) setImmediate(() => controller.abort());
    };
    await expect(run()).rejects.toMatchObject({ code: 'ABORTED' });
    await server.idle();
  });

  test('an abort during the pause before a retry ends at once', async () => {
    const controller = new AbortController();
    const wait = (_delayMs: number, signal: AbortSignal) =>
      new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        controller.abort();
      });
    const { generator } = await start(subject, [{ kind: 'status', status: 503 }], { maxRetries: 3, wait });
    const { error } = await collectUntilError(generator.generate(REQUEST, controller.signal));
    expect(error).toMatchObject({ code: 'ABORTED' });
  });

  test('what a reasoning model thinks is no part of its answer', async () => {
    const reply = ['<th', 'ink>\nHmm, </thi', 'nk>\n\nForty', '-two [1]. <think> is a tag.'];
    const { generator } = await start(subject, [], {}, reply);
    expect(textOf(await collect(generator.generate(REQUEST)))).toBe('Forty-two [1]. <think> is a tag.');
  });
});

test('the unknown model of Ollama is answered with the command that fetches it', async () => {
  server = await startOllamaServer();
  const generator = createGenerator(
    'ollama/qwen3:4b',
    testSettings({ servers: { ollama: { baseUrl: server.origin } } }),
  );
  const { error } = await collectUntilError(generator.generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_NOT_FOUND' });
  expect((error as { hint?: string }).hint).toContain('ollama pull qwen3:4b');
});

test('a prompt that needs more than the default window asks Ollama for a larger one, and never to be cut', async () => {
  const { generator, server } = await start(subjectOf('ollama'), []);
  await collect(generator.generate(REQUEST));
  await collect(generator.generate({ messages: [{ role: 'user', content: 'word '.repeat(4000) }] }));
  expect(server.requests[0]).toMatchObject({ truncate: false, options: {} });
  expect(server.requests[1]).toMatchObject({ truncate: false, options: { num_ctx: 8192 } });
});

test('settings that a reasoning model refuses are left out, without spending a retry', async () => {
  server = await startOpenaiServer({ refusesSampling: true });
  const generator = createGenerator(
    'openai/small-model',
    testSettings({ servers: { openai: { baseUrl: `${server.origin}/v1` } } }),
  );
  const events = await collect(generator.generate({ ...REQUEST, temperature: 0.1, maxOutputTokens: 100 }));
  expect(textOf(events)).toBe('The answer is 42 [1].');
  expect(server.requests).toHaveLength(3);
  expect(server.requests[2]).not.toHaveProperty('temperature');
  expect(server.requests[2]).not.toHaveProperty('max_tokens');
  // Its thoughts count too, so that a short bound would leave nothing of the answer; a long one is kept.
  expect(server.requests[2]).toMatchObject({ max_completion_tokens: 4096 });
  await collect(generator.generate({ ...REQUEST, maxOutputTokens: 9000 }));
  expect(server.requests.at(-1)).toMatchObject({ max_completion_tokens: 9000 });
  await collect(generator.generate(REQUEST));
  expect(server.requests.at(-1)).not.toHaveProperty('max_completion_tokens');
});

test('without a key no Authorization header is sent', async () => {
  const { generator, server } = await start(subjectOf('openai'), []);
  await collect(generator.generate(REQUEST));
  expect(server.headers[0]).not.toHaveProperty('authorization');
});

test('credentials in the address become a header and are never shown', async () => {
  server = await startOllamaServer();
  server.fail({ kind: 'status', status: 403, body: '{"error":"bad password hunter22"}' });
  const baseUrl = server.origin.replace('http://', 'http://me:hunter22@');
  const generator = createGenerator('ollama/llama3.2', testSettings({ servers: { ollama: { baseUrl } } }));
  const { error } = await collectUntilError(generator.generate(REQUEST));
  expect(server.headers[0]?.authorization).toBe(`Basic ${Buffer.from('me:hunter22').toString('base64')}`);
  expect(JSON.stringify([String(error), error])).not.toContain('hunter22');
});

test('a spent quota is told at once', async () => {
  const body = '{"error":{"message":"You exceeded your current quota.","code":"insufficient_quota"}}';
  const { generator, waits } = await start(subjectOf('openai'), [{ kind: 'status', status: 429, body }], {
    maxRetries: 3,
  });
  const { error } = await collectUntilError(generator.generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_RATE_LIMITED' });
  expect(waits).toEqual([]);
});

test('JSON of another shape than the interface has is told in short', async () => {
  const body = `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content: 5 } }] })}\n\n`;
  const { generator } = await start(subjectOf('openai'), [{ kind: 'body', body, contentType: 'text/event-stream' }]);
  const { error } = await collectUntilError(generator.generate(REQUEST));
  expect(error).toMatchObject({
    code: 'MODEL_FAILED',
    message: expect.stringContaining('no model\'s answer: {"id":"c"'),
  });
  expect(String(error)).not.toContain('invalid_union');
});
