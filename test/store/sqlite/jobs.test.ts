import { describe, expect, test } from 'vitest';
import type { JobEnd, JobOwner, JobState, JobUpdate, NewJob, Store } from '../../../src/store/types.ts';
import { createRandom } from '../../chunk/markdown-like.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const newJob = (key: string, more: Partial<NewJob> = {}): NewJob => ({
  kind: 'sync',
  title: key,
  spec: { key },
  key,
  origin: 'background',
  ...more,
});

let tokens = 0;
const newOwner = (): JobOwner => ({ pid: 1, boot: 'b', namespace: 'n', start: 's', token: `token-${tokens++}` });
const update = (more: Partial<JobUpdate> = {}): JobUpdate => ({ now: 0, units: 0, steps: [], log: [], ...more });
const nobodyIsDead = () => false;

describe('a queue', () => {
  test('the same key is one job while it waits or runs, and another one after that', () => {
    const { jobs } = openTemporaryStore();
    const first = jobs.enqueue(newJob('a'), 0);
    expect(jobs.enqueue(newJob('a'), 1)).toEqual({ id: first.id, isNew: false });
    const owner = newOwner();
    jobs.claim(owner, 2);
    expect(jobs.enqueue(newJob('a'), 3)).toEqual({ id: first.id, isNew: false });
    jobs.end(first.id, owner.token, { state: 'done', result: 1 }, update());
    expect(jobs.enqueue(newJob('a'), 4).isNew).toBe(true);
  });

  test('is taken by priority, then in its order', () => {
    const { jobs } = openTemporaryStore();
    for (const [key, priority] of [
      ['a', 0],
      ['b', 5],
      ['c', 0],
      ['d', 5],
    ] as const)
      jobs.enqueue(newJob(key, { priority }), 0);
    const order = Array.from({ length: 5 }, () => jobs.claim(newOwner(), 1)?.key);
    expect(order).toEqual(['b', 'd', 'a', 'c', undefined]);
  });

  test('what waits long enough is taken before what is more urgent', () => {
    const { jobs } = openTemporaryStore();
    jobs.enqueue(newJob('old'), 0);
    jobs.enqueue(newJob('urgent', { priority: 3 }), 4 * 600_000);
    expect(jobs.claim(newOwner(), 4 * 600_000)?.key).toBe('old');
  });

  test('what is to wait is not taken before its time, unless that lies so far ahead that the clock was put back', () => {
    const { jobs } = openTemporaryStore();
    const { id } = jobs.enqueue(newJob('a'), 0);
    const owner = newOwner();
    jobs.claim(owner, 0);
    jobs.end(id, owner.token, { state: 'queued', outcome: 'failed', runAfter: 90_000_000 }, update());
    expect(jobs.claim(newOwner(), 89_999_999)).toBeNull();
    expect(jobs.hasDue(89_999_999)).toBe(false);
    expect(jobs.hasDue(0)).toBe(true);
    expect(jobs.claim(newOwner(), 90_000_000)?.id).toBe(id);
  });

  test('two connections never get the same job', () => {
    const path = temporaryDatabasePath();
    const [one, other] = [openTemporaryStore(path), openTemporaryStore(path)];
    for (let i = 0; i < 50; i++) one.jobs.enqueue(newJob(String(i)), 0);
    const taken: (number | undefined)[] = [];
    for (let i = 0; i < 25; i++) taken.push(one.jobs.claim(newOwner(), 0)?.id, other.jobs.claim(newOwner(), 0)?.id);
    expect(new Set(taken).size).toBe(50);
    expect(one.jobs.claim(newOwner(), 0)).toBeNull();
  });
});

