import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RagError } from '../../../platform/errors.ts';
import { sha256Hex } from '../../../platform/hash.ts';
import type { JobStep } from '../../../store/types.ts';
import { isRetryable, jobErrorOf } from '../job-failure.ts';
import type { JobReporter, JobTools, KindOutcome, WorkflowSpec } from '../types.ts';
import { holds } from './evaluate-condition.ts';
import { readWorkflow, readWorkflowFile } from './read-workflow.ts';
import type { WorkflowStep } from './types.ts';

/** `hash`: of the file as it was when the workflow began. The file itself may hold what must not stand in a database. */
type Kept = { readonly hash: string; readonly steps: Readonly<Record<string, unknown>> };

const NOT_BEGUN: Omit<JobStep, 'name'> = {
  state: 'waiting',
  done: 0,
  total: 0,
  attempts: 0,
  startedAt: null,
  endedAt: null,
  result: null,
  error: null,
};

const hasEnded = ({ state }: JobStep): boolean => state === 'done' || state === 'failed' || state === 'skipped';

/**
 * Runs the steps of a workflow, one after another. A step that has ended is not run again when the job goes on after a
 * kill; the one that was under way begins again, an `add` or `sync` with what it had stored.
 */
export async function runWorkflow(spec: WorkflowSpec, reporter: JobReporter, tools: JobTools): Promise<KindOutcome> {
  const { file } = spec;
  const text = readWorkflowFile(file);
  const hash = sha256Hex(text);
  const { steps } = await readWorkflow(text, { file, trustFile: tools.trustFile });
  const kept = reporter.kept as Kept | null;
  const isSame = kept === null || kept.hash === hash;
  const checkpoints: Record<string, unknown> = isSame ? { ...kept?.steps } : {};
  const keep = (): void => reporter.checkpoint({ hash, steps: checkpoints } satisfies Kept);
  if (!isSame) reporter.log('warning', 'The file has changed since it began, so that every step runs again.');
  for (const { name } of steps) {
    if (!isSame || !reporter.steps.some((step) => step.name === name)) reporter.step(name, { ...NOT_BEGUN });
  }
  keep();
  const stateOf = (name: string): JobStep => reporter.steps.find((step) => step.name === name) as JobStep;

  for (const step of steps) {
    if (hasEnded(stateOf(step.name))) continue;
    if (reporter.signal.aborted) break;
    if (!isWanted(step)) {
      reporter.step(step.name, { state: 'skipped', endedAt: Date.now() });
      reporter.log(
        'info',
        `${step.name}: left out, as ${step.when ? `${step.when.text} does not hold` : 'what it needs failed'}`,
      );
      keep();
      continue;
    }
    await attempt(step);
    if (reporter.signal.aborted) break;
    keep();
  }
  return outcome();

  function isWanted(step: WorkflowStep): boolean {
    const byName = new Map(steps.map((each) => [each.name, each]));
    const ended = new Map(reporter.steps.filter(hasEnded).map((each) => [each.name, each]));
    const success = step.needs.every((name) => {
      const { state } = stateOf(name);
      return state === 'done' || (state === 'failed' && byName.get(name)?.continues === true);
    });
    return step.when ? holds(step.when.condition, { ended, success }) : success;
  }

  async function attempt(step: WorkflowStep): Promise<void> {
    const { name, retry } = step;
    for (;;) {
      const attempts = stateOf(name).attempts + 1;
      reporter.step(name, {
        state: 'running',
        attempts,
        startedAt: stateOf(name).startedAt ?? Date.now(),
        endedAt: null,
      });
      // What a program is given may be a secret.
      const what = step.kind.needsTrust ? '' : ` ${step.kind.describe(step.given)}`;
      reporter.log('info', `${name}: ${step.kind.name}${what}`);
      keep();
      const { result, problem, isFailure } = await runOnce(step);
      if (reporter.signal.aborted) return;
      const failed = isFailure || (problem !== null && isRetryable(problem));
      if (failed && attempts <= retry.times) {
        reporter.log(
          'warning',
          `${name}: ${problem?.message ?? 'It failed.'} It is tried again in ${retry.delayMs} ms.`,
        );
        await delay(retry.delayMs, undefined, { signal: reporter.signal }).catch(() => {});
        if (reporter.signal.aborted) return;
        continue;
      }
      delete checkpoints[name];
      reporter.step(name, {
        state: isFailure ? 'failed' : 'done',
        result,
        error: problem && jobErrorOf(problem),
        endedAt: Date.now(),
      });
      reporter.log(isFailure ? 'error' : 'info', `${name}: ${isFailure ? (problem?.message ?? 'It failed.') : 'done'}`);
      reporter.addUnits(1);
      return;
    }
  }

  /** Never throws: a fault is the outcome of the step. */
  async function runOnce(step: WorkflowStep): Promise<KindOutcome> {
    const timeout = new AbortController();
    const timer = step.timeoutMs === null ? undefined : setTimeout(() => timeout.abort(), step.timeoutMs);
    try {
      const signal = AbortSignal.any([reporter.signal, timeout.signal]);
      const ran = await step.kind.run(step.given, {
        folder: dirname(file),
        timeoutMs: step.timeoutMs,
        reporter: stepReporter(step.name, signal),
        tools,
      });
      return timeout.signal.aborted ? tooLate(step, ran.result) : ran;
    } catch (error) {
      if (timeout.signal.aborted) return tooLate(step, {});
      const { code, message, hint } = jobErrorOf(error);
      const problem = new RagError(code as RagError['code'], { message, ...(hint && { hint }), cause: error });
      return { result: {}, problem, isFailure: true, isWhole: true };
    } finally {
      clearTimeout(timer);
    }
  }

  /** What a step tells is told of it: its progress is the step's own, and its checkpoint a part of the workflow's. */
  function stepReporter(name: string, signal: AbortSignal): JobReporter {
    return {
      ...reporter,
      signal,
      steps: [],
      kept: checkpoints[name] ?? null,
      step: (_, { done, total }) =>
        reporter.step(name, { ...(done !== undefined && { done }), ...(total !== undefined && { total }) }),
      log: (level, text) => reporter.log(level, `${name}: ${text}`),
      checkpoint(value) {
        checkpoints[name] = value;
        keep();
      },
    };
  }

  function outcome(): KindOutcome {
    const own = steps.map(({ name }) => stateOf(name));
    const count = (state: JobStep['state']): number => own.filter((step) => step.state === state).length;
    const result = { steps: own.length, done: count('done'), failed: count('failed'), skipped: count('skipped') };
    const fatal = steps.find(({ name, continues }) => stateOf(name).state === 'failed' && !continues);
    const isWhole = own.every(hasEnded);
    if (!fatal) return { result, problem: null, isFailure: false, isWhole };
    const { error } = stateOf(fatal.name);
    return {
      result,
      isFailure: true,
      isWhole,
      problem: new RagError('COMMAND_FAILED', {
        message: `The step "${fatal.name}" failed: ${error?.message ?? 'for no reason that it told.'}`,
        hint: error?.hint ?? '`rag jobs log` shows what it did.',
      }),
    };
  }
}

const tooLate = ({ name, timeoutMs }: WorkflowStep, result: KindOutcome['result']): KindOutcome => ({
  result,
  problem: new RagError('COMMAND_FAILED', {
    message: `The step "${name}" took longer than ${timeoutMs} ms and was ended.`,
    hint: 'Raise its timeout; what it had stored is kept.',
  }),
  isFailure: true,
  isWhole: true,
});
