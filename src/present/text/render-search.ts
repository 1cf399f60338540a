import type { PassageExplanation } from '../../app/explain/types.ts';
import type { SearchHit, SearchResult } from '../../app/types.ts';
import { describeConditions } from '../../domain/describe-conditions.ts';
import { displayWidth } from './display-width.ts';
import { escapeLine } from './escape-terminal.ts';
import { locationOf, placeOfHit } from './location.ts';
import { countOf, formatDuration, formatScore } from './quantities.ts';
import { sumOf } from './render-passage-explanation.ts';
import { renderSnippet } from './snippet.ts';
import type { Page } from './style.ts';
import { wrapFact } from './wrap-fact.ts';
import { wrapLines } from './wrap-lines.ts';

/** Hits for reading: title, place, heading path and snippet of each. Empty when there are none. */
export function renderSearch(result: SearchResult, page: Page, options: { readonly explain: boolean }): string {
  const digits = String(result.hits.at(-1)?.rank ?? 1).length;
  const hits = result.hits.map((hit, i) =>
    renderHit(hit, page, { digits, explain: options.explain, explained: result.explained?.[i] }),
  );
  if (options.explain) hits.push(renderExplanation(result, page));
  return hits.join('\n');
}

function renderHit(
  hit: SearchHit,
  page: Page,
  options: { readonly digits: number; readonly explain: boolean; readonly explained?: PassageExplanation },
): string {
  const { style } = page;
  const indent = ' '.repeat(options.digits + 2);
  const lines = [
    `${String(hit.rank).padStart(options.digits)}. ${style.bold(escapeLine(hit.document.title))}${renderConfidence(hit, page)}`,
    indent + style.place(escapeLine(locationOf(placeOfHit(hit), page.workingFolder))),
  ];
  const headings = headingsBelowTitle(hit).map(escapeLine).join(' > ');
  if (headings !== '') lines.push(indent + style.dim(headings));
  if (hit.copies) lines.push(indent + style.dim(`and ${countOf(hit.copies, 'passage')} with all the same words`));
  const width = Math.max(20, page.width - displayWidth(indent));
  for (const line of renderSnippet(hit.snippet, width, style.match)) lines.push(indent + line);
  if (options.explain) {
    const steps = [renderSignals(hit), ...(options.explained ? renderInShort(options.explained) : [])];
    for (const step of steps) {
      for (const { start, end } of wrapLines(step, width)) lines.push(indent + style.dim(step.slice(start, end)));
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** In whole per cent: the labels that it was fitted to tell no more. */
const renderConfidence = ({ confidence }: SearchHit, { style }: Page): string =>
  confidence === undefined ? '' : style.dim(` ${Math.round(confidence * 100)} % sure`);

/** The first heading of a document is mostly its title, which stands above already. */
const headingsBelowTitle = ({ chunk, document }: SearchHit): readonly string[] =>
  chunk.headingPath[0] === document.title ? chunk.headingPath.slice(1) : chunk.headingPath;

/** `score 0.731: lexical rank 1 (12.400), vector rank 3 (0.612); chunk 3f9ac21b04d7.0`. */
const renderSignals = (hit: SearchHit): string =>
  `score ${formatScore(hit.score)}: ${hit.signals
    .map((signal) => `${signal.list} rank ${signal.rank} (${formatScore(signal.raw)})`)
    .join(', ')}; chunk ${hit.chunk.id}`;

/** `score = words 0.900 + vector 0.512`, the words that are missing, and how the graph leads there. */
function renderInShort({ parts, words, graph }: PassageExplanation): string[] {
  const missing = words?.found.filter(({ columns }) => columns.length === 0).map(({ word }) => escapeLine(word)) ?? [];
  const link = graph?.link;
  const steps = link?.steps.map(({ over }) => `"${escapeLine(over.name)}" (${over.kind})`) ?? [];
  return [
    `score = ${sumOf(parts)}`,
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
    ...(link && steps.length > 0 ? [`graph: from rank ${link.seedRank} over ${steps.join(', then ')}`] : []),
  ];
}

/** What the search made of the query, what each leg found, and how they became one score. */
export function renderExplanation(result: SearchResult, page: Page): string {
  const { terms, dropped, phrases, kind, excluded, filters, given, legs, fusion } = result.explanation;
  const list = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.map(escapeLine).join(', '));
  const lines = [
    page.style.bold('How this was found'),
    `  mode     ${result.mode}, ${formatDuration(result.elapsedMs)}`,
    `  kind     ${kind}`,
    `  words    ${list(terms)}`,
    ...(dropped.length > 0 ? [`  dropped  ${list(dropped)}`] : []),
    ...(phrases.length > 0 ? [`  phrases  ${list(phrases)}`] : []),
    ...(excluded.length > 0 ? [`  without  ${list(excluded)}`] : []),
    ...(given && renderConditions({ conditions: given, negated: false }) !== ''
      ? [`  filter   ${escapeLine(renderConditions({ conditions: given, negated: false }))}`]
      : []),
    ...filters.map((filter) => `  filter   ${escapeLine(filter.written)}: ${escapeLine(renderConditions(filter))}`),
    ...legs.map(
      (leg) =>
        `  ${leg.list.padEnd(8)}${leg.list.length > 8 ? '  ' : ' '}${leg.candidates} candidates, ${formatDuration(leg.elapsedMs)}`,
    ),
    `  fusion   ${escapeLine(fusion)}`,
  ];
  return lines.map((line, index) => (index === 0 ? `${line}\n` : wrapFact(line, page.width))).join('');
}

type Condition = Pick<SearchResult['explanation']['filters'][number], 'conditions' | 'negated'>;

/** `type pdf`, `not tag draft`, `since 2024-03-01, until 2024-03-31`. */
export const renderConditions = ({ conditions, negated }: Condition): string =>
  `${negated ? 'not ' : ''}${describeConditions(conditions)}`;
