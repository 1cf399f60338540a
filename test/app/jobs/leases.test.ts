import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../../src/app/jobs/backoff.ts';
import { isRetryable, jobErrorOf } from '../../../src/app/jobs/job-failure.ts';
import { createLeaseWatch } from '../../../src/app/jobs/lease-watch.ts';
import { createRunningJob } from '../../../src/app/jobs/running-job.ts';
import { MAX_LOSSES, takeUpLost } from '../../../src/app/jobs/take-up-lost.ts';
import { RagError } from '../../../src/platform/errors.ts';
import type { JobOrigin, JobOwner } from '../../../src/store/types.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { openTemporaryStore } from '../../store/temporary-store.ts';

const owner = (token: string): JobOwner => ({ pid: 1, boot: 'b', namespace: 'n', start: 's', token });

describe('waiting before a further attempt', () => {
  test('doubles from five seconds to ten minutes, less a random half', () => {
    expect([1, 2, 3, 8, 50].map((failures) => backoffMs(failures, 0))).toEqual([
      5000, 10_000, 20_000, 600_000, 600_000,
    ]);
    for (let failures = 1; failures < 40; failures++) {
      for (const random of [0, 0.3, 0.999]) {
        const waitMs = backoffMs(failures, random);
        expect(waitMs).toBeGreaterThan(backoffMs(failures, 0) / 2);
        expect(waitMs).toBeLessThanOrEqual(600_000);
      }
    }
  });

  test('is for what may pass', () => {
    const codeOf = (error: unknown) => isRetryable(jobErrorOf(error));
    expect(codeOf(new RagError('DB_BUSY', { message: 'm' }))).toBe(true);
    expect(codeOf(new RagError('SOURCE_FAILED', { message: 'm' }))).toBe(true);
    expect(codeOf(new TypeError('a bug'))).toBe(true);
    for (const code of ['USAGE', 'NOT_FOUND', 'CONFIG_INVALID', 'SOURCE_MISSING', 'OFFLINE', 'MODEL_AUTH'] as const)
      expect(codeOf(new RagError(code, { message: 'm' }))).toBe(false);
  });
});

describe('whether an owner is dead', () => {
  test('is seen at once on this machine, whatever any clock says', () => {
    const watch = createLeaseWatch({
      monotonicMs: () => 0,
      liveness: ({ token }) => (token === 'dead' ? 'dead' : 'alive'),
    });
    expect(watch.isDead({ owner: owner('dead'), beat: 1 })).toBe(true);
    expect(watch.isDead({ owner: owner('alive'), beat: 1 })).toBe(false);
    expect(watch.isDead({ owner: null, beat: 1 })).toBe(true);
  });

  test('elsewhere it is counted how long its beat stood still while somebody watched', () => {
    let now = 0;
    const watch = createLeaseWatch({ monotonicMs: () => now, liveness: () => 'unknown' });
    const isDead = (at: number, beat: number) => {
      now = at;
      return watch.isDead({ owner: owner('far'), beat });
    };
    // A machine that slept has watched nothing: only what is seen counts.
    expect([isDead(1_000_000, 1), isDead(1_029_000, 1), isDead(1_029_500, 2), isDead(1_059_000, 2)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isDead(1_060_000, 2)).toBe(true);
  });
});

describe('what lost its process', () => {
  const lost = (
    origin: JobOrigin,
    prepare: (jobs: ReturnType<typeof openTemporaryStore>['jobs'], id: number) => void,
  ) => {
    const { jobs } = openTemporaryStore();
    const { id } = jobs.enqueue({ kind: 'sync', title: 't', spec: {}, key: 'k', origin }, 0);
    jobs.claim(owner('gone'), 0);
    prepare(jobs, id);
    const taken = takeUpLost(jobs, { isDead: () => true }, 1).map(({ end }) => end);
    return { taken, job: jobs.job(id) };
  };

  test('waits again when a worker did it', () => {
    const { taken, job } = lost('background', () => {});
    expect(taken).toEqual(['queued']);
    expect(job).toMatchObject({ state: 'queued', attempts: 0, losses: 1 });
  });

  test('has failed when it was done in the foreground, and says how to go on', () => {
    const { taken, job } = lost('foreground', () => {});
    expect(taken).toEqual(['failed']);
    expect(job?.error).toMatchObject({ code: 'INTERRUPTED', hint: expect.stringContaining('rag jobs retry') });
  });

  test('is cancelled when that was asked for', () => {
    expect(lost('background', (jobs, id) => jobs.requestCancel(id, 0)).job?.state).toBe('cancelled');
  });

  test('has failed when it kills process after process without getting on', () => {
    const { job } = lost('background', (jobs, id) => {
      for (let time = 0; time < MAX_LOSSES; time++) {
        jobs.release(id, 'gone', { state: 'lost' }, 0);
        jobs.claim(owner('gone'), 0);
      }
    });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'INTERRUPTED' } });
  });

  test('stays where somebody lives', () => {
    const { jobs } = openTemporaryStore();
    jobs.enqueue({ kind: 'sync', title: 't', spec: {}, key: 'k', origin: 'background' }, 0);
    jobs.claim(owner('here'), 0);
    expect(takeUpLost(jobs, { isDead: () => false }, 1)).toEqual([]);
  });
});

