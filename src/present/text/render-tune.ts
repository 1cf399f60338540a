import type { TuneJudgement, TuneReport } from '../../app/evaluate/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf } from './quantities.ts';
import { points, pValue } from './render-eval.ts';
import type { Page } from './style.ts';

/** What was fitted, how it was judged, and whether it was taken. */
export function renderTune(report: TuneReport, { style }: Page): string {
  const { set, fittedOn, tried, fit, changes, heldOut, controls, accepted, refusals, applied } = report;
  const lines = [
    `${style.bold(escapeLine(set))}: tried ${countOf(tried, 'setting')} on ${countOf(fittedOn, 'question')}`,
  ];
  if (fit)
    lines.push(
      `fitted    nDCG@10 ${fit.before.toFixed(3)} -> ${fit.after.toFixed(3)} (${points(fit.after - fit.before)})`,
    );
  for (const { key, from, to } of changes) lines.push(`  ${escapeLine(key)}: ${from} -> ${to}`);
  if (heldOut) lines.push(judgementLine('held out', heldOut));
  for (const control of controls) lines.push(judgementLine('control ', control));
  for (const refusal of refusals) lines.push(`${style.caution('refused:')} ${escapeLine(refusal)}.`);
  lines.push(verdictOf(accepted, applied, changes.length));
  return lines.map((line) => `${line}\n`).join('');
}

const judgementLine = (name: string, judgement: TuneJudgement): string =>
  `${name}  nDCG@10 ${judgement.before.toFixed(3)} -> ${judgement.after.toFixed(3)} (${points(judgement.difference)}, ` +
  `95 % ${points(judgement.interval[0])} … ${points(judgement.interval[1])}, p ${pValue(judgement.p)}, ` +
  `${judgement.wins} better, ${judgement.losses} worse) on ${countOf(judgement.questions, 'question')} of ${escapeLine(judgement.set)}`;

function verdictOf(accepted: boolean, applied: boolean, changes: number): string {
  if (!accepted) return 'Nothing was changed.';
  if (applied) {
    const [what, them] = changes === 1 ? ['this setting', 'it'] : ['these settings', 'them'];
    return `The database has ${what} now; \`rag tune --reset\` takes ${them} away.`;
  }
  return 'Nothing was changed yet; --apply keeps these settings in the database.';
}
