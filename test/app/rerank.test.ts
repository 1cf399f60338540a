import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/app/evaluate/configuration.ts';
import { evaluate } from '../../src/app/evaluate/evaluate.ts';
import { questionSetOf } from '../../src/app/evaluate/read-question-set.ts';
import type { KnowledgeBase, SearchOptions } from '../../src/app/types.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { Settings } from '../../src/config/types.ts';
import { rankByPrompt } from '../rerank/rank-by-prompt.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { cohereWire, jinaWire, type RerankServer, startRerankServer } from '../servers/rerank-server.ts';
import { makeTinyCrossEncoder } from '../support/make-tiny-cross-encoder.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const FILES = {
  'travel.md': '# Travel\n\nTravel travel travel. The budget of travel is in the travel plan.',
  'abroad.md': '# Journeys\n\nThe head of department approves who travels abroad, and approves travel there.',
  'canteen.md': '# Canteen\n\nThe canteen is closed when all travel.',
  'garden.md': '# Garden\n\nTrees.',
};
const QUERY = 'travel';
const COHERE = 'cohere/rerank-v3.5';
const KEY = 'co-key-of-the-test';

let server: RerankServer;
let folder: string;
beforeEach(async () => {
  folder = temporaryFolder(FILES).path;
  server = await startRerankServer(cohereWire, KEY);
});
afterEach(() => server.close());

type Changes = { readonly [Group in keyof Settings]?: Partial<Settings[Group]> };

async function open(changes: Changes = {}): Promise<KnowledgeBase> {
  const cohere = { baseUrl: server.origin, apiKey: KEY };
  const settings = {
    ...defaultSettings,
    cohere,
    ...changes,
    rerank: { ...defaultSettings.rerank, ...changes.rerank },
  } as Settings;
  const knowledgeBase = await openTemporary({ settings });
  await finish(knowledgeBase.add(folder));
  return knowledgeBase;
}

const searching = async (knowledgeBase: KnowledgeBase, options: SearchOptions = {}, query = QUERY) => {
  const result = await knowledgeBase.search(query, { mode: 'lexical', ...options });
  return { ...result, paths: result.hits.map(({ path }) => path) };
};

/** What the fake services and models answer: the passages in reverse. */
const reversed = (count: number) => ({
  kind: 'body' as const,
  contentType: 'application/json',
  body: JSON.stringify({
    results: Array.from({ length: count }, (_, index) => ({ index, relevance_score: index / count })),
  }),
});

test('the order of hits is that of the reranker, and each says its rank and score there', async () => {
  const knowledgeBase = await open();
  const plain = await searching(knowledgeBase);
  expect(plain.paths).toHaveLength(3);
  server.fail(reversed(3));
  const { paths, hits, explanation, notes } = await searching(knowledgeBase, { rerank: COHERE });
  expect(paths).toEqual([...plain.paths].reverse());
  expect(hits.map(({ signals }) => signals.find(({ list }) => list === 'rerank'))).toEqual([
    { list: 'rerank', rank: 1, raw: 2 / 3 },
    { list: 'rerank', rank: 2, raw: 1 / 3 },
    { list: 'rerank', rank: 3, raw: 0 },
  ]);
  expect(hits.map(({ score }) => score)).toEqual([1, 0.5, 0]);
  expect(explanation.legs.at(-1)).toMatchObject({ list: 'rerank', candidates: 3 });
  expect(explanation.fusion).toContain('; the best 3 reranked: score = (raw - 0.000) / 0.667');
  expect(notes).toEqual([]);
});

test('the setting reranks every search; none leaves one out; other candidates follow in their order', async () => {
  const knowledgeBase = await open({ rerank: { model: COHERE, candidates: 2 } });
  const plain = await searching(knowledgeBase, { rerank: 'none' });
  expect(server.requests).toHaveLength(0);
  server.fail(reversed(2));
  const { paths, hits } = await searching(knowledgeBase);
  expect(server.requests[0]?.documents).toHaveLength(2);
  expect(paths).toEqual([plain.paths[1], plain.paths[0], plain.paths[2]]);
  expect(hits[2]?.score).toBe(plain.hits[2]?.score);
  expect(hits[1]?.score).toBe(hits[2]?.score);
});

test('conditions and words to leave out do not reach the reranker as part of the question', async () => {
  const knowledgeBase = await open();
  await searching(knowledgeBase, { rerank: COHERE }, 'travel abroad -canteen type:md');
  expect(server.requests[0]?.query).toBe('travel abroad');
});

