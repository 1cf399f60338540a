import type {
  BaselineCheck,
  ConfigurationReport,
  EvaluationComparison,
  EvaluationReport,
  MeasureName,
  Measures,
} from '../../app/evaluate/types.ts';

import { type Column, renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf } from './quantities.ts';
import type { Page } from './style.ts';

export const MEASURE_TITLES: Readonly<Record<MeasureName, string>> = {
  ndcg10: 'nDCG@10',
  mrr: 'MRR',
  recall5: 'R@5',
  recall10: 'R@10',
  recall100: 'R@100',
  allGold5: 'all@5',
  evidence2000: 'ev 2k',
  evidence4000: 'ev 4k',
};

const MEASURES = Object.keys(MEASURE_TITLES) as MeasureName[];

const number = (title: string): Column => ({ title, align: 'right' });

/** Tables for people: figures by configuration, by kind of question, and what differs from the first configuration. */
export function renderEvaluation(report: EvaluationReport, page: Page): string {
  const { set, configurations, comparisons, baseline } = report;
  const parts = [
    `${page.style.bold(escapeLine(set.name))}: ${countOf(set.questions, 'question')} over ${countOf(set.documents, 'document')} in ${countOf(set.passages, 'passage')}\n`,
    renderConfigurations(configurations, page),
  ];
  if (configurations.some(({ kinds }) => kinds.length > 0)) parts.push(renderKinds(configurations, page));
  if (comparisons.length > 0) parts.push(renderComparisons(comparisons, page));
  if (baseline) parts.push(renderBaselineCheck(baseline, page));
  return parts.join('\n');
}

const figuresOf = (measures: Measures): string[] => MEASURES.map((name) => measures[name].toFixed(3));

const renderConfigurations = (configurations: readonly ConfigurationReport[], page: Page): string =>
  renderColumns(
    [
      { title: 'configuration' },
      ...MEASURES.map((name) => number(MEASURE_TITLES[name])),
      number('p50 ms'),
      number('p95 ms'),
    ],
    configurations.map(({ name, measures, latencyMs }) => [
      escapeLine(name),
      ...figuresOf(measures),
      latencyMs.p50.toFixed(1),
      latencyMs.p95.toFixed(1),
    ]),
    { width: 0, paintTitle: page.style.dim },
  );

const renderKinds = (configurations: readonly ConfigurationReport[], page: Page): string =>
  renderColumns(
    [
      { title: 'kind' },
      number('questions'),
      { title: 'configuration' },
      ...MEASURES.map((name) => number(MEASURE_TITLES[name])),
    ],
    (configurations[0]?.kinds ?? []).flatMap(({ kind, questions }) =>
      configurations.map(({ name, kinds }) => [
        escapeLine(kind),
        String(questions),
        escapeLine(name),
        ...figuresOf((kinds.find((each) => each.kind === kind) as (typeof kinds)[number]).measures),
      ]),
    ),
    { width: 0, paintTitle: page.style.dim },
  );

/** In points, which are hundredths. */
export const points = (difference: number): string => `${difference >= 0 ? '+' : ''}${(difference * 100).toFixed(1)}`;

export const pValue = (p: number): string => (p < 0.001 ? '<.001' : p.toFixed(3).replace(/^0/, ''));

const comparisonColumns: readonly Column[] = [
  number('points'),
  { title: '95 % interval' },
  number('p'),
  number('p Holm'),
  number('better'),
  number('worse'),
  number('same'),
];

const comparisonCells = (comparison: EvaluationComparison): string[] => [
  points(comparison.difference),
  `${points(comparison.interval[0])} … ${points(comparison.interval[1])}`,
  pValue(comparison.p),
  pValue(comparison.pHolm),
  String(comparison.wins),
  String(comparison.losses),
  String(comparison.ties),
];

const renderComparisons = (comparisons: readonly EvaluationComparison[], page: Page): string =>
  renderColumns(
    [{ title: 'against the first' }, { title: 'by' }, ...comparisonColumns],
    comparisons.map((comparison) => [
      `${escapeLine(comparison.name)} - ${escapeLine(comparison.against)}`,
      MEASURE_TITLES[comparison.measure],
      ...comparisonCells(comparison),
    ]),
    { width: 0, paintTitle: page.style.dim },
  );

function renderBaselineCheck({ path, passed, checks, notes }: BaselineCheck, page: Page): string {
  const table = renderColumns(
    [
      { title: 'against the baseline' },
      { title: 'by' },
      number('before'),
      number('now'),
      ...comparisonColumns,
      { title: '' },
    ],
    checks.map((check) => [
      escapeLine(check.name),
      MEASURE_TITLES[check.measure],
      check.before.toFixed(3),
      check.now.toFixed(3),
      ...comparisonCells(check),
      check.dropped ? 'dropped' : 'ok',
    ]),
    { width: 0, paintTitle: page.style.dim },
  );
  const verdict = passed
    ? page.style.good(`No drop against ${escapeLine(path)}.`)
    : page.style.bad(`Dropped against ${escapeLine(path)}.`);
  return [table, ...notes.map((note) => `${escapeLine(note)}\n`), `${verdict}\n`].join('');
}
