import { afterEach, describe, expect, test } from 'vitest';
import { isRagError, type RagErrorCode } from '../../src/platform/errors.ts';
import { createReranker } from '../../src/rerank/registry.ts';
import type { RerankerSettings } from '../../src/rerank/types.ts';
import { type AnswerFault, refusedOrigin } from '../servers/fault-server.ts';
import {
  cohereWire,
  jinaWire,
  type RerankServer,
  type RerankWire,
  startRerankServer,
  voyageWire,
} from '../servers/rerank-server.ts';
import { testSettings } from './settings.ts';

const KEY = 'pa-secret-of-the-test-4711';
const QUERY = 'parental leave';
const PASSAGES = ['nothing of it', 'parental leave', 'sick leave'];

let server: RerankServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

type Service = { readonly name: string; readonly wire: RerankWire; readonly base: string };

const SERVICES: readonly Service[] = [
  { name: 'cohere/rerank-v3.5', wire: cohereWire, base: '' },
  { name: 'voyage/rerank-2.5', wire: voyageWire, base: '/v1' },
  { name: 'jina/jina-reranker-v2-base-multilingual', wire: jinaWire, base: '/v1' },
];

async function start(
  { name, wire, base }: Service,
  changes: Partial<RerankerSettings> & { key?: string; serverKey?: string; origin?: string; model?: string } = {},
) {
  const { key = KEY, serverKey = KEY, origin, model, ...rest } = changes;
  const started = await startRerankServer(wire, serverKey);
  server = started;
  const service = { baseUrl: `${origin ?? started.origin}${base}`, apiKey: key === '' ? undefined : key };
  const settings = testSettings({ cohere: service, voyage: service, jina: service, ...rest });
  const reranker = createReranker(model ? name.replace(/\/.*/, `/${model}`) : name, settings);
  const ask = (signal?: AbortSignal) => reranker.rerank({ query: QUERY, passages: PASSAGES, signal });
  return { server: started, ask, waits: settings.waits };
}

async function failureOf(answer: Promise<unknown>): Promise<{ code: RagErrorCode; text: string }> {
  const error = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isRagError(error)) throw new Error(`no RagError but ${String(error)}`);
  const text = `${error.message} | ${error.hint} | ${JSON.stringify(error.details)} | ${String(error.cause ?? '')}`;
  expect(text).not.toContain(KEY);
  expect(error.hint).toBeTruthy();
  return { code: error.code, text };
}

const answerWith = (results: readonly unknown[]) =>
  ({
    kind: 'body',
    contentType: 'application/json',
    body: JSON.stringify({ results, data: results }).replaceAll('"NaN"', 'NaN').replaceAll('"Infinity"', '1e999'),
  }) as const;

const good = [
  { index: 1, relevance_score: 0.9 },
  { index: 2, relevance_score: 0.2 },
  { index: 0, relevance_score: 0.1 },
];

