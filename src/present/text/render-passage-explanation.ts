import type { LegPlace, PassageExplanation } from '../../app/explain/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { locationOf } from './location.ts';
import { formatScore, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';
import { wrapLines } from './wrap-lines.ts';

const LABEL_WIDTH = 12;

/** One line or more with a label before the first; `text` must be escaped. */
export function labelled(label: string, text: string, page: Pick<Page, 'width'>, indent = 0): string[] {
  const room = Math.max(20, page.width - indent - LABEL_WIDTH);
  return wrapLines(text, room).map(
    ({ start, end }, i) =>
      `${' '.repeat(indent)}${(i === 0 ? label : '').padEnd(LABEL_WIDTH)}${text.slice(start, end)}`,
  );
}

/** The score with its parts, and what each list says of the passage: words, vector, agreement, graph, rerank. */
export function renderSteps(passage: PassageExplanation, page: Page, indent = 2): string[] {
  const line = (label: string, text: string): string[] => labelled(label, text, page, indent);
  const { score, parts, words, vector, agreement, graph, rerank } = passage;
  return [
    ...(score === null ? [] : line('score', `${formatScore(score)} = ${sumOf(parts)}`)),
    ...parts.flatMap(({ from, adds, how }) => line(`  ${from}`, `${signed(adds)}  ${how}`)),
    ...(words ? line('words', `BM25 ${formatScore(words.score)}, ${rankOf(words, passage)}`) : []),
    ...(words?.found ?? []).flatMap(({ word, columns, passages, bm25 }) =>
      line(
        '',
        columns.length > 0
          ? `${escapeLine(word)}: in ${columns.join(', ')}, ${formatScore(bm25)}${count(passages)}`
          : `${escapeLine(word)}: missing${count(passages)}`,
      ),
    ),
    ...(vector ? line('vector', `cosine ${formatScore(vector.score)}, ${rankOf(vector, passage)}`) : []),
    ...(agreement
      ? line(
          'agreement',
          `coverage ${formatScore(agreement.coverage)}, in order ${formatScore(agreement.ordered)}, near ${formatScore(agreement.near)}${agreement.names > 0 ? `, defines ${formatScore(agreement.names)}` : ''}${agreement.counted ? '' : '; adds nothing'}`,
        )
      : []),
    ...(graph ? line('graph', `share ${formatScore(graph.share)} of a walk from the best passages`) : []),
    ...renderLink(passage, page, indent),
    ...(rerank ? line('rerank', `rank ${rerank.rank}, ${formatScore(rerank.score)} by the reranker`) : []),
  ];
}

/** `words 0.900 + vector 0.512`. */
export const sumOf = (parts: PassageExplanation['parts']): string =>
  parts
    .map(({ from, adds }, i) => `${i > 0 ? (adds < 0 ? '- ' : '+ ') : ''}${from} ${formatScore(Math.abs(adds))}`)
    .join(' ');

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${formatScore(Math.abs(value))}`;

const count = (passages: number): string => (passages > 0 ? ` (${groupDigits(passages)} passages have it)` : '');

const rankOf = ({ rank, fetched, score }: LegPlace, { cut }: PassageExplanation): string => {
  if (cut && ['filter', 'excluded-word', 'phrase'].includes(cut.reason)) return 'not ranked';
  if (rank === null) return score === 0 ? 'not in the list' : 'further down than was looked';
  return `rank ${groupDigits(rank)}${fetched ? '' : ', beyond what was fetched'}`;
};

/** The names over which the graph leads there, with a sentence of either side. */
function renderLink({ graph }: PassageExplanation, page: Page, indent: number): string[] {
  const link = graph?.link;
  if (!link) return [];
  if (link.steps.length === 0) return labelled('', `walked from: it is itself rank ${link.seedRank}`, page, indent);
  return link.steps.flatMap(({ over, from, to }, i) => [
    ...labelled(
      '',
      `${i === 0 ? `from rank ${link.seedRank}, ` : 'then '}over "${escapeLine(over.name)}" (${over.kind}):`,
      page,
      indent,
    ),
    ...[from, to].flatMap(({ document, page: number, lines, sentence }) => [
      ...labelled(
        '',
        `  ${escapeLine(locationOf({ uri: document.uri, page: number, lines }, page.workingFolder))}`,
        page,
        indent,
      ),
      ...labelled('', `    "${escapeLine(sentence)}"`, page, indent),
    ]),
  ]);
}
