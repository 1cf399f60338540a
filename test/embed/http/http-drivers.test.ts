import { afterEach, describe, expect, test } from 'vitest';
import { describeEmbedder } from '../../contract/embedder.ts';
import { DIMENSIONS, type EmbedServer, startEmbedServer } from '../../servers/embed/embed-server.ts';
import { refusedOrigin } from '../../servers/fault-server.ts';
import { HTTP_DRIVERS, KEY, openDriver } from './http-drivers.ts';

const started: EmbedServer[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

const TEXTS = ['red apple pie with much sugar', 'a pie of apple, red and sweet', 'quantum tunnel diode'] as const;

describe.each(HTTP_DRIVERS.map((driver) => [driver.wire.name, driver] as const))('%s', (_, driver) => {
  const { wire, provider, model, hasKey = true } = driver;
  const start = async (changes: Partial<Parameters<typeof startEmbedServer>[1]> = {}): Promise<EmbedServer> => {
    const server = await startEmbedServer(wire, { model, ...(hasKey ? { apiKey: KEY } : {}), ...changes });
    started.push(server);
    return server;
  };

  describeEmbedder({
    name: wire.name,
    create: async () => openDriver(driver, (await start()).origin),
    texts: TEXTS,
  });

  test('what is sent says whether it is a question or a passage', async () => {
    const server = await start();
    const embedder = openDriver(driver, server.origin);
    await embedder.embedQuery('apple');
    await embedder.embedPassages(['apple']);
    expect(server.requests.map(driver.role)).toEqual([driver.roles.query, driver.roles.passage]);
  });

  test('dimensions are learnt from the first answer, and a database that knows them asks nothing', async () => {
    const server = await start();
    const embedder = openDriver(driver, server.origin);
    expect(embedder.space).toEqual({ provider, model, dimensions: 0 });
    const space = { provider, model, dimensions: DIMENSIONS };
    expect(await embedder.prepare?.()).toEqual(space);
    expect(await embedder.prepare?.()).toEqual(space);
    expect(server.requests).toHaveLength(1);
    const knowing = openDriver(driver, server.origin, { knownSpace: space });
    expect(await knowing.prepare?.()).toEqual(space);
    expect(knowing.space).toEqual(space);
    expect(server.requests).toHaveLength(1);
  });

  test('fewer dimensions are asked for by name, and are a space of their own', async () => {
    const server = await start();
    const embedder = openDriver(driver, server.origin, { model: `${model}@16` });
    const [vector] = await embedder.embedPassages([TEXTS[0]]);
    expect(vector).toHaveLength(16);
    expect(wire.read(server.requests[0] ?? {})?.dimensions).toBe(16);
    expect(embedder.space).toEqual({ provider, model: `${model}@16`, dimensions: 16 });
  });

  test('vectors of another length than the database has are refused', async () => {
    const knownSpace = { provider, model, dimensions: 32 };
    const embedder = openDriver(driver, (await start()).origin, { knownSpace });
    await expect(embedder.embedQuery('apple')).rejects.toMatchObject({
      code: 'SPACE_MISMATCH',
      message: expect.stringMatching(/64 dimensions, not 32/),
    });
  });

  test('a batch of too many texts is split, and order is kept', async () => {
    const texts = Array.from({ length: 70 }, (_, i) => `word${i} and more`);
    const apart = await openDriver(driver, (await start()).origin).embedPassages(texts);
    const server = await start({ maxTexts: 7 });
    const counts: number[] = [];
    const embedder = openDriver(driver, server.origin);
    expect(await embedder.embedPassages(texts, undefined, (count) => counts.push(count))).toEqual(apart);
    expect(counts.reduce((a, b) => a + b)).toBe(70);
    expect(embedder.cutTexts).toBe(0);
  });

  test('a text that is too long is cut until it is taken, alone, and counted', async () => {
    const server = await start({ maxWords: 50 });
    const embedder = openDriver(driver, server.origin);
    const long = 'red apple pie '.repeat(60);
    const vectors = await embedder.embedPassages([TEXTS[0], long, TEXTS[2]]);
    const [alone] = await embedder.embedPassages([TEXTS[2]]);
    expect(vectors[2]).toEqual(alone);
    expect(vectors[1]).toHaveLength(DIMENSIONS);
    expect(embedder.cutTexts).toBe(1);
  });

  test('a text that stays too long however short says so in the end', async () => {
    const embedder = openDriver(driver, (await start({ maxWords: 0 })).origin);
    await expect(embedder.embedPassages(['red apple pie'])).rejects.toMatchObject({
      code: expect.stringMatching(/^MODEL_(CONTEXT_TOO_LONG|FAILED)$/),
    });
  });

  test('429 is waited out as the server asks, for a passage up to a minute', async () => {
    const server = await start();
    server.fail(
      { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
      { kind: 'status', status: 429, headers: { 'retry-after': '60' } },
    );
    const waits: number[] = [];
    const wait = async (delayMs: number) => void waits.push(delayMs);
    const embedder = openDriver(driver, server.origin, { wait });
    expect((await embedder.embedPassages(['apple']))[0]).toHaveLength(DIMENSIONS);
    expect(waits).toEqual([2000, 60_000]);
  });

  test('a search does not wait a minute: it is told the time', async () => {
    const server = await start();
    server.fail({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    await expect(openDriver(driver, server.origin).embedQuery('apple')).rejects.toMatchObject({
      code: 'MODEL_RATE_LIMITED',
      hint: expect.stringContaining('60 s'),
    });
  });

  test('500 and a connection that breaks are tried again, and told when they stay', async () => {
    const server = await start();
    server.fail({ kind: 'status', status: 500 }, { kind: 'hang-up' });
    const embedder = openDriver(driver, server.origin);
    expect(await embedder.embedQuery('apple')).toHaveLength(DIMENSIONS);
    server.fail(...Array.from({ length: 3 }, () => ({ kind: 'status', status: 503 }) as const));
    await expect(embedder.embedQuery('pie')).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });

  test.skipIf(!hasKey)('a wrong key is told without being shown, and a missing one too', async () => {
    const server = await start();
    const wrong = 'another-key-that-is-wrong-0815';
    const embedder = openDriver(driver, server.origin, { apiKey: wrong });
    const error = await embedder.embedQuery('apple').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'MODEL_AUTH', hint: expect.any(String) });
    expect(JSON.stringify([String(error), error])).not.toContain(wrong);
    await expect(openDriver(driver, server.origin, { apiKey: '' }).embedQuery('apple')).rejects.toMatchObject({
      code: 'MODEL_AUTH',
    });
  });

  test('a model that is not there is told with what to do', async () => {
    const embedder = openDriver(driver, (await start()).origin, { model: 'no-such-model' });
    await expect(embedder.prepare?.()).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      hint: expect.stringContaining('no-such-model'),
    });
  });

  test.each<[string, string]>([
    ['no JSON', '<html>Welcome</html>'],
    ['nothing', ''],
    ['another object', '{"ok":true}'],
    ['null', 'null'],
  ])('an answer that is %s is no vectors', async (_, body) => {
    const server = await start();
    server.fail({ kind: 'body', body, contentType: 'application/json' });
    await expect(openDriver(driver, server.origin).embedQuery('apple')).rejects.toMatchObject({
      code: 'MODEL_FAILED',
    });
  });

  test.each<[string, readonly (readonly (number | null)[])[], RegExp]>([
    ['too few', [[1, 0]], /1 for 2 texts/],
    [
      'too many',
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      /3 for 2 texts/,
    ],
    [
      'one of zeros',
      [
        [1, 0],
        [0, 0],
      ],
      /vector 2 of 2 is zero/,
    ],
    [
      'one of no numbers',
      [
        [1, 0],
        [1, null],
      ],
      /vector 2 of 2/,
    ],
    ['an empty one', [[1, 0], []], /vector 2 of 2/],
    [
      'another length',
      [
        [1, 0],
        [1, 0, 0],
      ],
      /some have 2 dimensions and some 3/,
    ],
  ])('%s among the vectors is an error', async (_, vectors, message) => {
    const server = await start();
    const body = JSON.stringify(wire.answer(vectors as number[][], { model }));
    server.fail({ kind: 'body', body, contentType: 'application/json' });
    // A server may send its list in any order, so either vector may be the one that is named.
    const either = new RegExp(
      message.source.replace('vector 2', 'vector [12]').replace(/have 2 (.*) 3/, 'have [23] $1 [23]'),
    );
    await expect(openDriver(driver, server.origin).embedPassages(['apple', 'pie'])).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringMatching(either),
    });
  });

  test('a server that is not there is told with its address', async () => {
    const origin = await refusedOrigin();
    await expect(openDriver(driver, origin).embedQuery('apple')).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      message: expect.stringContaining(origin),
    });
  });

  test('a server that never answers is given up', async () => {
    const server = await start();
    server.fail({ kind: 'silent' });
    await expect(openDriver(driver, server.origin, { timeoutMs: 50 }).embedQuery('apple')).rejects.toMatchObject({
      code: 'MODEL_TIMEOUT',
    });
  });

  test('a signal ends requests that are under way, and the first failure ends the others', async () => {
    const server = await start();
    server.fail({ kind: 'silent' });
    const controller = new AbortController();
    const asked = server.asked();
    const embedding = openDriver(driver, server.origin).embedPassages(['apple'], controller.signal);
    await asked;
    controller.abort();
    await expect(embedding).rejects.toMatchObject({ code: 'ABORTED' });
    await server.idle();
  });

  test('other machines are not asked while offline', async () => {
    const away = driver.settings('http://models.example.org', KEY);
    await expect(
      openDriver(driver, (await start()).origin, { ...away, offline: true }).embedQuery('apple'),
    ).rejects.toMatchObject({ code: 'OFFLINE', message: expect.stringContaining('models.example.org') });
  });
});