test('a budget that is not kept ends the request, keeps the order and says so', async () => {
  const knowledgeBase = await open();
  const plain = await searching(knowledgeBase);
  server.fail({ kind: 'silent' });
  const { paths, notes, hits } = await searching(knowledgeBase, { rerank: COHERE, budgetMs: 30 });
  expect(paths).toEqual(plain.paths);
  expect(notes).toEqual([expect.stringMatching(/stopped after \d+ ms, its budget being 30 ms/)]);
  expect(hits.flatMap(({ signals }) => signals).filter(({ list }) => list === 'rerank')).toEqual([]);
  await server.idle();
  // A busy machine may spend the budget before the request is out.
  expect(server.requests.length).toBeLessThanOrEqual(1);
});

test('a budget covers the waits between attempts', async () => {
  const knowledgeBase = await open();
  server.fail({ kind: 'status', status: 429, headers: { 'retry-after': '15' } });
  const { notes } = await searching(knowledgeBase, { rerank: COHERE, budgetMs: 50 });
  expect(notes).toEqual([expect.stringContaining('its budget being 50 ms')]);
  expect(server.requests.length).toBeLessThanOrEqual(1);
});

test('a fault of the service keeps the order, and the note has its reason and no key', async () => {
  const knowledgeBase = await open({ cohere: { baseUrl: server.origin, apiKey: 'wrong-key-4711' } });
  const plain = await searching(knowledgeBase);
  const { paths, notes } = await searching(knowledgeBase, { rerank: COHERE });
  expect(paths).toEqual(plain.paths);
  expect(notes).toEqual([expect.stringMatching(/failed after \d+ ms, .* \(401\).*\. Check .* COHERE_API_KEY/)]);
  expect(notes.join()).not.toContain('4711');
});

test('offline, a service is not asked, one on this machine is', async () => {
  const away = await open({ offline: true as never, cohere: { baseUrl: 'https://rerank.invalid', apiKey: KEY } });
  expect((await searching(away, { rerank: COHERE })).notes).toEqual([
    expect.stringContaining('not asked while offline'),
  ]);
  const llm = await searching(away, { rerank: 'llm/openai/gpt' });
  expect(llm.notes).toEqual([expect.stringContaining('not asked while offline')]);
  const here = await open({ offline: true as never });
  expect((await searching(here, { rerank: COHERE })).notes).toEqual([]);
  expect(server.requests).toHaveLength(1);
});

test('a name that is no reranker is an error, a budget without one is noted', async () => {
  const knowledgeBase = await open();
  for (const rerank of ['nobody/x', 'llm/nobody/x', 'llm/none', 'cohere'])
    await expect(searching(knowledgeBase, { rerank })).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
  expect((await searching(knowledgeBase, { budgetMs: 500 })).notes).toEqual([expect.stringContaining('--rerank')]);
  for (const budgetMs of [0, -1, Number.NaN])
    await expect(searching(knowledgeBase, { budgetMs })).rejects.toMatchObject({ code: 'USAGE' });
});

test('a result with the order that a reranker made, or failed to, is not kept', async () => {
  const knowledgeBase = await open({ rerank: { model: COHERE } });
  server.fail({ kind: 'status', status: 500 }, { kind: 'status', status: 500 }, { kind: 'status', status: 500 });
  await open();
  const first = await searching(knowledgeBase, { cache: true, rerank: COHERE, budgetMs: 20 });
  expect(first.notes).toHaveLength(1);
  const late = await searching(knowledgeBase, { cache: true });
  expect(late.notes.join()).not.toContain('budget');
  const asked = server.requests.length;
  await searching(knowledgeBase, { cache: true });
  expect(server.requests.length).toBe(asked + 1);
});

test('a search whose signal fires is ABORTED', async () => {
  const knowledgeBase = await open();
  server.fail({ kind: 'silent' });
  const controller = new AbortController();
  const asked = server.asked();
  const answer = searching(knowledgeBase, { rerank: COHERE, signal: controller.signal, budgetMs: 60_000 });
  await asked;
  controller.abort();
  await expect(answer).rejects.toMatchObject({ code: 'ABORTED' });
  await server.idle();
});

test('ask draws on the reranked passages', async () => {
  const knowledgeBase = await open();
  const events = [];
  for await (const event of knowledgeBase.ask('who approves travel abroad?', { rerank: COHERE, mode: 'lexical' }))
    events.push(event);
  const found = events.find((event) => event.type === 'search-end');
  expect(found?.type === 'search-end' && found.result.hits[0]?.path).toBe('abroad.md');
  expect(server.requests).toHaveLength(1);
});

