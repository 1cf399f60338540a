import type { Gap, GapReport } from '../../app/gaps/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';
import { wrapLines } from './wrap-lines.ts';

/** Other questions of a gap that are shown. */
const SHOWN_QUESTIONS = 3;

/** Each gap with how often it was asked, in which words, and what to add. Empty when there is none. */
export function renderGaps(report: GapReport, page: Page): string {
  const digits = String(report.gaps.length).length;
  const gaps = report.gaps.map((gap, i) => renderGap(gap, `${String(i + 1).padStart(digits)}. `, page));
  if (report.gaps.length > 0) gaps.push(renderCounts(report, page));
  return gaps.join('\n');
}

function renderGap(gap: Gap, number: string, { style, width }: Page): string {
  const indent = ' '.repeat(number.length);
  const others = gap.questions.filter((question) => question !== gap.question);
  const shown = others.slice(0, SHOWN_QUESTIONS).map(escapeLine);
  const more = others.length - shown.length;
  const times = gap.asked === 1 ? 'asked once' : `asked ${groupDigits(gap.asked)} times`;
  const subject = gap.terms.length > 0 && others.length > 0 ? `; ${gap.terms.map(escapeLine).join(', ')}` : '';
  const lines = [
    ...indented(escapeLine(gap.question)).map(
      (line, i) => (i === 0 ? number : indent) + style.bold(line.slice(indent.length)),
    ),
    `${indent}${style.dim(`${times}, last on ${gap.lastAsked.slice(0, 10)}${subject}`)}`,
    ...(shown.length > 0 ? indented(`also: ${shown.join(' / ')}${more > 0 ? ` / and ${more} more` : ''}`) : []),
    ...indented(escapeLine(gap.advice)),
  ];
  return lines.map((line) => `${line}\n`).join('');

  function indented(text: string): string[] {
    return wrapLines(text, Math.max(20, width - indent.length)).map(
      ({ start, end }) => indent + text.slice(start, end),
    );
  }
}

function renderCounts({ more, asked, questions, filled, unchecked }: GapReport, { style }: Page): string {
  const parts = [
    `${countOf(questions, 'different question')} of ${groupDigits(asked)} in the log`,
    ...(filled > 0 ? [`${groupDigits(filled)} that found little find enough now`] : []),
    ...(more > 0 ? [`${groupDigits(more)} more with --limit`] : []),
    ...(unchecked > 0 ? [`${groupDigits(unchecked)} were not asked again`] : []),
  ];
  return `${style.dim(parts.join('; '))}\n`;
}
