import { afterEach, expect, test } from 'vitest';
import {
  createProcessPool,
  type ProcessPool,
  type ProcessPoolOptions,
  WorkerLost,
} from '../../src/platform/process-pool.ts';

type Request = { readonly do?: string; readonly value?: unknown; readonly [parameter: string]: unknown };
type Reply = { readonly value: unknown; readonly pid: number; readonly environment: readonly string[] };

const MIB = 2 ** 20;
const pools: ProcessPool<Request, Reply>[] = [];

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

function openPool(options: Partial<ProcessPoolOptions> & { worker?: string } = {}): ProcessPool<Request, Reply> {
  const { worker = 'obedient', ...rest } = options;
  const entry = new URL(`workers/${worker}.mjs`, import.meta.url);
  const pool = createProcessPool<Request, Reply>({
    entry,
    size: 2,
    timeoutMs: 20_000,
    maxMemoryBytes: 512 * MIB,
    ...rest,
  });
  pools.push(pool);
  return pool;
}

const lost = (reason: WorkerLost['reason']) =>
  expect.objectContaining({ name: 'WorkerLost', reason, message: expect.stringMatching(/\w/) });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process any more.
    return false;
  }
};

test('requests are answered each with its own reply, by processes that are reused', async () => {
  const pool = openPool({ size: 2 });
  const replies = await Promise.all(Array.from({ length: 200 }, (_, value) => pool.run({ value })));
  expect(replies.map(({ value }) => value)).toEqual(Array.from({ length: 200 }, (_, value) => value));
  expect(new Set(replies.map(({ pid }) => pid)).size).toBeLessThanOrEqual(2);
});

test('bytes come through as bytes', async () => {
  const { value } = await openPool().run({ value: { bytes: new Uint8Array([0, 1, 255]), text: 'é\0😀' } });
  expect(value).toEqual({ bytes: new Uint8Array([0, 1, 255]), text: 'é\0😀' });
});

test('workers are given no environment', async () => {
  const { environment } = await openPool().run({});
  expect(environment.filter((name) => !name.startsWith('NODE_CHANNEL') && !name.startsWith('__'))).toEqual([]);
});

test('one worker takes requests in the order in which they were given', async () => {
  const pool = openPool({ size: 1 });
  const ended: number[] = [];
  await Promise.all(Array.from({ length: 40 }, (_, value) => pool.run({ value }).then(() => ended.push(value))));
  expect(ended).toEqual(Array.from({ length: 40 }, (_, value) => value));
});

test('a request in a busy loop is ended at its time, and those behind it are answered', async () => {
  const pool = openPool({ size: 1, timeoutMs: 500 });
  const started = performance.now();
  const hanging = pool.run({ do: 'hang' });
  const behind = Array.from({ length: 20 }, (_, value) => pool.run({ value }));
  await expect(hanging).rejects.toEqual(lost('timeout'));
  expect(performance.now() - started).toBeLessThan(10_000);
  expect((await Promise.all(behind)).map(({ value }) => value)).toEqual(
    Array.from({ length: 20 }, (_, value) => value),
  );
});

test('a request that never answers is ended as one that loops', async () => {
  await expect(openPool({ timeoutMs: 400 }).run({ do: 'never' })).rejects.toEqual(lost('timeout'));
});

test('time in the queue is not time of the request', async () => {
  const pool = openPool({ size: 1, timeoutMs: 1500 });
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, value) => pool.run({ do: 'wait', milliseconds: 300, value })),
  );
  expect(replies).toHaveLength(8);
});

test('a full heap costs its request only', async () => {
  const pool = openPool({ size: 1, maxMemoryBytes: 160 * MIB });
  const greedy = pool.run({ do: 'heap' });
  const modest = pool.run({ value: 'modest' });
  await expect(greedy).rejects.toEqual(lost('memory'));
  expect((await modest).value).toBe('modest');
});

test('memory outside of the heap counts too', async () => {
  const pool = openPool({ size: 1, maxMemoryBytes: 200 * MIB });
  await expect(pool.run({ do: 'resident', bytes: 400 * MIB })).rejects.toEqual(lost('memory'));
  expect((await pool.run({ value: 1 })).value).toBe(1);
});

test.each([
  ['ends by itself', { do: 'exit', code: 3 }],
  ['ends as if all were well', { do: 'exit', code: 0 }],
  ['throws outside of every catch', { do: 'throw' }],
  ['is killed by a signal', { do: 'killSelf' }],
])('a worker that %s costs its request only', async (_, request) => {
  const pool = openPool({ size: 1 });
  const before = pool.run({ value: 'before' });
  const fatal = pool.run(request);
  const after = pool.run({ value: 'after' });
  expect((await before).value).toBe('before');
  await expect(fatal).rejects.toEqual(lost('crash'));
  expect((await after).value).toBe('after');
});

