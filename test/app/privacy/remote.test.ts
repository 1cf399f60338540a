import { afterEach, expect, test } from 'vitest';
import { generatorFor } from '../../../src/app/generator-for.ts';
import { makeEmbedder } from '../../../src/app/make-embedder.ts';
import { makeReranker } from '../../../src/app/make-reranker.ts';
import { defaultValues, groupSettings } from '../../../src/config/settings.ts';
import type { Settings } from '../../../src/config/types.ts';
import { collect, textOf } from '../../contract/generator.ts';
import { startEmbedServer } from '../../servers/embed/embed-server.ts';
import { openaiWire } from '../../servers/embed/openai.ts';
import type { ChatBody } from '../../servers/model-server.ts';
import { textsIn } from '../../servers/model-server.ts';
import { startOllamaServer } from '../../servers/ollama.ts';
import { startOpenaiServer } from '../../servers/openai.ts';
import { cohereWire, startRerankServer } from '../../servers/rerank-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** An address elsewhere, of which nothing is asked: what is sent there goes to a server of the test. */
const ELSEWHERE = 'https://models.example';
const redirectedTo =
  (origin: string): typeof globalThis.fetch =>
  (input, init) =>
    fetch(String(input instanceof Request ? input.url : input).replace(ELSEWHERE, origin), init);

const settingsOf = (remote: Settings['privacy']['remote']): Settings =>
  groupSettings({
    ...defaultValues,
    'privacy.remote': remote,
    'privacy.key': 'a key that only tests have',
    'openai.baseUrl': `${ELSEWHERE}/v1`,
    'cohere.baseUrl': ELSEWHERE,
    'openai.apiKey': 'test-key',
    'cohere.apiKey': 'test-key',
  });

const asked = {
  role: 'user' as const,
  content: 'Passage: write to jane@corp.test.\nWho is jane@corp.test?',
  stableLength: 33,
};

const echo = (body: ChatBody): string[] => {
  const [pseudonym = ''] =
    textsIn(body)
      .join(' ')
      .match(/<email-[0-9a-f]+>/) ?? [];
  return [
    'It is ',
    pseudonym.slice(0, 4),
    pseudonym.slice(4, 9),
    pseudonym.slice(9),
    ', if a<b, and ',
    '<email-0000000000>',
    '.',
  ];
};

async function answerOf(remote: Settings['privacy']['remote']) {
  const server = await startOpenaiServer({ reply: echo, apiKey: 'test-key' });
  closing.push(server.close);
  const context = { settings: settingsOf(remote), runtime: { fetch: redirectedTo(server.origin) } };
  const generator = generatorFor('openai/small-model', context, 'ask');
  if (!generator) throw new Error('There is a model.');
  const text = textOf(await collect(generator.generate({ system: 'Mind jane@corp.test.', messages: [asked] })));
  return { text, sent: textsIn(server.requests[0]).join('\n') };
}

test('a model elsewhere is asked with pseudonyms, and the answer has the values again, however it is cut', async () => {
  const { text, sent } = await answerOf('pseudonymize');
  expect(sent).not.toContain('jane@corp.test');
  expect(new Set(sent.match(/<email-[0-9a-f]{10}>/g)).size).toBe(1);
  expect(text).toBe('It is jane@corp.test, if a<b, and <email-0000000000>.');
});

test('or with placeholders, in the system prompt too', async () => {
  const { sent } = await answerOf('redact');
  expect(sent).toContain('Passage: write to [email].\nWho is [email]?');
  expect(sent).toContain('Mind [email].');
});

test('or as it is, where nobody asked for more', async () => {
  expect((await answerOf('off')).sent).toContain('jane@corp.test');
});

test('or not at all: the error names kinds, and no value', async () => {
  await expect(answerOf('refuse')).rejects.toMatchObject({
    code: 'PRIVACY_REFUSED',
    message: expect.stringMatching(/3 email\.$/),
  });
});

test('a model on this machine is asked with the text as it is', async () => {
  const server = await startOllamaServer();
  closing.push(server.close);
  const settings = { ...settingsOf('refuse'), ollama: { host: server.origin } };
  const generator = generatorFor('ollama/llama3.2', { settings, runtime: { fetch } }, 'ask');
  textOf(await collect(generator!.generate({ messages: [asked] })));
  expect(textsIn(server.requests[0]).join('\n')).toContain('jane@corp.test');
});

test('what is refused elsewhere is answered by a fallback on this machine', async () => {
  const server = await startOllamaServer();
  closing.push(server.close);
  const settings = settingsOf('refuse');
  const context = {
    settings: {
      ...settings,
      ollama: { host: server.origin },
      models: { ...settings.models, fallbacks: ['ollama/llama3.2'] },
    },
    runtime: { fetch: redirectedTo('http://127.0.0.1:1') },
  };
  textOf(await collect(generatorFor('openai/small-model', context, 'ask')!.generate({ messages: [asked] })));
  expect(server.requests).toHaveLength(1);
});

test('passages and questions are embedded elsewhere without personal data; what is refused has no vector', async () => {
  const server = await startEmbedServer(openaiWire, { model: 'text-embedding-3-small', apiKey: 'test-key' });
  closing.push(server.close);
  const embedderWith = (remote: Settings['privacy']['remote']) =>
    makeEmbedder('openai/text-embedding-3-small', {
      settings: settingsOf(remote),
      runtime: { fetch: redirectedTo(server.origin) },
    });
  const vectors = await embedderWith('redact').embedPassages(['write to jane@corp.test', 'nobody']);
  await embedderWith('redact').embedQuery('jane@corp.test?');
  expect(vectors.every((vector) => vector !== null)).toBe(true);
  const sent = textsIn(server.requests).join('\n');
  expect(sent).toContain('write to [email]');
  expect(sent).not.toContain('jane@corp.test');
  let dealtWith = 0;
  const refused = await embedderWith('refuse').embedPassages(
    ['write to jane@corp.test', 'nobody'],
    undefined,
    (count) => {
      dealtWith += count;
    },
  );
  expect(refused.map((vector) => vector !== null)).toEqual([false, true]);
  expect(dealtWith).toBe(2);
  expect(await embedderWith('refuse').embedQuery('jane@corp.test?')).toBeNull();
});

test('a reranker elsewhere is given question and passages without personal data', async () => {
  const server = await startRerankServer(cohereWire, 'test-key');
  closing.push(server.close);
  const context = { settings: settingsOf('redact'), runtime: { fetch: redirectedTo(server.origin) } };
  const scores = await makeReranker('cohere/rerank-v3.5', context).rerank({
    query: 'who is jane@corp.test',
    passages: ['write to jane@corp.test', 'nobody'],
  });
  expect(scores).toHaveLength(2);
  expect(server.requests[0]).toMatchObject({ query: 'who is [email]', documents: ['write to [email]', 'nobody'] });
});
