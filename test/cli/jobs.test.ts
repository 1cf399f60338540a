import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Home, isBuilt, runRag, startRag } from './run-rag.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

/** A home with a folder of notes; whatever still runs there ends with the test. */
async function newHome(notes = 3): Promise<Home> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-jobs-')));
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(join(folder, 'notes'));
  for (let i = 0; i < notes; i++)
    writeFileSync(
      join(folder, 'notes', `n${i}.md`),
      `# Note ${i}\n\nOtters of the river number ${i}, and what they eat.\n`,
    );
  const home = { folder, environment: { XDG_STATE_HOME: join(folder, 'state') } };
  await runRag(['init'], home);
  return home;
}

type Job = {
  readonly id: number;
  readonly state: string;
  readonly kind: string;
  readonly units: number;
  readonly origin: string;
  readonly result: Record<string, number> | null;
  readonly error: { readonly code: string; readonly message: string } | null;
};

async function json<Data>(argv: readonly string[], home: Home): Promise<Data> {
  const { stdout } = await runRag([...argv, '--json'], home);
  return (JSON.parse(stdout) as { data: Data }).data;
}

const jobsOf = async (home: Home): Promise<readonly Job[]> => (await json<{ jobs: Job[] }>(['jobs'], home)).jobs;
const jobOf = async (home: Home, id = 1): Promise<Job> => json<Job>(['jobs', 'show', String(id)], home);
const documentsOf = async (home: Home): Promise<number> =>
  (await json<{ documents: number }>(['status'], home)).documents;

/** Starts it, and ends it with the test if it has not ended. */
function start(argv: readonly string[], home: Home): ChildProcess {
  const child = startRag(argv, home);
  child.stdout?.resume();
  undo.push(() => void child.kill('SIGKILL'));
  return child;
}

/** Resolves when what it says on standard error holds the text. */
const says = (child: ChildProcess, text: string): Promise<void> =>
  new Promise((resolve) => {
    let said = '';
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.includes(text)) resolve();
    });
  });

/** Looks again until it is so; what is looked for is another process's doing. */
async function until<Value>(look: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    await new Promise(setImmediate);
  }
}

/** A workflow that runs until it is ended. */
const WAITING = `[[steps]]
name = "wait"
kind = "command"
argv = ["sleep", "600"]
`;

async function workflowHome(text: string): Promise<Home> {
  const home = await newHome();
  writeFileSync(join(home.folder, 'w.toml'), text);
  await runRag(['config', 'trust', home.folder], home);
  return home;
}

