import type { AnswerMeasureName, AnswerReport, AnswerSummary } from '../../app/evaluate/answer-report.ts';
import type { Column } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf } from './quantities.ts';
import { renderWrappedColumns } from './render-wrapped-columns.ts';
import type { Page } from './style.ts';

const TITLES: Readonly<Record<AnswerMeasureName, string>> = {
  faithfulness: 'faithfulness',
  answerRelevancy: 'answer relevancy',
  contextPrecision: 'context precision',
  contextRecall: 'context recall',
  correctness: 'correctness (F1)',
  goldRecall: 'gold recall',
};

const SHORT_TITLES: Readonly<Record<AnswerMeasureName, string>> = {
  faithfulness: 'faithful',
  answerRelevancy: 'relevant',
  contextPrecision: 'precise',
  contextRecall: 'recall',
  correctness: 'F1',
  goldRecall: 'gold',
};

const number = (title: string): Column => ({ title, align: 'right' });

/** Figures of answers for people: what was refused, then each measure by words and by the judge, then kinds. */
export function renderAnswerReport(report: AnswerReport, page: Page): string {
  const { set, model, judge, answerable, unanswerable, latencyMs } = report;
  const by = model === 'extractive' ? 'by quoting, without a model' : `by ${escapeLine(model)}`;
  const lines = [
    `${page.style.bold(escapeLine(set))}: ${countOf(answerable.questions + unanswerable.questions, 'question')}, answered ${by}`,
    `answered ${answerable.questions - answerable.refused} of ${answerable.questions} that have an answer`,
  ];
  if (unanswerable.questions > 0)
    lines.push(`refused  ${unanswerable.refused} of ${unanswerable.questions} that have none`);
  lines.push(`latency  p50 ${latencyMs.p50.toFixed(1)} ms, p95 ${latencyMs.p95.toFixed(1)} ms`);
  if (judge) {
    const unread = judge.unreadable > 0 ? `, ${countOf(judge.unreadable, 'verdict')} could not be read` : '';
    lines.push(
      `judge    ${escapeLine(judge.model)}: ${countOf(judge.calls, 'call')}, ${countOf(judge.inputTokens + judge.outputTokens, 'token')}${unread}`,
    );
  }
  const parts = [lines.map((line) => `${line}\n`).join(''), renderMeasures('lexical', report.lexical, page)];
  if (report.judged) parts.push(renderMeasures('judged', report.judged, page));
  if (report.kinds.length > 0) parts.push(renderKinds(report, page));
  return parts.join('\n');
}

/** Measures that no answer has are left out. */
const renderMeasures = (way: 'lexical' | 'judged', summaries: readonly AnswerSummary[], page: Page): string =>
  renderWrappedColumns(
    [{ title: 'measure' }],
    [[number('mean'), { title: '95 % interval' }, number('answers')]],
    summaries
      .filter(({ answers }) => answers > 0)
      .map(({ measure, mean, interval, answers }) => [
        `${way} ${TITLES[measure]}`,
        mean.toFixed(3),
        `${interval[0].toFixed(3)} … ${interval[1].toFixed(3)}`,
        String(answers),
      ]),
    page,
  );

function renderKinds({ kinds, lexical }: AnswerReport, page: Page): string {
  const shown = lexical.filter(({ answers }) => answers > 0).map(({ measure }) => measure);
  const table = renderWrappedColumns(
    [{ title: 'kind' }, number('refused')],
    [shown.map((measure) => number(SHORT_TITLES[measure]))],
    kinds.map((each) => [
      escapeLine(each.kind),
      `${each.refused} of ${each.questions}`,
      ...shown.map((measure) => {
        const found = each.lexical.find((summary) => summary.measure === measure);
        return found && found.answers > 0 ? found.mean.toFixed(3) : '-';
      }),
    ]),
    page,
  );
  return `lexical, by kind of question\n${table}`;
}
