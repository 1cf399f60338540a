import type { CacheFigures, FeedbackEntry, LoggedQuestion, UsageFigures } from '../../app/usage/types.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { locationOf } from './location.ts';
import { countOf, formatBytes, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';
import { wrapLines } from './wrap-lines.ts';

/** Rows of `rag status`: name and value. Nothing where nothing was asked or said. */
export function renderUsageFacts({ questions, feedback, calibratedOn, caches }: UsageFigures): [string, string][] {
  const facts: [string, string][] = [];
  if (questions.count > 0) {
    const kept = `${countOf(questions.count, 'question')} (${formatBytes(questions.bytes)})`;
    facts.push(['log', `${kept}, the oldest of ${questions.oldest?.slice(0, 10)}`]);
  }
  if (feedback > 0) facts.push(['feedback', countOf(feedback, 'entry', 'entries')]);
  if (calibratedOn !== null)
    facts.push(['labels', `the confidence of hits is fitted to ${countOf(calibratedOn, 'question')}`]);
  const used = caches.filter(({ hits, misses }) => hits + misses > 0);
  if (used.length > 0) facts.push(['caches', used.map(cacheLine).join('; ')]);
  return facts;
}

const cacheLine = ({ name, bytes, hits, misses }: CacheFigures): string =>
  `${name} ${groupDigits(hits)} of ${groupDigits(hits + misses)} reused (${formatBytes(bytes)})`;

export function renderCaches(caches: readonly CacheFigures[], page: Page): string {
  const columns = [
    { title: 'cache' },
    { title: 'entries', align: 'right' },
    { title: 'size', align: 'right' },
    { title: 'hits', align: 'right' },
    { title: 'misses', align: 'right' },
  ] as const;
  const rows = caches.map(({ name, entries, bytes, hits, misses }) => [
    name,
    groupDigits(entries),
    formatBytes(bytes),
    groupDigits(hits),
    groupDigits(misses),
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

/** `12  2026-03-02  parental leave -> people/leave.md:12-20`, and what is no longer as it was. */
export function renderFeedback(entries: readonly FeedbackEntry[], page: Page): string {
  const digits = String(entries.at(-1)?.id ?? 0).length;
  return entries
    .map((entry) => {
      const { id, question, state, givenAt } = entry;
      const head = `${String(id).padStart(digits)}. ${escapeLine(question)} ${page.style.dim(givenAt.slice(0, 10))}`;
      const place = locationOf({ uri: entry.uri, page: entry.page, lines: entry.lines }, page.workingFolder);
      const told = state === 'there' ? '' : ` ${page.style.caution(`(${state})`)}`;
      return `${head}\n${' '.repeat(digits + 2)}${page.style.place(escapeLine(place))}${told}\n`;
    })
    .join('');
}

/** Newest first: when, how many results, how many of its words they have, the question. */
export function renderQuestions(questions: readonly LoggedQuestion[], page: Page): string {
  return questions
    .map(({ askedAt, results, coverage, text }) => {
      const words = `${String(Math.round(coverage * 100)).padStart(3)} % of words`;
      const head = `${askedAt.slice(0, 16).replace('T', ' ')}  ${String(results).padStart(3)} hits  ${words}  `;
      const escaped = escapeLine(text);
      const lines = wrapLines(escaped, Math.max(20, page.width - head.length));
      return lines
        .map(
          ({ start, end }, i) =>
            `${i === 0 ? page.style.dim(head) : ' '.repeat(head.length)}${escaped.slice(start, end)}\n`,
        )
        .join('');
    })
    .join('');
}
