import { afterEach, describe, expect, test } from 'vitest';
import { createGenerator } from '../../src/generate/registry.ts';
import type { GenerateRequest } from '../../src/generate/types.ts';
import { collect, collectUntilError, textOf } from '../contract/generator.ts';
import { startAnthropicServer } from '../servers/anthropic.ts';
import { startDeepseekServer } from '../servers/deepseek.ts';
import { googleQuotaError, startGoogleServer } from '../servers/google.ts';
import type { ModelServer } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { accessTo, type ProviderUnderTest, providersUnderTest } from './providers.ts';
import { testSettings } from './settings.ts';

const KEY = 'fake-key-qzwx';
const REQUEST: GenerateRequest = {
  system: 'Be brief.',
  messages: [
    { role: 'user', content: 'First question' },
    { role: 'assistant', content: 'First answer' },
    { role: 'user', content: '<passages>long</passages> Second question', stableLength: 25 },
  ],
  temperature: 0.1,
  maxOutputTokens: 100,
};

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const generatorAt = (subject: ProviderUnderTest, origin: string, apiKey: string | undefined = KEY) =>
  createGenerator(
    `${subject.provider}/${subject.model}`,
    testSettings({ servers: accessTo(subject, origin, apiKey), maxRetries: 1 }),
  );

async function bodyOf(subject: ProviderUnderTest): Promise<Record<string, unknown>> {
  server = await subject.start({ apiKey: subject.keyPlace === null ? undefined : KEY });
  await collect(generatorAt(subject, server.origin).generate(REQUEST));
  return server.requests[0] as Record<string, unknown>;
}

const subjectOf = (name: string): ProviderUnderTest =>
  providersUnderTest.find(({ provider }) => provider === name) as ProviderUnderTest;

const PLAIN_TURNS = [
  { role: 'user', content: 'First question' },
  { role: 'assistant', content: 'First answer' },
  { role: 'user', content: '<passages>long</passages> Second question' },
];

