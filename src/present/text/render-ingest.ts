import type { IngestReport, ItemOutcome, ItemStatus } from '../../app/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { fileNameOf } from './location.ts';
import { countOf, formatDuration, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

/** Problems that are listed before a count stands for the rest, unless all were asked for. */
const LISTED_PROBLEMS = 20;

const CHANGES: readonly ItemStatus[] = ['added', 'updated', 'moved', 'removed'];
const ORDER: readonly ItemStatus[] = [...CHANGES, 'unchanged', 'skipped', 'failed'];

/** One line: `12 added, 3 unchanged, 1 failed; 84 passages; 3.2 s`. */
export function renderIngestSummary(report: IngestReport): string {
  const counts = ORDER.filter((status) => report.counts[status] > 0);
  const what = counts.map((status) => `${groupDigits(report.counts[status])} ${status}`).join(', ');
  const prefix = report.dryRun ? 'Dry run, nothing was changed: ' : '';
  const end = report.interrupted ? ' Interrupted; what was finished is kept.' : '';
  const passages = report.chunks > 0 ? `; ${countOf(report.chunks, 'passage')}` : '';
  const cut = report.cutTexts ?? 0;
  const beginnings =
    cut > 0
      ? ` ${countOf(cut, 'passage')} ${cut === 1 ? 'was' : 'were'} longer than the embedding model takes: only the beginning has a say in the vector.`
      : '';
  const none = report.sourceProblems.length > 0 ? 'nothing was taken in' : 'nothing to do';
  return `${prefix}${what === '' ? none : what}${passages}; ${formatDuration(report.elapsedMs)}.${beginnings}${end}\n`;
}

/** Each change on a line of its own: `added  handbook/leave.md`. */
export function renderChange(outcome: ItemOutcome, page: Page): string {
  const from = outcome.from === undefined ? '' : ` (was ${escapeLine(outcome.from)})`;
  const paint =
    outcome.status === 'failed' ? page.style.bad : outcome.status === 'removed' ? page.style.caution : page.style.good;
  return `${paint(outcome.status.padEnd(9))} ${escapeLine(outcome.path)}${from}\n`;
}

export const isChange = (outcome: ItemOutcome): boolean => CHANGES.includes(outcome.status);

export const isProblem = (outcome: ItemOutcome): boolean => outcome.status === 'failed' || outcome.status === 'skipped';

/**
 * Failed documents with their reasons, sources that could not be listed, and, when all are asked for, what was skipped
 * and what was doubtful. Where nothing but skipped files was there, they are what there is to tell. Empty otherwise.
 */
export function renderProblems(
  outcomes: readonly ItemOutcome[],
  report: IngestReport,
  page: Page,
  options: { readonly all: boolean },
): string {
  const { style } = page;
  const failed = outcomes.filter((outcome) => outcome.status === 'failed');
  const { skipped, ...others } = report.counts;
  const onlySkipped = skipped > 0 && Object.values(others).every((count) => count === 0);
  const listed = options.all
    ? outcomes.filter(isProblem)
    : (onlySkipped ? outcomes.filter(isProblem) : failed).slice(0, LISTED_PROBLEMS);
  const lines = listed.map((outcome) => {
    const label = outcome.status === 'failed' ? style.bad('failed: ') : style.caution('skipped:');
    return `${label} ${escapeLine(outcome.path)}: ${escapeLine(outcome.reason?.message ?? 'no reason was given')}`;
  });
  const rest = (onlySkipped ? skipped : failed.length) - LISTED_PROBLEMS;
  if (!options.all && rest > 0) lines.push(`and ${groupDigits(rest)} more; -v lists them all.`);
  if (options.all) {
    for (const outcome of outcomes) {
      for (const warning of outcome.warnings ?? []) {
        lines.push(`${style.caution('warning:')} ${escapeLine(outcome.path)}: ${escapeLine(warning)}`);
      }
    }
  }
  for (const problem of report.sourceProblems) {
    lines.push(
      `${style.bad('source:')} ${escapeLine(fileNameOf(problem.uri, page.workingFolder))}: ${escapeLine(problem.message)}`,
    );
    if (problem.hint) lines.push(`        ${escapeLine(problem.hint)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}
