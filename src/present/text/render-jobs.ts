import type { JobAttempt, JobDetails, JobLogLine, JobStep, JobSummary, ShownState } from '../../app/jobs/types.ts';
import { renderColumns } from './columns.ts';
import { cutToWidth } from './display-width.ts';
import { escapeBlock, escapeLine } from './escape-terminal.ts';
import { countOf, formatDuration, groupDigits } from './quantities.ts';
import type { Page, Style } from './style.ts';

/** Columns for what a job came to; its words come whole with `rag jobs show`. */
const OUTCOME_COLUMNS = 30;
/** Documents from whose pace the rest can be judged. */
const MIN_DONE = 10;

const paintOf = (state: ShownState | JobStep['state'], style: Style): ((text: string) => string) => {
  if (state === 'done') return style.good;
  if (state === 'failed') return style.bad;
  return state === 'interrupted' || state === 'cancelled' ? style.caution : (text) => text;
};

/** One line for each: its number, state, kind, what it does, how far it is or what it came to. */
export function renderJobs(jobs: readonly JobSummary[], page: Page, now: number): string {
  const columns = [
    { title: 'id', align: 'right' },
    { title: 'state' },
    { title: 'kind' },
    { title: 'what', shrinks: true },
    { title: 'outcome' },
    { title: 'since', align: 'right' },
  ] as const;
  const rows = jobs.map((job) => [
    String(job.id),
    job.shown,
    job.kind,
    escapeLine(job.title),
    cutToWidth(escapeLine(outcomeOf(job, now)), OUTCOME_COLUMNS),
    ageOf(job.endedAt ?? job.startedAt ?? job.queuedAt, now),
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

/** How far a job is, or what it came to, in some words. */
export function outcomeOf(job: JobSummary, now: number): string {
  if (job.shown === 'queued') {
    const wait = job.runAfter - now;
    return job.error !== null && wait > 0 ? `again in ${formatDuration(wait)}` : '';
  }
  if (job.shown === 'running') return job.step ? progressOf(job.step, now) : '';
  if (job.shown === 'failed') return job.error?.message ?? '';
  return resultOf(job.result);
}

/** `documents 120/4,500, 1 min 05 s left`. */
function progressOf({ name, done, total, startedAt, state }: JobStep, now: number): string {
  if (total === 0) return name;
  const elapsedMs = now - (startedAt ?? now);
  const canTell = state === 'running' && elapsedMs > 0 && done >= MIN_DONE && done < total;
  const left = canTell ? `, ${formatDuration((elapsedMs / done) * (total - done))} left` : '';
  return `${name} ${groupDigits(done)}/${groupDigits(total)}${left}`;
}

const COUNTS = ['added', 'updated', 'moved', 'removed', 'unchanged', 'skipped', 'failed'];

/** Counts of an ingest, steps of a workflow, or nothing. */
function resultOf(result: unknown): string {
  if (typeof result !== 'object' || result === null) return '';
  const facts = result as Record<string, unknown>;
  if (typeof facts.note === 'string') return facts.note;
  if (typeof facts.steps === 'number') return `${facts.done} of ${countOf(facts.steps, 'step')} done`;
  return COUNTS.filter((name) => typeof facts[name] === 'number' && facts[name] !== 0)
    .map((name) => `${groupDigits(facts[name] as number)} ${name}`)
    .join(', ');
}

const ageOf = (at: number, now: number): string => formatDuration(Math.max(0, now - at));

/** All that is known of one job; stacks where they are asked for. */
export function renderJob(
  job: JobDetails,
  page: Page,
  options: { readonly now: number; readonly all: boolean },
): string {
  const { style } = page;
  const { now, all } = options;
  const facts: [string, string][] = [
    ['job', `${job.id}  ${job.kind}  ${job.title}`],
    ['state', `${job.shown}${job.owner && job.shown === 'running' ? `, process ${job.owner.pid}` : ''}`],
    ['queued', timeOf(job.queuedAt)],
  ];
  if (job.startedAt !== null) facts.push(['started', timeOf(job.startedAt)]);
  if (job.endedAt !== null) facts.push(['ended', `${timeOf(job.endedAt)}${tookOf(job)}`]);
  const outcome = outcomeOf(job, now);
  if (outcome !== '') facts.push(['outcome', outcome]);
  if (job.error?.hint) facts.push(['', job.error.hint]);
  const lines = facts.map(([name, value]) => `${style.dim(name.padEnd(8))} ${escapeLine(value)}\n`);
  if (job.steps.length > 0) {
    lines.push(style.dim('steps\n'));
    for (const step of job.steps) lines.push(renderStep(step, style, now));
  }
  if (job.attemptList.length > 1 || all) {
    lines.push(style.dim('attempts\n'));
    for (const attempt of job.attemptList) lines.push(renderAttempt(attempt, { all }));
  }
  return lines.join('');
}

const tookOf = ({ startedAt, endedAt }: JobDetails): string =>
  startedAt === null || endedAt === null ? '' : `, after ${formatDuration(Math.max(0, endedAt - startedAt))}`;

function renderStep(step: JobStep, style: Style, now: number): string {
  const how = step.state === 'failed' ? (step.error?.message ?? '') : resultOf(step.result);
  const progress = step.total > 0 ? progressOf(step, now) : step.name;
  const facts = [progress, how].filter((text) => text !== '').join(': ');
  return `  ${paintOf(step.state, style)(step.state.padEnd(8))} ${escapeLine(facts)}\n`;
}

function renderAttempt(
  { number, pid, startedAt, endedAt, outcome, error }: JobAttempt,
  { all }: { all: boolean },
): string {
  const took = endedAt === null ? '' : ` after ${formatDuration(Math.max(0, endedAt - startedAt))}`;
  const why = error ? `: ${error.code} ${escapeLine(error.message)}` : '';
  const stack = all && error?.stack ? `${escapeBlock(error.stack).replace(/^/gm, '      ')}\n` : '';
  return `  ${String(number).padStart(3)}  ${timeOf(startedAt)}  process ${pid}  ${outcome}${took}${why}\n${stack}`;
}

/** `2026-03-02 09:30:00  text`. */
export function renderLogLine({ at, level, text }: JobLogLine, { style }: Page): string {
  const paint = level === 'error' ? style.bad : level === 'warning' ? style.caution : (plain: string) => plain;
  return `${style.dim(timeOf(at))}  ${paint(escapeLine(text))}\n`;
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
