import type { CheckCounts, RecordDifference, Replay } from '../../app/record/types.ts';
import { escapeBlock, escapeLine } from './escape-terminal.ts';
import { countOf } from './quantities.ts';
import type { Page, Style } from './style.ts';

/** What differs between a record and its replay, and the answer with words that went in [-…-] and words that came in {+…+}. */
export function renderReplay({ before, after, difference }: Replay, { style }: Page): string {
  const { model, support, checks, usage } = difference;
  const facts: (string | null)[] = [
    style.bold(escapeLine(before.question.replace(/\s+/g, ' '))),
    style.dim(`recorded ${before.at.slice(0, 19).replace('T', ' ')} by version ${escapeLine(before.version)}`),
    model.before === model.after
      ? `model     ${escapeLine(model.after)}`
      : `model     ${escapeLine(model.before)} -> ${escapeLine(model.after)}`,
    ...renderPassages(difference.passages, after.passages.length, style),
    support.before === support.after
      ? `support   ${support.after}`
      : style.caution(`support   ${support.before} -> ${support.after}`),
    renderChecks(checks.before, checks.after, style),
    `tokens    ${tokensOf(usage.before)} -> ${tokensOf(usage.after)}`,
  ];
  const text = difference.text.length === 0 ? style.dim('(no answer)') : renderText(difference.text, style);
  const verdict = difference.isSame ? style.good('the same') : style.caution('different');
  return `${facts.filter((line) => line !== null).join('\n')}\n\n${text}\n\n${verdict}\n`;
}

const tokensOf = ({ inputTokens, outputTokens }: RecordDifference['usage']['before']): string =>
  `${inputTokens} in, ${outputTokens} out`;

function renderPassages(passages: RecordDifference['passages'], count: number, style: Style): string[] {
  const { gained, lost, moved, changed } = passages;
  const lines = [
    ...gained.map(({ path, rank }) => style.good(`+ ${escapeLine(path)} at ${rank}`)),
    ...lost.map(({ path, rank }) => style.bad(`- ${escapeLine(path)}, was at ${rank}`)),
    ...moved.map(({ path, from, to }) => `~ ${escapeLine(path)} from ${from} to ${to}`),
    ...changed.map(({ path, rank }) => style.caution(`! ${escapeLine(path)} at ${rank} has another text`)),
  ];
  return lines.length === 0
    ? [`passages  the same ${count}`]
    : [`passages  ${countOf(lines.length, 'difference')}`, ...lines.map((line) => `          ${line}`)];
}

function renderChecks(before: CheckCounts, after: CheckCounts, style: Style): string {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => (before[name] ?? 0) !== (after[name] ?? 0))
    .map((name) => `${escapeLine(name)} ${before[name] ?? 0} -> ${after[name] ?? 0}`);
  return changed.length === 0 ? 'checks    the same' : style.caution(`checks    ${changed.join(', ')}`);
}

const renderText = (parts: RecordDifference['text'], style: Style): string =>
  parts
    .map(({ type, text }) => {
      const safe = escapeBlock(text);
      return type === 'same' ? safe : type === 'added' ? style.good(`{+${safe}+}`) : style.bad(`[-${safe}-]`);
    })
    .join('')
    .trim();