describe.each(providersUnderTest)('$provider', (subject) => {
  test('asks at its path, with the key in its header and nowhere else', async () => {
    const body = await bodyOf(subject);
    expect(server?.paths).toEqual([subject.chatPath]);
    expect(server?.headers[0]).toMatchObject(subject.keyHeader(KEY));
    expect(JSON.stringify([server?.paths, body])).not.toContain(KEY);
  });

  test('a redirect is not followed, for it would carry the key to another host', async () => {
    server = await subject.start();
    const other = await subject.start();
    try {
      server.fail({ kind: 'status', status: 307, headers: { location: `${other.origin}${subject.chatPath}` } });
      const { error } = await collectUntilError(generatorAt(subject, server.origin).generate(REQUEST));
      expect(error).toMatchObject({ code: 'MODEL_FAILED', details: { status: 307 } });
      expect(other.requests).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('a wrong key is told with the place where it is set', async () => {
    if (subject.keyPlace === null) return;
    server = await subject.start({ apiKey: 'another' });
    const { error } = await collectUntilError(generatorAt(subject, server.origin).generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_AUTH', hint: expect.stringContaining(subject.keyPlace) });
    // DeepSeek shows the end of the key.
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(KEY.slice(-4));
  });
});

test.each(['anthropic', 'google', 'mistral', 'deepseek', 'fireworks', 'cohere'])(
  '%s is not asked without a key, and no library looks for one itself',
  async (provider) => {
    const subject = subjectOf(provider);
    const fetch = () => Promise.reject(new Error('asked'));
    const servers = { [provider]: { baseUrl: 'https://models.example.com/v1' } };
    const generator = createGenerator(`${provider}/${subject.model}`, testSettings({ servers, fetch }));
    const { error } = await collectUntilError(generator.generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_AUTH', hint: `Set the environment variable ${subject.keyPlace}.` });
  },
);

test.each(['openai', 'mistral', 'deepseek', 'fireworks', 'lan', 'cohere'])(
  '%s gets the system first, then the turns, as a stream',
  async (provider) => {
    const body = await bodyOf(subjectOf(provider));
    expect(body).toMatchObject({ model: subjectOf(provider).model, stream: true, max_tokens: 100, temperature: 0.1 });
    const plain = (body.messages as { role: string; content: unknown }[]).map(({ role, content }) => ({
      role,
      content: Array.isArray(content) ? content.map(({ text }: { text: string }) => text).join('') : content,
    }));
    expect(plain).toEqual([{ role: 'system', content: 'Be brief.' }, ...PLAIN_TURNS]);
  },
);

test.each(['openai', 'deepseek', 'fireworks', 'lan'])('%s is asked for the counts of tokens', async (provider) => {
  expect(await bodyOf(subjectOf(provider))).toMatchObject({ stream_options: { include_usage: true } });
});

test('Anthropic gets the system apart, a bound on the answer, and marks on what it should keep', async () => {
  const body = await bodyOf(subjectOf('anthropic'));
  const kept = { cache_control: { type: 'ephemeral' } };
  expect(body).toMatchObject({ stream: true, max_tokens: 100, system: [{ type: 'text', text: 'Be brief.', ...kept }] });
  expect(body.messages).toMatchObject([
    { role: 'user', content: [{ type: 'text', text: 'First question' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'First answer' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: '<passages>long</passages>', ...kept },
        { type: 'text', text: ' Second question' },
      ],
    },
  ]);
});

test('Anthropic gets a bound on the answer even where the request has none', async () => {
  server = await startAnthropicServer();
  await collect(generatorAt(subjectOf('anthropic'), server.origin).generate({ messages: REQUEST.messages }));
  expect(server.requests[0]).toMatchObject({ max_tokens: expect.any(Number) });
});

test('an address of Anthropic without a version gets it', async () => {
  server = await startAnthropicServer();
  const settings = testSettings({ servers: { anthropic: { baseUrl: server.origin, apiKey: KEY } } });
  await collect(createGenerator('anthropic/claude-small', settings).generate(REQUEST));
  expect(server.paths).toEqual(['/v1/messages']);
});

test('Google gets the system as an instruction, and the assistant is called model', async () => {
  const body = await bodyOf(subjectOf('google'));
  expect(body).toMatchObject({
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    generationConfig: { maxOutputTokens: 100, temperature: 0.1 },
  });
  expect((body.contents as { role: string }[]).map(({ role }) => role)).toEqual(['user', 'model', 'user']);
});

test.each(providersUnderTest.filter(({ provider }) => provider !== 'ollama'))(
  '$provider: what came from its cache is counted apart',
  async (subject) => {
    server = await subject.start({ cachedTokens: 3 });
    const events = await collect(generatorAt(subject, server.origin).generate(REQUEST));
    expect(events.at(-1)).toMatchObject({ type: 'finish', usage: { cachedInputTokens: 3 } });
  },
);

test('an overload that Anthropic tells within the stream is asked again while nothing has come', async () => {
  server = await startAnthropicServer();
  server.fail({ kind: 'error-line', afterDeltas: 0, message: 'Overloaded' });
  const events = await collect(generatorAt(subjectOf('anthropic'), server.origin).generate(REQUEST));
  expect(textOf(events)).toBe('The answer is 42 [1].');
  expect(server.requests).toHaveLength(2);
});

test('an overload that stays is told as one', async () => {
  server = await startAnthropicServer();
  const fault = { kind: 'error-line', afterDeltas: 0, message: 'Overloaded' } as const;
  server.fail(fault, fault);
  const { error } = await collectUntilError(generatorAt(subjectOf('anthropic'), server.origin).generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_FAILED', message: expect.stringContaining('too much to do: Overloaded') });
});

test('Google asks in the body of the error to wait', async () => {
  server = await startGoogleServer();
  server.fail({ kind: 'status', status: 429, body: googleQuotaError(36) });
  const { error } = await collectUntilError(generatorAt(subjectOf('google'), server.origin).generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_RATE_LIMITED', hint: 'Try again in 36 s.' });
});

test('a prompt that Google refuses ends with its reason', async () => {
  server = await startGoogleServer();
  const body =
    'data: {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":4}}\n\n';
  server.fail({ kind: 'body', body, contentType: 'text/event-stream' });
  const events = await collect(generatorAt(subjectOf('google'), server.origin).generate(REQUEST));
  expect(events).toEqual([
    expect.objectContaining({ reason: 'other', note: 'Google refused the prompt (PROHIBITED_CONTENT).' }),
  ]);
});

test('a refusal that OpenAI writes in a field of its own is told', async () => {
  server = await startOpenaiServer();
  const chunk = (delta: object, end: string | null) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: end }] })}\n\n`;
  const body = `${chunk({ role: 'assistant', refusal: 'I cannot ' }, null)}${chunk({ refusal: 'help with that.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`;
  server.fail({ kind: 'body', body, contentType: 'text/event-stream' });
  const events = await collect(generatorAt(subjectOf('openai'), server.origin).generate(REQUEST));
  expect(events.at(-1)).toMatchObject({ reason: 'other', note: 'The model refused: I cannot help with that.' });
});

test('what a DeepSeek model thinks is no part of its answer', async () => {
  server = await startDeepseekServer({ thoughts: ['Hmm, ', 'forty-two?'] });
  const events = await collect(generatorAt(subjectOf('deepseek'), server.origin).generate(REQUEST));
  expect(textOf(events)).toBe('The answer is 42 [1].');
});

test('an account without credit is told so', async () => {
  server = await startDeepseekServer();
  server.fail({
    kind: 'status',
    status: 402,
    body: '{"error":{"message":"Insufficient Balance","type":"unknown_error"}}',
  });
  const { error } = await collectUntilError(generatorAt(subjectOf('deepseek'), server.origin).generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_AUTH', message: expect.stringContaining('for lack of credit (402)') });
});

test("headers of a server of one's own are sent, and their values never shown", async () => {
  const subject = subjectOf('lan');
  server = await subject.start();
  server.fail({ kind: 'status', status: 403, body: '{"error":{"message":"token tok-4711 is not allowed"}}' });
  const servers = { lan: { baseUrl: `${server.origin}/api/v1`, headers: { 'X-Token': 'tok-4711' } } };
  const generator = createGenerator(`lan/${subject.model}`, testSettings({ servers }));
  const { error } = await collectUntilError(generator.generate(REQUEST));
  expect(server.headers[0]).toMatchObject({ 'x-token': 'tok-4711' });
  expect(error).toMatchObject({ code: 'MODEL_AUTH', hint: expect.stringContaining('servers.lan.apiKeyEnv') });
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('tok-4711');
});

/** The response in pieces of one byte, with line ends as they are or with CR LF. */
async function inBytes(response: Response, lineEnd: string): Promise<Response> {
  const text = (await response.text()).replaceAll('\n', lineEnd);
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, ++at));
      else controller.close();
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

test.each(providersUnderTest.flatMap((subject) => ['\n', '\r\n'].map((lineEnd) => ({ ...subject, lineEnd }))))(
  '$provider: an answer that comes byte by byte with line ends $lineEnd is the same',
  async ({ lineEnd, ...subject }) => {
    const reply = ['Grüße, ', '東京 ', '👩‍🚀', ' [1].'];
    server = await subject.start({ reply });
    const generator = createGenerator(
      `${subject.provider}/${subject.model}`,
      testSettings({
        servers: accessTo(subject, server.origin, KEY),
        fetch: async (input, init) => inBytes(await fetch(input, init), lineEnd),
      }),
    );
    const events = await collect(generator.generate(REQUEST));
    expect(textOf(events)).toBe(reply.join(''));
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop', usage: { outputTokens: 4 } });
  },
);
