import type { DocumentConditions, SearchFilter } from '../../domain/search.ts';
import { type ParsedQuery, parseQuery, splitWords } from '../parse-query.ts';
import { readDateWords } from './read-date-words.ts';
import type { QueryFilter } from './read-operators.ts';

export type UnderstoodQuery = {
  readonly query: ParsedQuery;
  /** The filter that was given, with what the query asks added. */
  readonly filter: SearchFilter;
  readonly notes: readonly string[];
};

type Question = {
  readonly text: string;
  /** What was asked beside the query, by flags. */
  readonly filter: SearchFilter;
  /** Milliseconds since 1970, for dates that are counted from today. */
  readonly now: number;
  /** Whether any document passes. */
  readonly passes: (filter: SearchFilter) => boolean;
};

/**
 * Parses a query with its operators and dates in words. A condition that no document meets is read as words after all,
 * and a note says so: a query that only looks like an operator must not find nothing.
 */
export async function understandQuery({ text, filter, now, passes }: Question): Promise<UnderstoodQuery> {
  const parsed = parseQuery(text);
  const { filter: dates, note } = await readDateWords(parsed.wording, now);
  const dated: QueryFilter[] =
    dates && /[\p{L}\p{N}]/u.test(dates.rest)
      ? [{ written: dates.written, conditions: dates.conditions, negated: false }]
      : [];
  const wanted = [...parsed.filters, ...dated];
  const kept = wanted.length > 0 && passes(filter) ? meetable(wanted, filter, passes) : wanted;
  const left = wanted.filter((each) => !kept.includes(each));
  const notes = left.map(({ written }) => `No document passes ${quoted(written)}, so it was read as words.`);
  notes.push(...parsed.unread.map(readAsWords));
  if (note) notes.push(note);
  const again = left.length > 0 ? parseQuery(text, new Set(left.map(({ written }) => written))) : parsed;
  const keepsDates = dated.some((each) => kept.includes(each));
  const withoutDates =
    keepsDates && dates ? again.wording.replace(dates.written, ' ').replace(/\s+/g, ' ').trim() : null;
  const query =
    withoutDates === null ? again : { ...again, ...splitWords(withoutDates), wording: withoutDates, filters: kept };
  return { query, filter: withConditions(filter, query), notes };
}

const readAsWords = (written: string): string =>
  written.startsWith('-')
    ? `${written} was read as a word, as in a sentence; to leave it out, write -"${written.slice(1)}".`
    : `${written} names no date that can be read, so it was read as words; write for example since:2024-03.`;

const quoted = (text: string): string => (text.includes('"') ? text : `"${text}"`);

/** Those that leave documents over, each on its own and then with those before it, and all operators with dates. */
function meetable(
  wanted: readonly QueryFilter[],
  filter: SearchFilter,
  passes: (filter: SearchFilter) => boolean,
): QueryFilter[] {
  const kept: QueryFilter[] = [];
  for (const each of wanted) {
    // An operator with a date cannot be read as words; where nothing passes it, nothing is found.
    const isDate = /^-?[a-z]+:/i.test(each.written) && (each.conditions.since ?? each.conditions.until) !== undefined;
    if (isDate || passes(withFilters(filter, [...kept, each]))) kept.push(each);
  }
  return kept;
}

function withConditions(filter: SearchFilter, { filters, excluded }: ParsedQuery): SearchFilter {
  const asked = filters.length > 0 ? withFilters(filter, filters) : filter;
  return excluded.length > 0 ? { ...asked, excluded: [...(asked.excluded ?? []), ...excluded] } : asked;
}

function withFilters(filter: SearchFilter, filters: readonly QueryFilter[]): SearchFilter {
  const conditions = (negated: boolean): DocumentConditions[] =>
    filters.filter((each) => each.negated === negated).map((each) => each.conditions);
  return {
    ...filter,
    also: [...(filter.also ?? []), ...conditions(false)],
    except: [...(filter.except ?? []), ...conditions(true)],
  };
}
