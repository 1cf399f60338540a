import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { workerEntry as builtWorker } from '../../src/platform/transformers/worker-entry.ts';
import { createReranker } from '../../src/rerank/registry.ts';
import type { Reranker, RerankerSettings } from '../../src/rerank/types.ts';
import { describeReranker } from '../contract/reranker.ts';
import { startHubServer } from '../servers/hub-server.ts';
import { makeTinyCrossEncoder } from '../support/make-tiny-cross-encoder.ts';
import { testSettings } from './settings.ts';

const TEXTS = [
  'The canteen is closed on Sundays. Leave is asked for in writing. x',
  'Each parent may take 26 weeks of parental leave.',
];
const QUERY = 'parental leave weeks';
const PASSAGES = ['canteen', '26 weeks of parental leave', 'leave'];
/** Words weigh their letters: 8 * 5/18 - 4 for "leave" alone. */
const SCORES = [-4, 4, (8 * 5) / 18 - 4];

const root = mkdtempSync(join(tmpdir(), 'ragstone-rerank-'));
const folder = join(root, 'tiny');
const opened: Reranker[] = [];

beforeAll(() => makeTinyCrossEncoder(folder, { texts: TEXTS }));
afterEach(() => {
  for (const reranker of opened.splice(0)) reranker.close?.();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function open(model: string, changes: Partial<RerankerSettings['transformers']> = {}): Reranker {
  const transformers = { cacheFolder: join(root, 'cache'), endpoint: 'http://127.0.0.1:1', offline: true, ...changes };
  const reranker = createReranker(`transformers/${model}`, testSettings({ transformers }));
  opened.push(reranker);
  return reranker;
}

const ask = (reranker: Reranker, passages: readonly string[] = PASSAGES) => reranker.rerank({ query: QUERY, passages });

/** A folder like the tiny model's, changed. */
function changed(name: string, change: (copy: string) => void): string {
  const copy = join(root, name);
  cpSync(folder, copy, { recursive: true });
  change(copy);
  return copy;
}

const close = (expected: readonly number[]) => expected.map((score) => expect.closeTo(score, 4));

describeReranker({ name: 'transformers', create: async () => ({ reranker: open(folder), dispose: () => {} }) });

test('scores are the logits of query and passage read together', async () => {
  expect(await ask(open(folder))).toEqual(close(SCORES));
});

test('of two classes the score is the second less the first', async () => {
  const two = join(root, 'two');
  makeTinyCrossEncoder(two, { texts: TEXTS, classes: 2 });
  expect(await ask(open(two))).toEqual(close(SCORES));
});

test('three classes are no reranker', async () => {
  const three = join(root, 'three');
  makeTinyCrossEncoder(three, { texts: TEXTS, classes: 3 });
  await expect(ask(open(three))).rejects.toMatchObject({
    code: 'MODEL_FAILED',
    message: expect.stringContaining('[3, 3]'),
  });
});

test('batches give the same scores as passages one by one, in the order of the passages', async () => {
  const words = TEXTS.join(' ').split(' ');
  const passages = Array.from({ length: 37 }, (_, i) => words.slice(i % 13, (i % 13) + 1 + (i % 5)).join(' '));
  const reranker = open(folder);
  const all = await ask(reranker, passages);
  for (const [i, passage] of passages.entries()) expect(await ask(reranker, [passage])).toEqual(close([all[i]!]));
});

test('a passage is cut to what the model takes: words behind that do not count, the query always does', async () => {
  const reranker = open(folder);
  const long = 'canteen '.repeat(200);
  const [front, back] = await ask(reranker, [`parental leave weeks ${long}`, `${long} parental leave weeks`]);
  expect([front, back]).toEqual(close([4, -4]));
  const [asked] = await reranker.rerank({ query: `${QUERY} ${'canteen '.repeat(200)}`, passages: [QUERY] });
  expect(asked).toBeGreaterThan(-4);
});

test('the quantized form and files beside config.json are found', async () => {
  const quantized = changed('quantized', (copy) =>
    renameSync(join(copy, 'onnx', 'model.onnx'), join(copy, 'onnx', 'model_quantized.onnx')),
  );
  const flat = changed('flat', (copy) => renameSync(join(copy, 'onnx', 'model.onnx'), join(copy, 'model.onnx')));
  expect(await ask(open(quantized))).toEqual(close(SCORES));
  expect(await ask(open(flat))).toEqual(close(SCORES));
});

test.each<[string, (copy: string) => void, string, RegExp]>([
  ['config.json', (copy) => rmSync(join(copy, 'config.json')), 'MODEL_NOT_FOUND', /no config\.json/],
  ['tokenizer.json', (copy) => rmSync(join(copy, 'tokenizer.json')), 'MODEL_FAILED', /no tokenizer\.json/],
  ['onnx', (copy) => rmSync(join(copy, 'onnx'), { recursive: true }), 'MODEL_FAILED', /none of onnx\/model_quantized/],
])('a folder without %s says so', async (name, remove, code, message) => {
  const copy = changed(`without-${name}`, remove);
  await expect(ask(open(copy))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test('a damaged model is an error of its own process, and a mended folder works in the next call', async () => {
  const copy = changed('damaged', (each) => writeFileSync(join(each, 'onnx', 'model.onnx'), 'not a model'));
  const reranker = open(copy);
  await expect(ask(reranker)).rejects.toMatchObject({ code: 'MODEL_FAILED', hint: expect.any(String) });
  copyFileSync(join(folder, 'onnx', 'model.onnx'), join(copy, 'onnx', 'model.onnx'));
  expect(await ask(reranker)).toEqual(close(SCORES));
});

test('a folder that is not there is told without a process', async () => {
  await expect(ask(open('./no/such/folder'))).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: expect.stringContaining('there is no folder'),
  });
});

test('a model of the Hub comes from HF_ENDPOINT once, then from the cache, offline too', async () => {
  const hub = await startHubServer('owner/tiny', folder);
  try {
    const cacheFolder = join(root, 'hub-cache');
    expect(await ask(open('owner/tiny', { endpoint: hub.origin, offline: false, cacheFolder }))).toEqual(close(SCORES));
    expect(hub.paths).toContain('/owner/tiny/resolve/main/onnx/model.onnx');
    const asked = hub.paths.length;
    expect(await ask(open('owner/tiny', { endpoint: hub.origin, offline: true, cacheFolder }))).toEqual(close(SCORES));
    expect(hub.paths).toHaveLength(asked);
    await expect(ask(open('owner/other', { endpoint: hub.origin, offline: false, cacheFolder }))).rejects.toMatchObject(
      {
        code: 'MODEL_NOT_FOUND',
        message: expect.stringContaining(hub.origin),
      },
    );
  } finally {
    await hub.close();
  }
});

test('offline without the model in the cache downloads nothing and says so', async () => {
  await expect(ask(open('owner/tiny', { cacheFolder: join(root, 'empty') }))).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: expect.stringContaining('offline'),
    hint: expect.stringContaining('--offline'),
  });
});

test('a Hub that does not answer is MODEL_UNREACHABLE', async () => {
  await expect(ask(open('owner/tiny', { offline: false, cacheFolder: join(root, 'none') }))).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    hint: expect.stringContaining('HF_ENDPOINT'),
  });
});

test('without the library the error holds the command that installs it', async () => {
  const elsewhere = join(root, 'elsewhere');
  const built = fileURLToPath(new URL('.', builtWorker('rerank-worker')));
  mkdirSync(elsewhere);
  cpSync(built, elsewhere, { recursive: true, filter: (path) => !path.endsWith('.bin') });
  writeFileSync(join(elsewhere, 'package.json'), '{"type":"module"}');
  // An empty folder hides a library that may be installed further up.
  mkdirSync(join(elsewhere, 'node_modules', '@huggingface', 'transformers'), { recursive: true });
  const workerEntry = pathToFileURL(join(elsewhere, 'rerank-worker.js'));
  expect(existsSync(workerEntry)).toBe(true);
  await expect(ask(open(folder, { workerEntry }))).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: expect.stringContaining('not installed'),
    hint: expect.stringMatching(/`npm install --ignore-scripts (--no-save )?@huggingface\/transformers@4`/),
  });
});