test('of many requests, every fatal one is lost and every other one answered', async () => {
  const pool = openPool({ size: 2, timeoutMs: 1000 });
  const kinds = ['exit', 'never', 'throw'];
  const requests = Array.from(
    { length: 60 },
    (_, value): Request => (value % 12 === 5 ? { do: kinds[Math.floor(value / 12) % 3], code: 1, value } : { value }),
  );
  const results = await Promise.allSettled(requests.map((request) => pool.run(request)));
  results.forEach((result, i) => {
    if (requests[i]!.do) expect(result).toMatchObject({ status: 'rejected', reason: { name: 'WorkerLost' } });
    else expect(result).toMatchObject({ status: 'fulfilled', value: { value: i } });
  });
});

test('a script that ends at once fails every request as one that cannot start, after a few attempts', async () => {
  const pool = openPool({ worker: 'dead-on-arrival', size: 2 });
  const started = performance.now();
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => pool.run({})));
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { reason: 'start' } });
    expect(String((result as PromiseRejectedResult).reason.message)).toContain('exit code 7');
  }
  expect(performance.now() - started).toBeLessThan(10_000);
  await expect(pool.run({})).rejects.toEqual(lost('start'));
});

test('a script that is not there is one that cannot start', async () => {
  await expect(openPool({ worker: 'absent' }).run({})).rejects.toEqual(lost('start'));
});

test('a worker that was killed by somebody else costs no request', async () => {
  const pool = openPool({ size: 1 });
  const { pid } = await pool.run({});
  const waiting = Array.from({ length: 12 }, (_, value) => pool.run({ do: 'wait', milliseconds: 20, value }));
  await waiting[0];
  process.kill(pid, 'SIGKILL');
  const replies = await Promise.all(waiting);
  expect(replies.map(({ value }) => value)).toEqual(Array.from({ length: 12 }, (_, value) => value));
  expect(replies.at(-1)?.pid).not.toBe(pid);
});

test('a request whose worker is killed each time is given up', async () => {
  const pool = openPool({ size: 1 });
  await expect(pool.run({ do: 'killSelf', signal: 'SIGKILL' })).rejects.toEqual(lost('memory'));
  expect((await pool.run({ value: 1 })).value).toBe(1);
});

test('time in which this process could not listen is not time of a request', async () => {
  const pool = openPool({ size: 1, timeoutMs: 1000 });
  await pool.run({});
  const waiting = pool.run({ do: 'wait', milliseconds: 700, value: 'late' });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
  expect((await waiting).value).toBe('late');
});

test('an answer that nobody asked for loses no request', async () => {
  const pool = openPool({ size: 1, timeoutMs: 2000 });
  const results = await Promise.allSettled([
    pool.run({ do: 'answerForAnother', value: 1 }),
    pool.run({ value: 2 }),
    pool.run({ value: 3 }),
  ]);
  for (const [i, result] of results.entries()) {
    if (result.status === 'fulfilled') expect(result.value.value).toBe(i + 1);
    else expect(result.reason).toEqual(lost('crash'));
  }
  expect(results.slice(1).every(({ status }) => status === 'fulfilled')).toBe(true);
});

test('a request that cannot be sent is refused at once, and the pool goes on', async () => {
  const pool = openPool({ size: 1, timeoutMs: 2000 });
  await expect(pool.run({ value: () => 'functions cannot be sent' })).rejects.toThrow();
  const started = performance.now();
  expect((await pool.run({ value: 'next' })).value).toBe('next');
  expect(performance.now() - started).toBeLessThan(1500);
});

test('closing ends what runs and what waits, and the processes', async () => {
  const pool = openPool({ size: 2 });
  const pids = (
    await Promise.all([pool.run({ do: 'wait', milliseconds: 50 }), pool.run({ do: 'wait', milliseconds: 50 })])
  ).map(({ pid }) => pid);
  const running = Array.from({ length: 30 }, () => pool.run({ do: 'never' }));
  pool.close();
  const results = await Promise.allSettled([...running, pool.run({})]);
  for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { reason: 'closed' } });
  await expect.poll(() => pids.some(isAlive), { timeout: 5000 }).toBe(false);
  expect(() => pool.close()).not.toThrow();
});

test('a pool that was never used starts no process and closes', () => {
  expect(() => openPool().close()).not.toThrow();
});

test('WorkerLost is an error with its reason', () => {
  expect(new WorkerLost('timeout', 'late')).toMatchObject({ name: 'WorkerLost', reason: 'timeout', message: 'late' });
  expect(new WorkerLost('timeout', 'late')).toBeInstanceOf(Error);
});
