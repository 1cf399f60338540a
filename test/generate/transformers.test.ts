import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGenerator } from '../../src/generate/registry.ts';
import type { GenerateRequest } from '../../src/generate/types.ts';
import type { TransformersSettings } from '../../src/platform/transformers/model-source.ts';
import { workerEntry } from '../../src/platform/transformers/worker-entry.ts';
import { collect, collectUntilError, textOf } from '../contract/generator.ts';
import { startHubServer } from '../servers/hub-server.ts';
import { makeTinyLanguageModel, TEMPLATE_WITHOUT_SYSTEM } from '../support/make-tiny-language-model.ts';
import { testSettings } from './settings.ts';

const ANSWER = ['The ', 'answer ', 'is ', '42 ', '[1].'];
const REQUEST: GenerateRequest = { system: 'Be brief', messages: [{ role: 'user', content: 'What is the answer?' }] };

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ragstone-language-models-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function open(model: string, transformers: Partial<TransformersSettings> = {}, changes = {}) {
  const settings = {
    cacheFolder: join(root, 'cache'),
    endpoint: 'http://127.0.0.1:1',
    offline: true,
    ...transformers,
  };
  return createGenerator(`transformers/${model}`, testSettings({ transformers: settings, ...changes }));
}

function makeModel(name: string, options: Partial<Parameters<typeof makeTinyLanguageModel>[1]> = {}): string {
  const folder = join(root, name);
  makeTinyLanguageModel(folder, { answer: ANSWER, texts: ['what is the answer be brief'], ...options });
  return folder;
}

test('a model in a folder whose name has a space writes its answer piece by piece', async () => {
  const events = await collect(open(makeModel('my model')).generate(REQUEST));
  expect(events.slice(0, -1).map((event) => event.type === 'text-delta' && event.text)).toEqual(ANSWER);
  expect(events.at(-1)).toMatchObject({ reason: 'stop', usage: { outputTokens: 5 } });
});

test('a bound on the answer is kept, and told', async () => {
  const events = await collect(open(makeModel('bounded')).generate({ ...REQUEST, maxOutputTokens: 2 }));
  expect(textOf(events)).toBe('The answer ');
  expect(events.at(-1)).toMatchObject({ reason: 'length', usage: { outputTokens: 2 } });
});

test('the text of the system stands in the first turn where the chat template has no role for it', async () => {
  const withRole = await collect(open(makeModel('with role')).generate(REQUEST));
  const without = makeModel('without role', { chatTemplate: TEMPLATE_WITHOUT_SYSTEM });
  const events = await collect(open(without).generate(REQUEST));
  expect(textOf(events)).toBe(ANSWER.join(''));
  const tokensOf = (all: typeof events) => {
    const last = all.at(-1);
    return last?.type === 'finish' ? last.usage.inputTokens : 0;
  };
  // The role and the end of its turn are three tokens: "system", ":" and the mark.
  expect(tokensOf(withRole) - tokensOf(events)).toBe(3);
});

test('two answers of one model are written one after the other, each whole', async () => {
  const folder = makeModel('shared');
  const both = await Promise.all([
    collect(open(folder).generate(REQUEST)),
    collect(open(folder).generate({ ...REQUEST, maxOutputTokens: 3 })),
  ]);
  expect(both.map(textOf)).toEqual([ANSWER.join(''), 'The answer is ']);
});

test('a model that is silent is ended with its process, and can be asked again', async () => {
  const folder = makeModel('silent', { answer: [], ending: 'silence' });
  for (let time = 0; time < 2; time++) {
    const { error } = await collectUntilError(open(folder, {}, { firstByteTimeoutMs: 20 }).generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_TIMEOUT' });
  }
});

test('a model without a chat template is refused with one that has it', async () => {
  const { error } = await collectUntilError(open(makeModel('base', { chatTemplate: null })).generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_FAILED', hint: expect.stringContaining('Instruct') });
});

test('a model of the Hub is downloaded once, and offline it is taken from the cache', async () => {
  const folder = makeModel('on the hub');
  const hub = await startHubServer('owner/tiny', folder);
  const cacheFolder = join(root, 'hub cache');
  try {
    const online = { endpoint: hub.origin, offline: false, cacheFolder };
    expect(textOf(await collect(open('owner/tiny', online).generate(REQUEST)))).toBe(ANSWER.join(''));
  } finally {
    await hub.close();
  }
  const offline = { endpoint: hub.origin, offline: true, cacheFolder };
  expect(textOf(await collect(open('owner/tiny', offline).generate(REQUEST)))).toBe(ANSWER.join(''));
});

test('what is neither a folder nor a name of the Hub is refused before a process is started', async () => {
  const { error } = await collectUntilError(open('./no/such/folder').generate(REQUEST));
  expect(error).toMatchObject({ code: 'MODEL_NOT_FOUND', message: expect.stringContaining('there is no folder') });
});

test('without the library the error holds the command that installs it', async () => {
  const elsewhere = join(root, 'elsewhere');
  cpSync(fileURLToPath(new URL('.', workerEntry('generate-worker'))), elsewhere, {
    recursive: true,
    filter: (path) => !path.endsWith('.bin'),
  });
  writeFileSync(join(elsewhere, 'package.json'), '{"type":"module"}');
  // An empty folder hides a library that may be installed further up.
  mkdirSync(join(elsewhere, 'node_modules', '@huggingface', 'transformers'), { recursive: true });
  const entry = pathToFileURL(join(elsewhere, 'generate-worker.js'));
  expect(existsSync(entry)).toBe(true);
  const { error } = await collectUntilError(open(makeModel('no library'), { workerEntry: entry }).generate(REQUEST));
  expect(error).toMatchObject({
    code: 'MODEL_NOT_FOUND',
    hint: expect.stringMatching(/`npm install --ignore-scripts (--no-save )?@huggingface\/transformers@4`/),
  });
});
