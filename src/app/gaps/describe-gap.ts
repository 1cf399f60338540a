import type { Gap } from './types.ts';

/** Words that one sentence names. */
const NAMED = 4;

/** What to add for a gap, in words: what no document says, and which one is nearest. */
export function describeGap({ question, terms, unknownWords, nearest }: Omit<Gap, 'advice'>): string {
  const lack =
    unknownWords.length > 0
      ? `No document says ${listed(unknownWords, 'or')}`
      : terms.length > 0
        ? `No passage speaks of ${listed(terms, 'and')} together`
        : `No document covers "${question}"`;
  return nearest ? `${lack}; the nearest is ${nearest.path}.` : `${lack}, and nothing is near.`;
}

function listed(words: readonly string[], conjunction: string): string {
  const named = words.slice(0, NAMED).map((word) => `"${word}"`);
  const last = named.pop() ?? '';
  return named.length > 0 ? `${named.join(', ')} ${conjunction} ${last}` : last;
}
