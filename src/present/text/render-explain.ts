import type { Explanation, PassageExplanation } from '../../app/explain/types.ts';
import type { SearchExplanation } from '../../app/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { locationOf } from './location.ts';
import { countOf, groupDigits } from './quantities.ts';
import { labelled, renderSteps } from './render-passage-explanation.ts';
import { renderConditions } from './render-search.ts';
import type { Page } from './style.ts';

/** Why a document's best passages, or one passage, are where they are; or why there is no such document. */
export function renderExplain(explanation: Explanation, page: Page): string {
  const { document, missing, passages, allPassages, stale, notes } = explanation;
  const { style } = page;
  const lines = [
    style.bold('Query'),
    ...renderQuery(explanation.search, page),
    ...labelled('list', listOf(explanation), page, 2),
    ...notes.flatMap((note) => labelled('note', escapeLine(note), page, 2)),
  ];
  if (missing) {
    lines.push(
      style.bold('Not in the database'),
      ...labelled(missing.reason, escapeLine(missing.message), page, 2),
      ...labelled('', escapeLine(missing.hint), page, 2),
      ...(missing.near.length > 0 ? labelled('near', missing.near.map(escapeLine).join(', '), page, 2) : []),
    );
  }
  if (document) {
    lines.push(
      style.bold(`Document: ${escapeLine(document.title)}`),
      ...labelled('path', escapeLine(document.path), page, 2),
      ...explanation.filters.flatMap(({ asked, passes }) =>
        labelled('filter', `${passes ? 'passes' : 'does not pass'}: ${escapeLine(asked)}`, page, 2),
      ),
      ...(stale ? labelled('stale', escapeLine(stale), page, 2) : []),
      ...passages.flatMap((passage) => renderPassage(passage, document.uri, page)),
    );
    if (passages.length < allPassages)
      lines.push(
        `${countOf(passages.length, 'passage')} of ${groupDigits(allPassages)} explained; --passages shows more.`,
      );
  }
  return lines.map((line) => `${line}\n`).join('');
}

const listOf = ({ candidates, hits, limit, mode }: Explanation): string =>
  `${mode}: ${countOf(candidates, 'passage')} ranked, ${hits} shown (limit ${limit})`;

function renderPassage(passage: PassageExplanation, uri: string, page: Page): string[] {
  const { rank, place, cut, chunkId, headingPath, text } = passage;
  const where = locationOf({ uri, page: passage.page, lines: passage.lines }, page.workingFolder);
  const head = rank !== null ? `Rank ${rank}` : `Not shown${place === null ? '' : `, place ${place}`}`;
  return [
    page.style.bold(`${head}: passage ${chunkId}`),
    ...labelled('place', escapeLine(where), page, 2),
    ...(headingPath.length > 0 ? labelled('heading', headingPath.map(escapeLine).join(' > '), page, 2) : []),
    ...labelled('text', escapeLine(text), page, 2),
    ...(cut ? labelled('why not', `${escapeLine(cut.message)}${cut.of === null ? '' : ` (${cut.of})`}`, page, 2) : []),
    ...renderSteps(passage, page),
  ];
}

/** What the search made of the query. */
export function renderQuery(search: SearchExplanation, page: Page): string[] {
  const { terms, dropped, phrases, kind, excluded, filters, given, legs, fusion } = search;
  const line = (label: string, text: string): string[] => labelled(label, text, page, 2);
  const list = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.map(escapeLine).join(', '));
  const asked = given ? renderConditions({ conditions: given, negated: false }) : '';
  return [
    ...line('kind', kind),
    ...line('words', list(terms)),
    ...(dropped.length > 0 ? line('dropped', list(dropped)) : []),
    ...(phrases.length > 0 ? line('phrases', list(phrases)) : []),
    ...(excluded.length > 0 ? line('without', list(excluded)) : []),
    ...(asked === '' ? [] : line('filter', escapeLine(asked))),
    ...filters.flatMap((filter) =>
      line('filter', `${escapeLine(filter.written)}: ${escapeLine(renderConditions(filter))}`),
    ),
    ...legs.flatMap(({ list: name, candidates }) => line(name, countOf(candidates, 'candidate'))),
    ...line('fusion', escapeLine(fusion)),
  ];
}