describe('a running job', () => {
  const running = (more: Partial<NewJob> = {}) => {
    const { jobs } = openTemporaryStore();
    const owner = newOwner();
    jobs.enqueue(newJob('a', more), 0);
    const job = jobs.claim(owner, 0);
    if (!job) throw new Error('Nothing was claimed.');
    return { jobs, owner, id: job.id };
  };

  test('is written by its own token only', () => {
    const { jobs, owner, id } = running();
    expect(jobs.update(id, 'another', update({ units: 5 }))).toBe(false);
    expect(jobs.end(id, 'another', { state: 'done', result: null }, update())).toBe(false);
    expect(jobs.update(id, owner.token, update({ units: 5, checkpoint: { at: 3 } }))).toBe(true);
    expect(jobs.job(id)).toMatchObject({ units: 5, checkpoint: { at: 3 }, state: 'running' });
    expect(jobs.update(id, owner.token, update({ units: 6 }))).toBe(true);
    expect(jobs.job(id)?.checkpoint).toEqual({ at: 3 });
  });

  test('hears that it was cancelled, and that another has it', () => {
    const { jobs, owner, id } = running();
    expect(jobs.standing(id, owner.token)).toBe('ours');
    expect(jobs.requestCancel(id, 1)).toBe('running');
    expect(jobs.standing(id, owner.token)).toBe('cancel');
    jobs.release(id, owner.token, { state: 'lost' }, 2);
    expect(jobs.standing(id, owner.token)).toBe('lost');
    expect(jobs.claim(newOwner(), 3)?.id).toBe(id);
    expect(jobs.standing(id, owner.token)).toBe('lost');
  });

  test('keeps its steps, its log and its attempts, each with a bound', () => {
    const { jobs, owner, id } = running();
    const step = { name: 's', state: 'running', done: 1, total: 2, attempts: 0, startedAt: 1, endedAt: null } as const;
    const log = Array.from({ length: 1500 }, (_, i) => ({ at: i, level: 'info' as const, text: 'x'.repeat(5000) }));
    jobs.update(id, owner.token, update({ steps: [{ ...step, result: { a: 1 }, error: null }], log }));
    expect(jobs.steps(id)).toEqual([{ ...step, result: { a: 1 }, error: null }]);
    const kept = jobs.log(id, 0, 10_000);
    expect(kept).toHaveLength(1000);
    expect([kept[0]?.at, kept[999]?.at, kept[0]?.text.length]).toEqual([500, 1499, 2000]);
    expect(jobs.log(id, kept[997]?.id ?? 0, 10)).toEqual(kept.slice(998));
    const fault = { code: 'DB_BUSY', message: 'm', stack: 'at x' };
    jobs.end(id, owner.token, { state: 'queued', outcome: 'failed', runAfter: 0, error: fault }, update());
    const second = newOwner();
    jobs.claim(second, 5);
    jobs.end(id, second.token, { state: 'queued', outcome: 'stopped', runAfter: 0 }, update({ now: 6 }));
    expect(jobs.attempts(id).map(({ number, outcome, error }) => [number, outcome, error])).toEqual([
      [1, 'failed', fault],
      [2, 'stopped', null],
    ]);
    // To be told to stop is no failure.
    expect(jobs.job(id)?.attempts).toBe(1);
  });

  test('counts how often in a row it lost its process without getting on', () => {
    const { jobs, id } = running();
    const lose = (units: number) => {
      const token = jobs.job(id)?.owner?.token ?? '';
      jobs.update(id, token, update({ units }));
      jobs.release(id, token, { state: 'lost' }, 0);
      const { losses, attempts } = jobs.job(id) ?? {};
      jobs.claim(newOwner(), 0);
      return [losses, attempts];
    };
    expect([lose(0), lose(0), lose(10), lose(10), lose(11)]).toEqual([
      [1, 0],
      [2, 0],
      [1, 0],
      [2, 0],
      [1, 0],
    ]);
  });

  test('of the foreground is taken over from a dead process, and left to a living one', () => {
    const { jobs } = openTemporaryStore();
    const first = newOwner();
    const job = jobs.begin(newJob('a', { origin: 'foreground' }), first, 0, nobodyIsDead);
    expect(jobs.begin(newJob('a'), newOwner(), 1, nobodyIsDead)).toBeNull();
    const second = jobs.begin(newJob('a'), newOwner(), 2, ({ token }) => token === first.token);
    expect(second?.id).toBe(job?.id);
    expect(jobs.attempts(job?.id ?? 0).map(({ outcome }) => outcome)).toEqual(['lost', 'running']);
    expect(jobs.standing(job?.id ?? 0, first.token)).toBe('lost');
  });
});

test('whatever happens to jobs, each is in one state, what runs has an owner, and no key is open twice', () => {
  for (const seed of [1, 2, 3, 4]) {
    const random = createRandom(seed);
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    const { jobs } = openTemporaryStore();
    const owners = new Map<number, string>();
    const all = () => jobs.jobs({ limit: 1000 });
    for (let time = 0; time < 300; time++) {
      const ids = all().map(({ id }) => id);
      const id = pick(ids.length > 0 ? ids : [0]);
      const token = owners.get(id) ?? 'none';
      const ends: readonly JobEnd[] = [
        { state: 'done', result: time },
        { state: 'failed', error: { code: 'X', message: 'm' } },
        { state: 'cancelled' },
        { state: 'queued', outcome: pick(['failed', 'stopped']), runAfter: time + 5 },
      ];
      const before = jobs.job(id)?.state;
      const act = pick([
        () => void jobs.enqueue(newJob(pick(['a', 'b', 'c', 'd', 'e']), { priority: pick([0, 1]) }), time),
        () => {
          const owner = newOwner();
          const job = jobs.claim(owner, time);
          if (job) owners.set(job.id, owner.token);
        },
        () => void jobs.end(id, token, pick(ends), update({ now: time })),
        () => void jobs.release(id, token, { state: 'lost' }, time),
        () => void jobs.requestCancel(id, time),
        () => {
          if (before === 'failed' || before === 'cancelled') jobs.retry(id, {}, time);
        },
      ]);
      act();
      const now = all();
      const open = now.filter(({ state }) => state === 'queued' || state === 'running').map(({ key }) => key);
      expect(new Set(open).size).toBe(open.length);
      for (const job of now) {
        expect(job.owner !== null).toBe(job.state === 'running');
        const running = jobs.attempts(job.id).filter(({ outcome }) => outcome === 'running').length;
        expect(running).toBe(job.state === 'running' ? 1 : 0);
        const over: readonly JobState[] = ['done', 'failed', 'cancelled'];
        expect(job.endedAt !== null).toBe(over.includes(job.state));
      }
      // A job that is done stays done.
      if (before === 'done') expect(jobs.job(id)?.state).toBe('done');
    }
    const counts = Object.values(jobs.counts()).reduce((sum, count) => sum + count, 0);
    expect(counts).toBe(all().length);
  }
});