describe.skipIf(!isBuilt)('jobs of the built program', () => {
  test('what is added in the background is a job that a worker of its own does', async () => {
    const home = await newHome();
    const queued = await json<Job & { isNew: boolean; worker: { pid: number; isNew: boolean; log: string } }>(
      ['add', 'notes', '--background'],
      home,
    );
    expect(queued).toMatchObject({ id: 1, kind: 'add', isNew: true, worker: { isNew: true } });
    const watched = await runRag(['jobs', 'watch', '1'], home);
    expect(watched.code).toBe(0);
    expect(watched.stdout).toContain('Job 1 is done: 3 added');
    expect(watched.stdout).not.toContain('\u001b');
    expect(await documentsOf(home)).toBe(3);
    expect(readFileSync(queued.worker.log, 'utf8')).toContain('Job 1');
    expect((await runRag(['jobs', 'log', '1'], home)).stdout).toContain('3 documents found');
  });

  test('the same add that is queued twice is one job, and no worker does it twice', async () => {
    const home = await newHome(20);
    // Queued without a worker, as by `retry --no-worker`.
    await runRag(['add', 'missing', 'gone'], home);
    const twice = await Promise.all([1, 2].map(() => runRag(['jobs', 'retry', '1', '--no-worker'], home)));
    expect(twice.map(({ code }) => code).sort()).toEqual([0, 2]);
    const workers = await Promise.all([1, 2, 3].map(() => runRag(['worker', '--until-empty', '--json'], home)));
    const reports = workers.map(({ stdout }) => JSON.parse(stdout).data as { done: number; failed: number });
    expect(reports.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
    expect(await jobOf(home)).toMatchObject({ state: 'failed', error: { code: 'SOURCE_MISSING' } });
  });

  test('two workers share a queue, and each job runs once', async () => {
    const home = await newHome();
    const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
    await runRag(['add', 'notes'], home);
    const marks = join(home.folder, 'marks');
    await runRag(['config', 'trust', home.folder], home);
    for (const name of names) {
      const argv = ['sh', '-c', `echo ${name} >> ${marks}`];
      writeFileSync(
        join(home.folder, `${name}.toml`),
        `[[steps]]\nname = "s"\nkind = "command"\nargv = ${JSON.stringify(argv)}\n`,
      );
    }
    const holder = start(['worker'], home);
    await says(holder, 'Waiting for jobs');
    const other = start(['worker'], home);
    await says(other, 'Waiting for jobs');
    await Promise.all(names.map((name) => runRag(['run', `${name}.toml`, '--background'], home)));
    const ended = await until(
      () => jobsOf(home),
      (jobs) => jobs.every(({ state }) => state === 'done' || state === 'failed'),
    );
    expect(ended.filter(({ kind, state }) => kind === 'workflow' && state === 'done')).toHaveLength(12);
    expect(readFileSync(marks, 'utf8').trim().split('\n').sort()).toEqual([...names].sort());
  });

  test('a worker that is killed leaves its job to the next one, which goes on', async () => {
    const home = await workflowHome(
      `[[steps]]\nname = "once"\nkind = "command"\nargv = ["sh", "-c", "echo x >> once"]\n${WAITING.replace('sleep", "600"', 'sh", "-c", "echo x >> waits; test -f go || sleep 600"')}needs = ["once"]\n`,
    );
    const first = start(['worker'], home);
    await says(first, 'Waiting for jobs');
    await runRag(['run', 'w.toml', '--background'], home);
    await until(
      async () => (await runRag(['jobs', 'log', '1'], home)).stdout,
      (log) => log.includes('wait: It runs as process'),
    );
    await until(
      async () => existsSync(join(home.folder, 'waits')),
      (isThere) => isThere,
    );
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(await jobOf(home)).toMatchObject({ state: 'interrupted' });
    writeFileSync(join(home.folder, 'go'), '');
    const second = await runRag(['worker', '--until-empty'], home);
    expect(second.code).toBe(0);
    expect(await jobOf(home)).toMatchObject({ state: 'done', result: { done: 2 } });
    // What had ended was not done again; what was under way was.
    expect(readFileSync(join(home.folder, 'once'), 'utf8')).toBe('x\n');
    expect(readFileSync(join(home.folder, 'waits'), 'utf8')).toBe('x\nx\n');
    // Nor does anything of the first attempt still run.
    expect((await runRag(['jobs', 'log', '1'], home)).stdout).toContain('still ran, and was ended');
  });

  test('a worker that is told to stop puts its job back, and the job knows', async () => {
    const home = await workflowHome(WAITING);
    const worker = start(['worker'], home);
    await says(worker, 'Waiting for jobs');
    await runRag(['run', 'w.toml', '--background'], home);
    await until(
      () => jobOf(home),
      ({ state }) => state === 'running',
    );
    worker.kill('SIGTERM');
    const [code] = (await once(worker, 'exit')) as [number];
    expect(code).toBe(143);
    expect(await jobOf(home)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  test('a job is cancelled from another process', async () => {
    const home = await workflowHome(WAITING);
    const worker = start(['worker'], home);
    await says(worker, 'Waiting for jobs');
    await runRag(['run', 'w.toml', '--background'], home);
    await until(
      () => jobOf(home),
      ({ state }) => state === 'running',
    );
    expect((await runRag(['jobs', 'cancel', '1'], home)).code).toBe(0);
    const watched = await runRag(['jobs', 'watch', '1'], home);
    expect(watched.stdout).toContain('Job 1 is cancelled');
    expect((await runRag(['jobs', 'cancel', '1'], home)).stderr).toContain('has ended already');
  });

  test('an add that was killed is seen as interrupted, and a sync closes it', async () => {
    const home = await newHome(400);
    const adding = start(['add', 'notes'], home);
    await until(
      () => jobsOf(home),
      ([job]) => job?.state === 'running' && job.units >= 0,
    );
    adding.kill('SIGKILL');
    await once(adding, 'exit');
    const [interrupted] = await jobsOf(home);
    // It may have been done before it was killed, on a fast machine.
    if (interrupted?.state === 'done') return;
    expect(interrupted).toMatchObject({ state: 'interrupted', origin: 'foreground' });
    expect((await runRag(['jobs'], home)).stderr).toContain('was interrupted');
    await runRag(['add', 'notes'], home);
    expect(await documentsOf(home)).toBe(400);
    expect((await jobOf(home)).state).toBe('done');
  });

  test('what cannot be done is refused or failed with its reason', async () => {
    const home = await newHome();
    await runRag(['add', 'notes'], home);
    for (const argv of [
      ['jobs', 'show', '99'],
      ['jobs', 'cancel', 'x'],
      ['jobs', 'cancel'],
      ['jobs', 'retry', '99'],
      ['add', '-', '--title', 'x', '--background'],
      ['sync', '--background', '--dry-run'],
      ['worker', '--once', '--until-empty'],
      ['schedule', 'add', '* * *', 'sync'],
      ['schedule', 'add', '0 3 * * *', 'ask', 'why'],
      ['schedule', 'add', '0 3 * * *', 'sync', '--no-such-flag'],
      ['schedule', 'add', '0 3 * * *', 'sync', '--db', 'other.db'],
      ['schedule', 'remove', 'none'],
      ['run', 'none.toml'],
    ]) {
      const { code, stderr } = await runRag(argv, home);
      expect([argv.join(' '), code === 1 || code === 2]).toEqual([argv.join(' '), true]);
      expect(stderr).toMatch(/hint: /);
    }
    expect((await runRag(['worker', '--once'], home)).code).toBe(1);
  });
});

describe.skipIf(!isBuilt)('forgetting jobs by the built program', () => {
  test('the database that is named is the one whose jobs are forgotten', async () => {
    const home = await newHome(1);
    const other = ['--db', 'other.db'];
    for (const flags of [[], [], other, other]) await runRag(['add', 'notes', ...flags], home);
    const { stderr } = await runRag(['jobs', 'prune', '--older-than', '0m', '--keep', '1', ...other], home);
    expect(stderr).toContain('Forgot 1 job');
    expect(await jobsOf(home)).toHaveLength(2);
    expect((await json<{ jobs: Job[] }>(['jobs', ...other], home)).jobs).toHaveLength(1);
  });
});

describe.skipIf(!isBuilt)('schedules of the built program', () => {
  test('are added with what their command takes, listed, paused, resumed and removed', async () => {
    const home = await newHome();
    const added = await runRag(
      ['schedule', 'add', '--timezone', 'Europe/Berlin', '0 3 * * *', 'add', 'notes', '--tag', 'x', '--hidden'],
      home,
    );
    expect([added.code, added.stderr]).toEqual([0, expect.stringContaining('rag worker')]);
    expect(added.stdout).toMatch(/^"add" runs next at \d{4}-\d\d-\d\d 03:00 Europe\/Berlin\.$/m);
    await runRag(['schedule', 'add', '--name', 'often', '*/5 * * * *', 'sync'], home);
    const { stdout } = await runRag(['schedule'], home);
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect((await runRag(['schedule', 'pause', 'often'], home)).code).toBe(0);
    const { schedules } = await json<{ schedules: { name: string; isPaused: boolean; kind: string }[] }>(
      ['schedule'],
      home,
    );
    expect(schedules).toMatchObject([
      { name: 'add', kind: 'add', isPaused: false },
      { name: 'often', isPaused: true },
    ]);
    expect((await runRag(['schedule', 'resume', 'often'], home)).code).toBe(0);
    const next = await runRag(['schedule', 'next', 'add', '-n', '3'], home);
    expect(next.stdout.trim().split('\n')).toHaveLength(3);
    expect((await runRag(['schedule', 'remove', 'often'], home)).code).toBe(0);
    expect((await runRag(['schedule', 'next', 'often'], home)).code).toBe(1);
  });
});

describe.skipIf(!isBuilt)('workflows of the built program', () => {
  const NIGHTLY = `[[steps]]
name = "fresh"
kind = "add"
targets = ["notes"]

[[steps]]
name = "verify"
kind = "verify"
needs = ["fresh"]
when = "fresh.added == 3"

[[steps]]
name = "never"
kind = "sync"
when = "fresh.added > 3"

[[steps]]
name = "fails"
kind = "command"
argv = ["sh", "-c", "echo tried >> tries; exit 3"]
retry = { times = 2, delay = "1ms" }
continue = true

[[steps]]
name = "tell"
kind = "command"
argv = ["echo", "status was $HOME"]
when = "fails.status == 3 and skipped(never) and verify.status == 0"
`;

  test('run in their order, with conditions, retries and what may fail', async () => {
    const home = await workflowHome(NIGHTLY);
    const plan = await runRag(['run', 'w.toml', '--dry-run'], home);
    expect(plan.stdout).toContain('when fresh.added == 3');
    expect(await documentsOf(home)).toBe(0);
    const { code, stdout, stderr } = await runRag(['run', 'w.toml', '--json'], home);
    expect([code, stderr]).toEqual([0, '']);
    const { steps } = (JSON.parse(stdout) as { data: { steps: { name: string; state: string; attempts: number }[] } })
      .data;
    expect(steps.map(({ name, state, attempts }) => [name, state, attempts])).toEqual([
      ['fresh', 'done', 1],
      ['verify', 'done', 1],
      ['never', 'skipped', 0],
      ['fails', 'failed', 3],
      ['tell', 'done', 1],
    ]);
    expect(readFileSync(join(home.folder, 'tries'), 'utf8')).toBe('tried\ntried\ntried\n');
    // No shell has read it.
    expect((await runRag(['jobs', 'log', '1'], home)).stdout).toContain('tell: status was $HOME');
  });

  test('fail with the step that failed, and leave out what needs it', async () => {
    const home = await workflowHome(
      `[[steps]]\nname = "bad"\nkind = "command"\nargv = ["false"]\n[[steps]]\nname = "after"\nkind = "sync"\nneeds = ["bad"]\n[[steps]]\nname = "slow"\nkind = "command"\nargv = ["sleep", "600"]\ntimeout = "50ms"\ncontinue = true\n`,
    );
    const { code, stdout } = await runRag(['run', 'w.toml'], home);
    expect(code).toBe(3);
    expect(stdout).toContain('The step "bad" failed');
    expect(stdout).toMatch(/skipped {2}after/);
    expect(stdout).toMatch(/failed {3}slow: .*took longer than 50 ms/);
  });

  test('run no command of a folder that is not trusted', async () => {
    const home = await newHome();
    writeFileSync(join(home.folder, 'w.toml'), WAITING);
    const { code, stderr } = await runRag(['run', 'w.toml'], home);
    expect(code).toBe(2);
    expect(stderr).toContain('only files of trusted folders');
    expect(await jobsOf(home)).toEqual([]);
  });
});