test('a language model reranks through the servers that write answers', async () => {
  const model = await startOpenaiServer({
    reply: ({ messages }) => [rankByPrompt({ messages: messages.map(({ content }) => ({ role: 'user', content })) })],
  });
  try {
    const knowledgeBase = await open({ openai: { baseUrl: `${model.origin}/v1`, apiKey: undefined } });
    const { paths, notes } = await searching(
      knowledgeBase,
      { rerank: 'llm/openai/small-model' },
      'travels abroad travel',
    );
    expect(notes).toEqual([]);
    expect(paths[0]).toBe('abroad.md');
    expect(model.requests).toHaveLength(1);
  } finally {
    await model.close();
  }
});

test("a server of one's own with the interface of Jina needs no key", async () => {
  const own = await startRerankServer(jinaWire);
  try {
    const knowledgeBase = await open({ jina: { baseUrl: `${own.origin}/v1`, apiKey: undefined } });
    const name = 'jina/jina-reranker-v2-base-multilingual';
    expect((await searching(knowledgeBase, { rerank: name })).notes).toEqual([]);
    expect(own.headers[0]?.authorization).toBeUndefined();
  } finally {
    await own.close();
  }
});

describe('a cross-encoder in a folder', () => {
  const makeModel = () => {
    const model = join(temporaryFolder().path, 'tiny');
    makeTinyCrossEncoder(model, { texts: Object.values(FILES) });
    return `transformers/${model}`;
  };

  test('reorders hits by reading query and passage together', async () => {
    const knowledgeBase = await open();
    const query = 'travel approves department';
    const plain = await searching(knowledgeBase, { limit: 3 }, query);
    const { paths, hits, notes } = await searching(knowledgeBase, { rerank: makeModel(), limit: 3 }, query);
    expect(notes).toEqual([]);
    expect(paths[0]).toBe('abroad.md');
    expect([...paths].sort()).toEqual([...plain.paths].sort());
    expect(hits[0]?.signals.at(-1)).toEqual({ list: 'rerank', rank: 1, raw: expect.closeTo(4, 3) });
  });

  test('falls back within a budget that loading alone exceeds, and is warm for a later search', async () => {
    const knowledgeBase = await open();
    const rerank = makeModel();
    const cold = await searching(knowledgeBase, { rerank, budgetMs: 1 });
    expect(cold.notes).toEqual([expect.stringContaining('its budget being 1 ms')]);
    expect((await searching(knowledgeBase, { rerank })).notes).toEqual([]);
  });
});

test('a configuration of rag eval may rerank, and is not measured by an order that no reranker made', async () => {
  const knowledgeBase = await open();
  const question = { id: '1', text: 'travels travel', kind: null, passages: [], answer: null, isUnanswerable: false };
  const set = questionSetOf(knowledgeBase, 'x', [{ ...question, relevant: ['abroad.md'] }]);
  const reranked = parseConfiguration(`r:mode=lexical,rerank=${COHERE}`);
  const { runs } = await evaluate(knowledgeBase, set, [reranked]);
  expect(runs[0]?.measures[0]?.mrr).toBe(1);
  expect(server.requests.length).toBeGreaterThan(0);
  const broken = await open({ cohere: { baseUrl: server.origin, apiKey: 'wrong' } });
  await expect(evaluate(broken, set, [reranked])).rejects.toMatchObject({
    code: 'MODEL_FAILED',
    message: expect.stringMatching(/cannot be measured\. .*COHERE_API_KEY/),
  });
});

describe('rag doctor', () => {
  const checkOf = async (knowledgeBase: KnowledgeBase) =>
    (await knowledgeBase.doctor()).find(({ name }) => name === 'reranker');

  test('says that none is set, that it works, or why it does not', async () => {
    expect(await checkOf(await open())).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('None is set'),
    });
    const set = await open({ rerank: { model: COHERE } });
    expect(await checkOf(set)).toMatchObject({ status: 'ok', message: expect.stringMatching(/^cohere.* works/) });
    const wrong = await open({ rerank: { model: COHERE }, cohere: { baseUrl: server.origin, apiKey: 'no' } });
    expect(await checkOf(wrong)).toMatchObject({ status: 'failed', hint: expect.stringContaining('COHERE_API_KEY') });
  });
});
