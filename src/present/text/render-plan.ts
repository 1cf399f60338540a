import type { Workflow, WorkflowStep } from '../../app/jobs/workflow/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, formatDuration } from './quantities.ts';
import type { Page } from './style.ts';

/** The steps in the order in which they run: what each does, and under which conditions. */
export function renderPlan({ name, steps }: Workflow, { style }: Page): string {
  const lines = steps.flatMap((step, index) => [
    `${String(index + 1).padStart(3)}. ${style.bold(escapeLine(step.name))}  ${escapeLine(`${step.kind.name}: ${step.kind.describe(step.given)}`)}`,
    ...termsOf(step).map((term) => style.dim(`     ${escapeLine(term)}`)),
  ]);
  return [`${escapeLine(name)}: ${countOf(steps.length, 'step')}`, ...lines].map((line) => `${line}\n`).join('');
}

function termsOf({ needs, when, retry, timeoutMs, continues }: WorkflowStep): string[] {
  return [
    needs.length > 0 ? `after ${needs.join(', ')}` : '',
    when ? `when ${when.text}` : needs.length > 0 ? 'when all of that went well' : '',
    retry.times > 0 ? `tried up to ${retry.times} times more, after ${formatDuration(retry.delayMs)}` : '',
    timeoutMs === null ? '' : `ended after ${formatDuration(timeoutMs)}`,
    continues ? 'its failure stops nothing' : '',
  ].filter((term) => term !== '');
}
