import type { NewestAsked } from '../../retrieve/query/newest-asked.ts';
import { isSuggestionFor } from '../../retrieve/query/suggest-words.ts';
import type { SearchHit, SearchResult } from '../types.ts';

/** From this share of the best of a group on, scores say nothing against a newer document. */
const NEAR_SHARE = 0.8;
const MAX_NAMED = 3;

/**
 * Among hits whose scores are nearly equal, those of newer documents first, by the date that the document gives or its
 * file has; with a date in the question, what is newer than that comes last. Scores stay as they are.
 */
export function preferNewer(result: SearchResult, { written, until }: NewestAsked): SearchResult {
  const timeOf = ({ document }: SearchHit): number => {
    const time = document.modifiedAt === null ? Number.NaN : Date.parse(document.modifiedAt);
    if (Number.isNaN(time)) return Number.NEGATIVE_INFINITY;
    return until !== null && time >= until ? Number.NEGATIVE_INFINITY : time;
  };
  const hits: SearchHit[] = [];
  for (let start = 0; start < result.hits.length; ) {
    const best = result.hits[start] as SearchHit;
    let end = start + 1;
    while (end < result.hits.length && (result.hits[end] as SearchHit).score >= NEAR_SHARE * best.score) end++;
    const group = result.hits.slice(start, end);
    hits.push(...[...group].sort((a, b) => compare(timeOf(b), timeOf(a)) || a.rank - b.rank));
    start = end;
  }
  const dated = [...new Map(hits.map(({ path, document }) => [path, document.modifiedAt?.slice(0, 10) ?? 'no date']))]
    .slice(0, MAX_NAMED)
    .map(([path, day]) => `${path} (${day})`);
  const said = written.toLowerCase().split(/[\s-]+/);
  const bound = until === null ? '' : `, up to ${new Date(until - 1).toISOString().slice(0, 10)}`;
  const note = `Because of "${written}", newer documents come first among near-equal ones${bound}; by date: ${dated.join(', ')}.`;
  return {
    ...result,
    hits: hits.map((hit, i) => ({ ...hit, rank: i + 1 })),
    notes: [...result.notes.filter((each) => !isSuggestionFor(each, said)), note],
    route: { kind: 'newest', note },
  };
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
