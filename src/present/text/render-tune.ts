import type { TuneJudgement, TuneReport } from '../../app/evaluate/types.ts';
import type { Column } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf } from './quantities.ts';
import { points, pValue } from './render-eval.ts';
import { renderWrappedColumns } from './render-wrapped-columns.ts';
import type { Page } from './style.ts';

const number = (title: string): Column => ({ title, align: 'right' });

/** What was fitted, how it was judged, and whether it was taken. */
export function renderTune(report: TuneReport, page: Page): string {
  const { set, fittedOn, tried, fit, changes, heldOut, controls, accepted, refusals, applied } = report;
  const { style } = page;
  const lines = [
    `${style.bold(escapeLine(set))}: tried ${countOf(tried, 'setting')} on ${countOf(fittedOn, 'question')}`,
    ...changes.map(({ key, from, to }) => `  ${escapeLine(key)}: ${from} -> ${to}`),
  ];
  const rows = [
    ...(fit ? [['fitted', `${fittedOn}`, ...scores(fit)]] : []),
    ...(heldOut ? [judgementRow('held out', heldOut)] : []),
    ...controls.map((control) => judgementRow(`control: ${control.set}`, control)),
  ];
  const table =
    rows.length > 0
      ? renderWrappedColumns(
          [{ title: 'nDCG@10' }],
          [
            [number('questions'), number('before'), number('after'), number('points')],
            [{ title: '95 % interval' }, number('p'), number('better'), number('worse')],
          ],
          rows,
          page,
        )
      : '';
  const verdict = [
    ...refusals.map((refusal) => `${style.caution('refused:')} ${escapeLine(refusal)}.`),
    verdictOf(accepted, applied, changes.length),
  ];
  return [lines, verdict].map((part) => part.map((line) => `${line}\n`).join('')).join(table);
}

const scores = ({ before, after }: { readonly before: number; readonly after: number }): string[] => [
  before.toFixed(3),
  after.toFixed(3),
  points(after - before),
];

const judgementRow = (name: string, judgement: TuneJudgement): string[] => [
  escapeLine(name),
  `${judgement.questions}`,
  ...scores(judgement),
  `${points(judgement.interval[0])} … ${points(judgement.interval[1])}`,
  pValue(judgement.p),
  `${judgement.wins}`,
  `${judgement.losses}`,
];

function verdictOf(accepted: boolean, applied: boolean, changes: number): string {
  if (!accepted) return 'Nothing was changed.';
  if (applied) {
    const [what, them] = changes === 1 ? ['this setting', 'it'] : ['these settings', 'them'];
    return `The database has ${what} now; \`rag tune --reset\` takes ${them} away.`;
  }
  return 'Nothing was changed yet; --apply keeps these settings in the database.';
}
