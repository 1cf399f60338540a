import { describe, expect, test } from 'vitest';
import { newJob } from '../../../src/app/jobs/job-spec.ts';
import { runJob } from '../../../src/app/jobs/run-job.ts';
import { createRunningJob } from '../../../src/app/jobs/running-job.ts';
import { sealed } from '../../../src/app/jobs/seal.ts';
import type { AddSpec, JobSpec } from '../../../src/app/jobs/types.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { RagError } from '../../../src/platform/errors.ts';
import { identityOf } from '../../../src/platform/process-identity.ts';
import type { JobOwner } from '../../../src/store/types.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { openRaw, openTemporaryStore } from '../../store/temporary-store.ts';
import { openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const NOTES = { 'a.md': '# A\n\nOtters.', 'b.md': '# B\n\nRivers.', 'c/d.md': '# D\n\nReeds.' };
const owner = (token: string): JobOwner => ({ ...identityOf(process.pid), token });
const sync: JobSpec = { kind: 'sync', workingFolder: '/', options: {} };

/** A job of a queue, and a way to run it once more, over a real database. */
async function queued(spec: JobSpec, replace: Partial<KnowledgeBase> = {}) {
  const { jobs } = openTemporaryStore();
  const clock = fixedClock();
  const knowledgeBase = await openTemporary();
  const { id } = jobs.enqueue(newJob(spec, { origin: 'background' }), clock.now());
  let attempts = 0;
  return {
    jobs,
    clock,
    knowledgeBase,
    job: () => jobs.job(id),
    async attempt(prepare: (running: ReturnType<typeof createRunningJob>) => void = () => {}) {
      const mine = owner(`t${attempts++}`);
      const job = jobs.claim(mine, clock.now());
      if (!job) return null;
      const running = createRunningJob({ jobs, job, owner: mine, clock, every: () => () => {} });
      prepare(running);
      const end = await runJob({
        running,
        maxAttempts: 3,
        clock,
        random: () => 0,
        program: [],
        trustFile: '/nowhere',
        open: async () => ({ ...knowledgeBase, ...replace, close: () => {} }),
      });
      running.end(end);
      return end;
    },
  };
}

const throwing = (error: Error): Partial<KnowledgeBase> => ({
  // biome-ignore lint/correctness/useYield: it fails before it has anything to tell.
  async *sync() {
    throw error;
  },
});

describe('what may pass is tried again', () => {
  test('after longer and longer waits, up to the limit', async () => {
    const { attempt, clock, job, jobs } = await queued(sync, throwing(new RagError('DB_BUSY', { message: 'Locked.' })));
    const start = clock.now();
    expect(await attempt()).toMatchObject({ state: 'queued', runAfter: start + 5000 });
    expect(await attempt()).toBeNull();
    clock.advance(5000);
    expect(await attempt()).toMatchObject({ state: 'queued', runAfter: start + 15_000 });
    clock.advance(10_000);
    expect(await attempt()).toMatchObject({ state: 'failed' });
    expect(job()).toMatchObject({ state: 'failed', attempts: 3, error: { code: 'DB_BUSY', message: 'Locked.' } });
    const kept = jobs.attempts(1);
    expect(kept.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
    expect(kept[0]?.error?.stack).toContain('run-job.test.ts');
  });

  test('what fails in the same way each time is not', async () => {
    const { attempt, job } = await queued(sync, throwing(new RagError('USAGE', { message: 'Wrong.', hint: 'Right.' })));
    expect(await attempt()).toMatchObject({ state: 'failed' });
    expect(job()).toMatchObject({ attempts: 1, error: { code: 'USAGE', hint: 'Right.' } });
  });

  test('what nobody foresaw is kept with its stack', async () => {
    const { attempt, job } = await queued(sync, throwing(new TypeError('x is not a function')));
    await attempt();
    expect(job()?.error).toMatchObject({ code: 'INTERNAL', stack: expect.stringContaining('TypeError') });
  });
});

describe('an add', () => {
  const add = (targets: readonly string[], workingFolder: string): AddSpec => ({
    kind: 'add',
    targets,
    workingFolder,
    options: { collection: 'work' },
  });

  test('finds relative names from the folder that it was asked for in', async () => {
    const folder = temporaryFolder(NOTES);
    const { attempt, job, knowledgeBase, jobs } = await queued(add(['a.md', 'c'], folder.path));
    expect(await attempt()).toMatchObject({ state: 'done', result: { added: 2, changed: 2 } });
    expect(
      knowledgeBase
        .list()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['a.md', 'd.md']);
    expect(job()).toMatchObject({ units: 2, state: 'done' });
    expect(jobs.steps(1)).toMatchObject([{ name: 'documents', state: 'done', done: 2, total: 2 }, { name: 'names' }]);
  });

  test('goes on behind the targets that it had finished', async () => {
    const folder = temporaryFolder(NOTES);
    const { attempt, jobs, job } = await queued(add(['a.md', 'b.md', 'c'], folder.path));
    // Stopped as soon as the first target is finished.
    const end = await attempt((running) => {
      const checkpoint = running.checkpoint;
      Object.assign(running, {
        checkpoint: (value: unknown) => {
          checkpoint(value);
          running.stop('stop');
        },
      });
    });
    expect(end).toMatchObject({ state: 'queued', outcome: 'stopped' });
    expect(job()?.checkpoint).toMatchObject({ finished: [0] });
    const before = jobs.log(1, 0, 1000).at(-1)?.id ?? 0;
    expect(await attempt()).toMatchObject({ state: 'done', result: { added: 3, unchanged: 0 } });
    const read = jobs.log(1, before, 1000).filter(({ text }) => text.startsWith('Reading'));
    expect(read).toHaveLength(2);
  });

  test('that was cancelled before it began leaves nothing behind', async () => {
    const { attempt, job, knowledgeBase } = await queued(add(['a.md'], temporaryFolder(NOTES).path));
    await attempt((running) => running.stop('cancel'));
    expect(job()?.state).toBe('cancelled');
    expect(knowledgeBase.list()).toEqual([]);
  });

  test('of names that are not there fails with the first of them, and of some with none', async () => {
    const folder = temporaryFolder(NOTES);
    const none = await queued(add(['x.md', 'y.md'], folder.path));
    expect(await none.attempt()).toMatchObject({ state: 'failed', error: { code: 'SOURCE_MISSING' } });
    const some = await queued(add(['x.md', 'a.md'], folder.path));
    expect(await some.attempt()).toMatchObject({ state: 'done', result: { added: 1, problems: 1 } });
  });
});

describe('work in the foreground', () => {
  const addOf = (folder: string): AddSpec => ({ kind: 'add', targets: ['.'], workingFolder: folder, options: {} });

  test('stands among the jobs, and one of the same command does not run beside it', async () => {
    const knowledgeBase = await openTemporary();
    const jobs = await knowledgeBase.jobs();
    const running = jobs.begin(addOf('/a'));
    expect(jobs.begin(addOf('/a'))).toBeNull();
    expect(jobs.list({ limit: 5 })).toMatchObject([{ shown: 'running', origin: 'foreground', kind: 'add' }]);
    running?.end({ state: 'done', result: null });
    expect(jobs.list({ limit: 5 })).toMatchObject([{ shown: 'done' }]);
  });

  test('that was killed is shown as interrupted, and closed by a sync that comes after it', async () => {
    const knowledgeBase = await openTemporary();
    const jobs = await knowledgeBase.jobs();
    const [begun, unbegun, other] = [addOf('/a'), addOf('/b'), { ...sync, options: { collection: 'x' } }].map((spec) =>
      jobs.begin(spec),
    );
    // Only the first had come to read something.
    begun?.step('documents', { done: 1, total: 5 });
    begun?.checkpoint(null);
    openRaw(knowledgeBase.path).exec(`UPDATE jobs SET owner = json_set(owner, '$.boot', 'before')`);
    expect(jobs.list({ limit: 5 }).map(({ shown }) => shown)).toEqual(['interrupted', 'interrupted', 'interrupted']);
    jobs.begin(sync)?.end({ state: 'done', result: null });
    const states = [begun, unbegun, other].map((running) => jobs.get(running?.job.id ?? 0));
    expect(states.map(({ shown }) => shown)).toEqual(['done', 'failed', 'done']);
    expect(states[0]?.result).toMatchObject({ note: 'Finished by job 4.' });
    expect(states[1]?.error).toMatchObject({ code: 'INTERRUPTED' });
    expect(jobs.retry(states[1]?.id ?? 0)).toMatchObject({ shown: 'queued', origin: 'background' });
    for (const running of [begun, unbegun, other]) running?.end(null);
  });
});

test('what was queued on another machine, or changed since, is done only when somebody here asks for it', async () => {
  const { attempt, jobs, job } = await queued(sync);
  const spec = job()?.spec as object;
  jobs.requestCancel(1, 0);
  jobs.retry(1, { ...spec, workingFolder: '/etc' }, 0);
  expect(await attempt()).toMatchObject({
    state: 'failed',
    error: { code: 'NOT_TRUSTED', hint: expect.stringContaining('rag jobs retry 1') },
  });
  jobs.retry(1, sealed(sync), 0);
  expect(await attempt()).toMatchObject({ state: 'done' });
});

test('an address with a password never stands among the jobs', async () => {
  const knowledgeBase = await openTemporary();
  const jobs = await knowledgeBase.jobs();
  const add: AddSpec = { kind: 'add', targets: ['https://me:secret@127.0.0.1/'], workingFolder: '/', options: {} };
  expect(() => jobs.enqueue(add)).toThrow(/user name or password/);
  expect(() => jobs.begin(add)).toThrow(/user name or password/);
  expect(jobs.list({ limit: 5 })).toEqual([]);
});
