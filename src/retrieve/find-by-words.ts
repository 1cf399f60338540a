import type { SearchFilter } from '../domain/search.ts';
import type { ChunkRow, LexicalQuery, ScoredRow, Store } from '../store/types.ts';
import type { Leg } from './fuse-scores.ts';
import type { LegClock } from './leg-clock.ts';
import type { ParsedQuery } from './parse-query.ts';
import { correctTerms, didYouMean, type Suggestion, suggestWords } from './query/suggest-words.ts';
import type { RetrievalParameters } from './retrieval-parameters.ts';

export type LegOptions = {
  /** Most rows that a leg brings. */
  readonly depth: number;
  readonly filter: SearchFilter;
  readonly parameters: RetrievalParameters;
  readonly clock: LegClock;
  /** Rows that are brought as well, however far down they stand: for saying why they are not further up. */
  readonly include?: readonly ChunkRow[];
};

export type FoundByWords = {
  readonly legs: readonly Leg[];
  /** What was looked for in the end: as asked, or with its spelling corrected. */
  readonly query: ParsedQuery;
  readonly notes: readonly string[];
};

/** Words of the index that a word, which the index does not have, is looked for inside of. */
const MAX_CONTAINING_WORDS = 20;
const MIN_SUBSTRING_LENGTH = 3;
/** Each reads the whole list of words; a pasted page of unknown words must not take minutes. */
const MAX_SUBSTRING_TERMS = 8;

/**
 * The lexical legs. Where the words as they stand find nothing, words that contain them are tried, and then words that
 * are spelt much like them; a note says so.
 */
export function findByWords(store: Store, query: ParsedQuery, options: LegOptions): FoundByWords {
  const { depth, filter, parameters, clock, include = [] } = options;
  const weights = parameters.columnWeights;
  const byWords = (words: LexicalQuery): Leg =>
    clock.time(() => ({
      list: 'lexical',
      rows: withIncluded(store.searchWords(words, depth, filter, weights), include, (rows) =>
        store.scoreWords(words, rows, weights),
      ),
    }));
  const legs: Leg[] = [byWords(query)];
  if (parameters.grams)
    legs.push(
      clock.time(() => ({
        list: 'trigram',
        rows: withIncluded(store.searchGrams(query, depth, filter), include, (rows) => store.scoreGrams(query, rows)),
      })),
    );
  const notes: string[] = [];
  if (isEmpty(legs)) {
    const inside = wordsAround(store, query);
    const leg = inside.length > 0 ? byWords({ terms: inside, phrases: [] }) : null;
    if (leg && leg.rows.length > 0) {
      legs.push(leg);
      const shown = inside.slice(0, 5).join(', ');
      notes.push(`No passage has the words as they stand; searched for words that contain them: ${shown}.`);
    }
  }
  const suggestions = suggestWords(store, query.terms);
  if (suggestions.length > 0 && isEmpty(legs)) {
    const corrected = correctTerms(query.terms, suggestions);
    const leg = byWords({ ...query, terms: corrected });
    if (leg.rows.length > 0) {
      notes.push(`Nothing has ${namesOf(suggestions)}; searched for ${corrected.join(' ')}.`);
      return { legs: [...legs, leg], query: { ...query, terms: corrected, wording: corrected.join(' ') }, notes };
    }
  }
  return { legs, query, notes: [...notes, ...suggestions.map(didYouMean)] };
}

/** What a leg found, and behind it the rows that it was to bring as well, as far as it would find them at all. */
export function withIncluded(
  found: readonly ScoredRow[],
  include: readonly ChunkRow[],
  score: (rows: readonly ChunkRow[]) => ReadonlyMap<ChunkRow, number>,
): readonly ScoredRow[] {
  if (include.length === 0) return found;
  const there = new Set(found.map(({ row }) => row));
  const added = [...score(include.filter((row) => !there.has(row)))].map(([row, value]) => ({ row, score: value }));
  return [...found, ...added].sort((a, b) => b.score - a.score || a.row - b.row);
}

const isEmpty = (legs: readonly Leg[]): boolean => legs.every(({ rows }) => rows.length === 0);

const namesOf = (suggestions: readonly Suggestion[]): string => suggestions.map(({ term }) => `"${term}"`).join(', ');

const wordsAround = (store: Store, { terms, phrases }: ParsedQuery): string[] =>
  phrases.length > 0
    ? []
    : [
        ...new Set(
          terms
            .filter((term) => term.length >= MIN_SUBSTRING_LENGTH)
            .slice(0, MAX_SUBSTRING_TERMS)
            .flatMap((term) => store.wordsContaining(term, MAX_CONTAINING_WORDS)),
        ),
      ];
