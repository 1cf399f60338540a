import type {
  BaselineCheck,
  ConfigurationReport,
  EvaluationComparison,
  EvaluationReport,
  MeasureName,
  Measures,
} from '../../app/evaluate/types.ts';
import type { Column } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf } from './quantities.ts';
import { renderWrappedColumns } from './render-wrapped-columns.ts';
import type { Page } from './style.ts';

export const MEASURE_TITLES: Readonly<Record<MeasureName, string>> = {
  ndcg10: 'nDCG@10',
  mrr: 'MRR',
  recall5: 'R@5',
  recall10: 'R@10',
  recall100: 'R@100',
  allGold5: 'all@5',
  evidence1000: 'ev 1k',
  evidence2000: 'ev 2k',
  evidence4000: 'ev 4k',
};

const MEASURES = Object.keys(MEASURE_TITLES) as MeasureName[];

const LEGEND = 'R = recall, all = all gold found, ev = share of the evidence in so many tokens';

const number = (title: string): Column => ({ title, align: 'right' });

const columnsOf = (isWanted: (name: MeasureName) => boolean): readonly Column[] =>
  MEASURES.filter(isWanted).map((name) => number(MEASURE_TITLES[name]));

const isEvidence = (name: MeasureName): boolean => name.startsWith('evidence');
const rankingColumns = columnsOf((name) => !isEvidence(name));
const evidenceColumns = columnsOf(isEvidence);

/** Tables for people: figures by configuration, by kind of question, and what differs from the first configuration. */
export function renderEvaluation(report: EvaluationReport, page: Page): string {
  const { set, configurations, comparisons, baseline } = report;
  const { style } = page;
  const parts = [
    `${style.bold(escapeLine(set.name))}: ${countOf(set.questions, 'question')} over ${countOf(set.documents, 'document')} in ${countOf(set.passages, 'passage')}\n${style.dim(LEGEND)}\n`,
    renderConfigurations(configurations, page),
  ];
  if (configurations.some(({ kinds }) => kinds.length > 0)) parts.push(renderKinds(configurations, page));
  for (const measure of new Set(comparisons.map(({ measure }) => measure))) {
    parts.push(
      renderComparisons(
        comparisons.filter((each) => each.measure === measure),
        page,
      ),
    );
  }
  if (baseline) parts.push(renderBaselineCheck(baseline, page));
  return parts.join('\n');
}

const figuresOf = (measures: Measures): string[] => MEASURES.map((name) => measures[name].toFixed(3));

const renderConfigurations = (configurations: readonly ConfigurationReport[], page: Page): string =>
  renderWrappedColumns(
    [{ title: 'configuration' }],
    [rankingColumns, [...evidenceColumns, number('p50 ms'), number('p95 ms')]],
    configurations.map(({ name, measures, latencyMs }) => [
      escapeLine(name),
      ...figuresOf(measures),
      latencyMs.p50.toFixed(1),
      latencyMs.p95.toFixed(1),
    ]),
    page,
  );

/** A kind and its number of questions stand in its first line only. */
const renderKinds = (configurations: readonly ConfigurationReport[], page: Page): string =>
  renderWrappedColumns(
    [{ title: 'kind' }, number('asked'), { title: 'configuration' }],
    [rankingColumns, evidenceColumns],
    (configurations[0]?.kinds ?? []).flatMap(({ kind, questions }) =>
      configurations.map(({ name, kinds }, i) => [
        i === 0 ? escapeLine(kind) : '',
        i === 0 ? String(questions) : '',
        escapeLine(name),
        ...figuresOf((kinds.find((each) => each.kind === kind) as (typeof kinds)[number]).measures),
      ]),
    ),
    page,
  );

/** In points, which are hundredths. */
export function points(difference: number): string {
  const text = (difference * 100).toFixed(1);
  return text === '-0.0' ? '+0.0' : `${difference >= 0 ? '+' : ''}${text}`;
}

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

const intervalOf = ({ interval }: EvaluationComparison): string => `${points(interval[0])} … ${points(interval[1])}`;

const comparisonCells = (comparison: EvaluationComparison): string[] => [
  points(comparison.difference),
  intervalOf(comparison),
  pValue(comparison.p),
  pValue(comparison.pHolm),
  String(comparison.wins),
  String(comparison.losses),
  String(comparison.ties),
];

/** Of one measure, all against the same configuration. */
function renderComparisons(comparisons: readonly EvaluationComparison[], page: Page): string {
  const [first] = comparisons;
  if (!first) return '';
  const title = `${MEASURE_TITLES[first.measure]} against ${page.style.bold(escapeLine(first.against))}, question by question`;
  const rows = comparisons.map((each) => [escapeLine(each.name), ...comparisonCells(each)]);
  return `${title}\n${renderWrappedColumns([{ title: 'configuration' }], [comparisonColumns], rows, page)}`;
}

function renderBaselineCheck({ path, passed, checks, notes }: BaselineCheck, page: Page): string {
  const table = renderWrappedColumns(
    [{ title: 'configuration' }, { title: 'by' }],
    [
      [
        { title: 'verdict' },
        number('before'),
        number('now'),
        number('points'),
        { title: '95 % interval' },
        number('p Holm'),
      ],
    ],
    checks.map((check) => [
      escapeLine(check.name),
      MEASURE_TITLES[check.measure],
      check.dropped ? 'dropped' : 'ok',
      check.before.toFixed(3),
      check.now.toFixed(3),
      points(check.difference),
      intervalOf(check),
      pValue(check.pHolm),
    ]),
    page,
  );
  const verdict = passed
    ? page.style.good(`No drop against ${escapeLine(path)}.`)
    : page.style.bad(`Dropped against ${escapeLine(path)}.`);
  return ['against the baseline\n', table, ...notes.map((note) => `${escapeLine(note)}\n`), `${verdict}\n`].join('');
}