test('writing jobs makes no kept result old', () => {
  const store = openTemporaryStore();
  store.record((recorder) => recorder.keepResult(new Uint8Array([1]), new Uint8Array([2])));
  const before = store.generation();
  const { jobs } = store;
  const owner = newOwner();
  const { id } = jobs.enqueue(newJob('a'), 0);
  jobs.claim(owner, 0);
  jobs.update(id, owner.token, update({ units: 1 }));
  jobs.end(id, owner.token, { state: 'done', result: null }, update());
  expect(store.generation()).toBe(before);
  expect(store.keptResult(new Uint8Array([1]))).toEqual(Buffer.from([2]));
});

test('nobody waits for a lock to say how far a job is', () => {
  const path = temporaryDatabasePath();
  const { jobs } = openTemporaryStore(path);
  const owner = newOwner();
  const { id } = jobs.enqueue(newJob('a'), 0);
  jobs.claim(owner, 0);
  const other = openRaw(path);
  other.exec('BEGIN IMMEDIATE');
  expect(jobs.update(id, owner.token, update({ units: 1 }))).toBe(false);
  expect(jobs.standing(id, owner.token)).toBe('ours');
  expect(jobs.begin(newJob('b'), newOwner(), 0, nobodyIsDead)).toBeNull();
  other.exec('ROLLBACK');
  expect(jobs.update(id, owner.token, update({ units: 1 }))).toBe(true);
});

test('pruning forgets what ended, with all that belongs to it, and nothing that waits or runs', () => {
  const path = temporaryDatabasePath();
  const { jobs } = openTemporaryStore(path);
  for (let i = 0; i < 6; i++) jobs.enqueue(newJob(String(i)), i);
  for (let i = 0; i < 4; i++) {
    const owner = newOwner();
    const job = jobs.claim(owner, 10);
    const log = [{ at: 0, level: 'info' as const, text: 'x' }];
    jobs.end(job?.id ?? 0, owner.token, { state: 'done', result: null }, update({ now: i, log }));
  }
  jobs.claim(newOwner(), 10);
  expect(jobs.prune({ before: 3, keep: 1 })).toBe(3);
  expect(jobs.counts()).toMatchObject({ done: 1, queued: 1, running: 1 });
  const raw = openRaw(path);
  for (const table of ['job_attempts', 'job_log', 'job_steps'])
    expect(raw.prepare(`SELECT count(*) FROM ${table} WHERE job_id NOT IN (SELECT id FROM jobs)`).pluck().get()).toBe(
      0,
    );
  expect(jobs.prune({ before: 100, keep: 0 })).toBe(1);
});

test('a worker that looks for the last time sees what was queued before', () => {
  const { jobs } = openTemporaryStore();
  const owner = newOwner();
  jobs.putWorker(owner, { concurrency: 2, now: 5 });
  jobs.enqueue(newJob('a'), 0);
  expect(jobs.retireWorker(owner.token)).toBe(false);
  expect(jobs.workers()).toMatchObject([{ owner, concurrency: 2, beatAt: 5 }]);
  jobs.claim(newOwner(), 0);
  expect(jobs.retireWorker(owner.token)).toBe(true);
  expect(jobs.workers()).toEqual([]);
});

describe('schedules', () => {
  const put = ({ jobs }: Store, name = 'nightly') =>
    jobs.putSchedule({ name, pattern: '0 3 * * *', timezone: null, missed: 'once', job: newJob('a'), nextAt: 100 }, 0);

  test('move on once, whoever moves them, and queue their job', () => {
    const path = temporaryDatabasePath();
    const [one, other] = [openTemporaryStore(path), openTemporaryStore(path)];
    const { id } = put(one);
    const move = { from: 100, to: 200, runs: 1, now: 101 };
    expect([one.jobs.advanceSchedule(id, move), other.jobs.advanceSchedule(id, move)]).toEqual([true, false]);
    expect(one.jobs.counts().queued).toBe(1);
    expect(one.jobs.schedules()).toMatchObject([{ nextAt: 200, lastAt: 101, lastJob: 1 }]);
    expect(one.jobs.job(1)).toMatchObject({ origin: 'schedule', spec: { key: 'a' } });
  });

  test('have names of their own, and rest when they are paused', () => {
    const store = openTemporaryStore();
    const { id } = put(store);
    expect(() => put(store)).toThrow(/already/);
    store.jobs.setSchedulePaused(id, true);
    expect(store.jobs.advanceSchedule(id, { from: 100, to: 200, runs: 1, now: 101 })).toBe(false);
    store.jobs.removeSchedule(id);
    expect(store.jobs.schedules()).toEqual([]);
  });
});
