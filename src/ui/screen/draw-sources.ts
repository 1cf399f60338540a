import { fileNameOf } from '../../present/text/location.ts';
import { lineOf, type StyledLine, styled } from '../markdown/styled-text.ts';
import { cutLine, wrapLine } from '../markdown/wrap-line.ts';
import type { ShownSource } from '../state/types.ts';
import { type ChatPage, textWidth } from './page.ts';

const BAR_LENGTH = 5;
/** Characters of a quote that is not in its source. */
const QUOTE_LENGTH = 200;

/** The sources below an answer: number, title, how relevant each is beside the best, and the place to open. */
export function drawSources(sources: readonly ShownSource[], page: ChatPage): StyledLine[] {
  if (sources.length === 0) return [];
  const width = textWidth(page);
  const best = Math.max(...sources.map(({ score }) => score), Number.MIN_VALUE);
  return [
    cutLine([styled('Sources', { bold: true }), styled('  Ctrl-O opens one', { dim: true })], width),
    ...sources.flatMap((source) => drawSource(source, best, width, page)),
  ];
}

function drawSource(source: ShownSource, best: number, width: number, page: ChatPage): StyledLine[] {
  const label = `[${source.marker}] `;
  const indent = ' '.repeat(label.length);
  const relevance = relevanceOf(source, best);
  const title = cutLine(lineOf(source.title, { bold: true }), width - label.length - relevance.length - 2);
  const place = wrapLine(lineOf(placeOf(source, page.workingFolder), { color: 'cyan' }), width - label.length);
  const trouble = [
    ...(source.state === 'changed' ? ['changed since: this is no longer its text'] : []),
    ...(source.state === 'gone' ? ['no longer in the knowledge base'] : []),
    ...source.unverified.map((quote) => `not in the source: "${cutQuote(quote)}"`),
  ].flatMap((text) => wrapLine(lineOf(text.replaceAll('\n', ' '), { color: 'yellow' }), width - label.length));
  return [
    [styled(label, { color: 'cyan' }), ...title, styled(`  ${relevance}`, { dim: true })],
    ...[...place, ...trouble].map((line) => [styled(indent), ...line]),
  ];
}

const cutQuote = (quote: string): string => (quote.length > QUOTE_LENGTH ? `${quote.slice(0, QUOTE_LENGTH)}…` : quote);

/** Per cent where the database was calibrated; else the score, which says something only beside the others. */
function relevanceOf({ score, confidence }: ShownSource, best: number): string {
  if (confidence !== undefined) return `${Math.round(confidence * 100)} % sure`;
  const full = Math.round(Math.min(1, Math.max(0, score / best)) * BAR_LENGTH);
  return `${'■'.repeat(full)}${'·'.repeat(BAR_LENGTH - full)} ${score.toFixed(2)}`;
}

/** `notes/a.md:12`, `manual.pdf, page 3`, a URL. */
export function placeOf(
  { uri, page, lines }: Pick<ShownSource, 'uri' | 'page' | 'lines'>,
  workingFolder: string,
): string {
  const name = fileNameOf(uri, workingFolder);
  if (page !== null) return `${name}, page ${page}`;
  return lines !== null && uri.startsWith('file:') ? `${name}:${lines.start}` : name;
}
