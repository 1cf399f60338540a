import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEmbedder } from '../../src/embed/registry.ts';
import type { Embedder, EmbedderSettings } from '../../src/embed/types.ts';
import { describeEmbedder } from '../contract/embedder.ts';
import { startHubServer } from '../servers/hub-server.ts';
import { makeTinyEmbedder } from '../support/make-tiny-embedder.ts';
import { testSettings } from './settings.ts';

const TEXTS = [
  'query: passage: Represent this sentence for searching relevant passages:',
  'How many days of holiday do I have? Vacation days per year. The engine needs new spark plugs',
];
const root = mkdtempSync(join(tmpdir(), 'ragstone-embed-'));
const folder = join(root, 'tiny');
const opened: Embedder[] = [];

beforeAll(() => makeTinyEmbedder(folder, { texts: TEXTS, synonyms: [['vacation', 'holiday']] }));
afterEach(() => {
  for (const embedder of opened.splice(0)) embedder.close?.();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function open(
  model: string,
  changes: Partial<EmbedderSettings['transformers']> & Pick<EmbedderSettings, 'knownSpace'> = {},
): Embedder {
  const { knownSpace, ...rest } = changes;
  const transformers = { cacheFolder: join(root, 'cache'), endpoint: 'http://127.0.0.1:1', offline: true, ...rest };
  const embedder = createEmbedder(`transformers/${model}`, testSettings({ transformers, knownSpace }));
  opened.push(embedder);
  return embedder;
}

/** A model like the tiny one in a folder of another name, with files beside it. */
function model(name: string, files: Readonly<Record<string, object>> = {}): string {
  const copy = join(root, name);
  cpSync(folder, copy, { recursive: true });
  for (const [file, value] of Object.entries(files)) {
    mkdirSync(join(copy, file, '..'), { recursive: true });
    writeFileSync(join(copy, file), JSON.stringify(value));
  }
  return copy;
}

const cosine = (a: Float32Array | null | undefined, b: Float32Array | null | undefined): number =>
  (a ?? new Float32Array()).reduce((sum, value, i) => sum + value * (b?.[i] ?? 0), 0);

describeEmbedder({
  name: 'transformers',
  create: () => open(folder),
  texts: ['How many days of holiday do I have?', 'Vacation days per year', 'The engine needs new spark plugs'],
});

test('words that mean the same have the same vector, which no hash of them has', async () => {
  const embedder = open(folder);
  const [holiday, vacation, engine] = await embedder.embedPassages(['holiday', 'vacation', 'engine']);
  expect(cosine(holiday, vacation)).toBeCloseTo(1, 4);
  expect(cosine(holiday, engine)).toBeLessThan(0.7);
});

test('a folder is known by its absolute path, however it is named', () => {
  const space = { provider: 'transformers', model: folder, dimensions: 0 };
  expect(open(folder).space).toEqual(space);
  expect(open(relative(process.cwd(), folder)).space).toEqual(space);
});

test('dimensions come from the model, or from the database without loading anything', async () => {
  const space = { provider: 'transformers', model: folder, dimensions: 32 };
  expect(await open(folder).prepare?.()).toEqual(space);
  const knowing = open(folder, { knownSpace: space, workerEntry: new URL('file:///nowhere/worker.js') });
  expect(await knowing.prepare?.()).toEqual(space);
});

test('fewer dimensions are the beginning of the vector, of length 1 again', async () => {
  const [whole] = await open(folder).embedPassages(['holiday days']);
  const short = open(`${folder}@8`);
  const [vector] = await short.embedPassages(['holiday days']);
  expect(vector).toHaveLength(8);
  expect(cosine(vector, vector)).toBeCloseTo(1, 5);
  expect(cosine(vector, whole?.slice(0, 8))).toBeCloseTo(Math.hypot(...(whole?.slice(0, 8) ?? [])), 4);
  expect(short.space.model).toBe(`${folder}@8`);
});

test('what stands before questions and passages is that of the family, by the name of the folder', async () => {
  const e5 = open(model('multilingual-e5-small'));
  const plain = open(folder);
  expect(cosine(await e5.embedQuery('holiday'), await plain.embedQuery('query: holiday'))).toBeCloseTo(1, 4);
  const [passage] = await e5.embedPassages(['holiday']);
  const [said] = await plain.embedPassages(['passage: holiday']);
  expect(cosine(passage, said)).toBeCloseTo(1, 4);
  expect(cosine(passage, await e5.embedQuery('holiday'))).toBeLessThan(0.999);
});

test("the model's own prompts go before those of its name", async () => {
  const own = open(
    model('own/multilingual-e5-small', {
      'config_sentence_transformers.json': { prompts: { query: 'engine ', document: 'spark ' } },
    }),
  );
  const plain = open(folder);
  expect(cosine(await own.embedQuery('holiday'), await plain.embedQuery('engine holiday'))).toBeCloseTo(1, 4);
  const [passage] = await own.embedPassages(['holiday']);
  expect(cosine(passage, await plain.embedQuery('spark holiday'))).toBeCloseTo(1, 4);
});

test.each<[string, object]>([
  ['last', { pooling_mode_lasttoken: true }],
  ['first', { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false }],
])('pooling of the %s token is taken from 1_Pooling/config.json', async (name, config) => {
  const pooled = open(model(`pooled-${name}`, { '1_Pooling/config.json': config }));
  // The first and the last token are special ones, which are the same for every text.
  const [one, other] = await pooled.embedPassages(['holiday', 'engine plugs']);
  expect(cosine(one, other)).toBeCloseTo(1, 5);
});

test('a pooling that is not known is refused, and told', async () => {
  const odd = open(model('odd', { '1_Pooling/config.json': { pooling_mode_max_tokens: true } }));
  await expect(odd.embedQuery('holiday')).rejects.toMatchObject({
    code: 'MODEL_FAILED',
    message: expect.stringContaining('1_Pooling'),
  });
});

test('a model that does the pooling itself is taken at its word', async () => {
  const whole = join(root, 'whole');
  makeTinyEmbedder(whole, { texts: TEXTS, synonyms: [['vacation', 'holiday']], output: 'sentence_embedding' });
  const texts = ['holiday days', 'engine'];
  const [own, ours] = [await open(whole).embedPassages(texts), await open(folder).embedPassages(texts)];
  own.forEach((vector, i) => {
    expect(cosine(vector, ours[i])).toBeCloseTo(1, 4);
  });
});

test('a text is cut at what the model takes, or what its files say, and that is counted', async () => {
  const embedder = open(folder);
  const [cut, fits] = await embedder.embedPassages([`${'holiday '.repeat(62)}${'engine '.repeat(100)}`, 'holiday']);
  expect(cosine(cut, fits)).toBeGreaterThan(0.99);
  expect(embedder.cutTexts).toBe(1);
  const short = open(model('short', { 'sentence_bert_config.json': { max_seq_length: 8 } }));
  const [start] = await short.embedPassages(['holiday holiday holiday holiday holiday holiday engine engine engine']);
  expect(cosine(start, fits)).toBeGreaterThan(0.99);
  expect(short.cutTexts).toBe(1);
});

test('many texts come in order, whatever their lengths', async () => {
  const words = TEXTS.join(' ').match(/\w+/g) as string[];
  const texts = Array.from({ length: 53 }, (_, i) => words.slice(i % 11, (i % 11) + 1 + (i % 7)).join(' '));
  const embedder = open(folder);
  const all = await embedder.embedPassages(texts);
  for (const i of [0, 7, 26, 52])
    expect(cosine(all[i], (await embedder.embedPassages([texts[i] as string]))[0])).toBeCloseTo(1, 4);
});

test('a model of the Hub comes with the files that say how it is used, once, and then from the cache', async () => {
  const source = model('hub', { '1_Pooling/config.json': { pooling_mode_cls_token: true } });
  const hub = await startHubServer('owner/tiny', source);
  try {
    const cacheFolder = join(root, 'hub-cache');
    const asking = open('owner/tiny', { endpoint: hub.origin, offline: false, cacheFolder });
    const [one, other] = await asking.embedPassages(['holiday', 'engine plugs']);
    expect(cosine(one, other)).toBeCloseTo(1, 5);
    expect(hub.paths).toContain('/owner/tiny/resolve/main/1_Pooling/config.json');
    const asked = hub.paths.length;
    const [again] = await open('owner/tiny', { endpoint: hub.origin, offline: true, cacheFolder }).embedPassages([
      'days',
    ]);
    expect(cosine(one, again)).toBeCloseTo(1, 5);
    expect(hub.paths).toHaveLength(asked);
  } finally {
    await hub.close();
  }
});

test('a model that only the database names is not downloaded', async () => {
  const hub = await startHubServer('owner/tiny', folder);
  try {
    const settings = { endpoint: hub.origin, offline: false, isAskedFor: false, cacheFolder: join(root, 'empty') };
    await expect(open('owner/tiny', settings).embedQuery('holiday')).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      hint: expect.stringContaining('rag models pull transformers/owner/tiny'),
    });
    expect(hub.paths).toEqual([]);
  } finally {
    await hub.close();
  }
});

test('a folder that is not there, a damaged model and one that is for something else are told', async () => {
  await expect(open('./no/such/folder').embedQuery('holiday')).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: expect.stringContaining('there is no folder'),
  });
  const damaged = model('damaged');
  writeFileSync(join(damaged, 'onnx', 'model.onnx'), 'not a model');
  await expect(open(damaged).prepare?.()).rejects.toMatchObject({ code: 'MODEL_FAILED' });
});

test('a model that was replaced by one with other dimensions is another space', async () => {
  const knownSpace = { provider: 'transformers', model: folder, dimensions: 16 };
  await expect(open(folder, { knownSpace }).embedQuery('holiday')).rejects.toMatchObject({ code: 'SPACE_MISMATCH' });
});

test('a signal is heeded while the model is at work', async () => {
  const controller = new AbortController();
  const embedding = open(folder).embedPassages(['holiday', 'engine'], controller.signal);
  controller.abort();
  await expect(embedding).rejects.toMatchObject({ code: 'ABORTED' });
});