describe('a running job', () => {
  const start = () => {
    const { jobs } = openTemporaryStore();
    const mine = owner('mine');
    jobs.enqueue({ kind: 'sync', title: 't', spec: {}, key: 'k', origin: 'background' }, 0);
    const job = jobs.claim(mine, 0);
    if (!job) throw new Error('Nothing was claimed.');
    let look = (): void => {};
    let stopped = false;
    const running = createRunningJob({
      jobs,
      job,
      owner: mine,
      clock: fixedClock(),
      every: (_, work) => {
        look = work;
        return () => {
          stopped = true;
        };
      },
    });
    return {
      jobs,
      job,
      running,
      look: (times = 1) => Array.from({ length: times }, () => look()),
      isStopped: () => stopped,
    };
  };

  test('says now and then how far it is, with its log', () => {
    const { jobs, job, running, look } = start();
    running.step('documents', { done: 3, total: 9 });
    running.addUnits(3);
    running.log('warning', 'a.md: odd');
    const before = jobs.job(job.id)?.beat ?? 0;
    look(10);
    expect(jobs.job(job.id)).toMatchObject({ units: 3, beat: before + 1 });
    expect(jobs.steps(job.id)).toMatchObject([{ name: 'documents', done: 3, total: 9, state: 'running' }]);
    look(10);
    expect(jobs.log(job.id, 0, 10)).toMatchObject([{ level: 'warning', text: 'a.md: odd' }]);
  });

  test('stops at the next look when it was cancelled', () => {
    const { jobs, job, running, look } = start();
    look();
    expect(running.signal.aborted).toBe(false);
    jobs.requestCancel(job.id, 0);
    look();
    expect([running.signal.aborted, running.stopReason]).toEqual([true, 'cancel']);
  });

  test('stops when another process has it, and writes nothing of it any more', () => {
    const { jobs, job, running, look } = start();
    jobs.release(job.id, 'mine', { state: 'lost' }, 0);
    jobs.claim(owner('another'), 0);
    look();
    expect(running.stopReason).toBe('lost');
    expect(running.end({ state: 'done', result: 1 })).toBe(false);
    expect(jobs.job(job.id)).toMatchObject({ state: 'running', result: null });
  });

  test('a checkpoint is in the database at once, and the end writes what is left', () => {
    const { jobs, job, running, isStopped } = start();
    running.checkpoint({ at: 2 });
    expect(jobs.job(job.id)?.checkpoint).toEqual({ at: 2 });
    running.log('info', 'last words');
    expect(running.end({ state: 'done', result: { a: 1 } })).toBe(true);
    expect(jobs.job(job.id)).toMatchObject({ state: 'done', result: { a: 1 } });
    expect(jobs.log(job.id, 0, 10)).toMatchObject([{ text: 'last words' }]);
    expect(isStopped()).toBe(true);
  });
});