describe.each(SERVICES)('$name', (service) => {
  test('sends the passages in order with the key, and gives scores in their order', async () => {
    const { server, ask } = await start(service);
    expect(await ask()).toEqual([0, 1, 0.5]);
    expect(server.headers[0]?.authorization).toBe(`Bearer ${KEY}`);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      model: service.name.slice(service.name.indexOf('/') + 1),
      query: QUERY,
      documents: PASSAGES,
    });
  });

  test.each<[string, AnswerFault, RagErrorCode, RegExp]>([
    ['a page of HTML', { kind: 'body', contentType: 'text/html', body: '<html>hi' }, 'MODEL_FAILED', /<html>hi/],
    ['nothing', { kind: 'body', contentType: 'application/json', body: '' }, 'MODEL_FAILED', /nothing/],
    ['null', { kind: 'body', contentType: 'application/json', body: 'null' }, 'MODEL_FAILED', /no list of results/],
    ['too few results', answerWith(good.slice(1)), 'MODEL_FAILED', /2 of 3 passages/],
    ['too many results', answerWith([...good, ...good]), 'MODEL_FAILED', /passage 1 comes twice/],
    ['an index out of range', answerWith([{ index: 3, relevance_score: 1 }]), 'MODEL_FAILED', /index 3, .* 3 passages/],
    ['an index below 0', answerWith([{ index: -1, relevance_score: 1 }]), 'MODEL_FAILED', /index -1/],
    ['an index that is text', answerWith([{ index: '1', relevance_score: 1 }]), 'MODEL_FAILED', /index "1"/],
    ['a score that is null', answerWith([{ index: 1, relevance_score: null }]), 'MODEL_FAILED', /the score null/],
    ['a score that is NaN', answerWith([{ index: 1, relevance_score: 'NaN' }]), 'MODEL_FAILED', /NaN/],
    [
      'a score beyond all numbers',
      answerWith([{ index: 1, relevance_score: 'Infinity' }]),
      'MODEL_FAILED',
      /score null/,
    ],
    ['a result that is null', answerWith([null]), 'MODEL_FAILED', /index undefined/],
    ['status 500', { kind: 'status', status: 500 }, 'MODEL_FAILED', /500: try again/],
    ['status 400', { kind: 'status', status: 400 }, 'MODEL_FAILED', /400: try again/],
    ['status 302', { kind: 'status', status: 302, headers: { location: '/' } }, 'MODEL_FAILED', /302/],
    ['a closed connection', { kind: 'hang-up' }, 'MODEL_UNREACHABLE', /No answer from http/],
  ])('%s is an error that says so', async (_, fault, code, text) => {
    const { server, ask } = await start(service);
    server.fail(fault);
    const failure = await failureOf(ask());
    expect(failure.code).toBe(code);
    expect(failure.text).toMatch(text);
  });

  test('a wrong key is MODEL_AUTH, names the variable, and is not shown although the server echoes it', async () => {
    const { ask } = await start(service, { serverKey: 'another' });
    const failure = await failureOf(ask());
    expect(failure.code).toBe('MODEL_AUTH');
    expect(failure.text).toMatch(/[A-Z]+_API_KEY/);
    expect(failure.text).toContain('[key]');
  });

  test('an unknown model is MODEL_NOT_FOUND or told as the server tells it', async () => {
    const { ask } = await start(service, { model: 'rerank-nine' });
    const failure = await failureOf(ask());
    expect(['MODEL_NOT_FOUND', 'MODEL_FAILED']).toContain(failure.code);
    expect(failure.text).toContain('rerank-nine');
  });

  test('nothing at the address is MODEL_UNREACHABLE', async () => {
    const { ask } = await start(service, { origin: await refusedOrigin() });
    expect(await failureOf(ask())).toMatchObject({ code: 'MODEL_UNREACHABLE', text: /ECONNREFUSED/ });
  });

  test('a server that says nothing is MODEL_TIMEOUT', async () => {
    const { server, ask } = await start(service, { timeoutMs: 50 });
    server.fail({ kind: 'silent' });
    expect((await failureOf(ask())).code).toBe('MODEL_TIMEOUT');
  });

  test('a 429 is waited out for as long as Retry-After says, and a 503 asked again', async () => {
    const { server, ask, waits } = await start(service, { maxRetries: 2 });
    server.fail({ kind: 'status', status: 429, headers: { 'retry-after': '3' } }, { kind: 'status', status: 503 });
    expect(await ask()).toEqual([0, 1, 0.5]);
    expect(waits[0]).toBe(3000);
    expect(server.requests).toHaveLength(3);
  });

  test('a Retry-After of an hour is told, not waited for', async () => {
    const { server, ask, waits } = await start(service, { maxRetries: 2 });
    server.fail({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
    expect(await failureOf(ask())).toMatchObject({ code: 'MODEL_RATE_LIMITED', text: /3600 s/ });
    expect(waits).toEqual([]);
  });

  test('a signal that fires closes the connection, and nothing is asked again', async () => {
    const { server, ask } = await start(service, { maxRetries: 5 });
    server.fail({ kind: 'silent' });
    const controller = new AbortController();
    const asked = server.asked();
    const answer = ask(controller.signal);
    await asked;
    controller.abort();
    expect((await answer.catch((error: unknown) => error)) as object).toMatchObject({ code: 'ABORTED' });
    await server.idle();
    expect(server.requests).toHaveLength(1);
  });
});

test.each(SERVICES.slice(0, 2))('$name without a key asks nobody but a server on this machine', async (service) => {
  let asked = 0;
  const fetch: typeof globalThis.fetch = async () => {
    asked++;
    throw new Error('asked');
  };
  const { ask } = await start(service, { key: '', origin: 'https://rerank.invalid', fetch });
  const failure = await failureOf(ask());
  expect(failure).toMatchObject({ code: 'MODEL_AUTH', text: /_API_KEY/ });
  expect(asked).toBe(0);
});

test('a password in the address is sent as such and never shown', async () => {
  const { server, ask } = await start(SERVICES[2]!, { key: '' });
  const origin = server.origin.replace('http://', `http://me:${KEY}@`);
  const service = { baseUrl: `${origin}/v1`, apiKey: undefined };
  const reranker = createReranker('jina/x', testSettings({ jina: service }));
  const failure = await failureOf(reranker.rerank({ query: QUERY, passages: PASSAGES }));
  expect(failure.code).toBe('MODEL_AUTH');
  expect(server.headers[0]?.authorization).toBe(`Basic ${Buffer.from(`me:${KEY}`).toString('base64')}`);
  await ask().catch(() => {});
});
