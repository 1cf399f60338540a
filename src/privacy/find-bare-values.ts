import type { Span } from '../domain/span.ts';
import { originalSpan } from './find-pii.ts';
import { foldText } from './text/fold-text.ts';

/** A run of six digits or more, as it may be divided, with letters that are part of it: `DE 12-3456`, `X1234567L`. */
const DIGITS = /[A-Za-z]{0,4}\d(?:[ .\-/()]{0,3}\d){5,}[A-Za-z]{0,4}/g;
/** A word that nobody would say: long, of letters and digits that take turns. */
const MIXED = /[A-Za-z0-9][A-Za-z0-9_-]{8,}[A-Za-z0-9]/g;
const MIN_TURNS = 2;
const MIN_OF_EACH = 3;
const YEAR = '(?:19|20)\\d\\d';
const DAYS = new RegExp(
  `^(?:${YEAR}|${YEAR}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{1,2}[-./]\\d{1,2}[-./](?:19|20)?\\d\\d)(?: (?=.)|$)`,
);

/**
 * What may be a value of somebody's though no word near it says so and no detector would call it one: numbers that are no
 * dates, and words of letters and digits. In order; spans of the text as it is. Whether any is one, only who has the
 * documents can tell.
 */
export function findBareValues(text: string): Span[] {
  const folded = foldText(text);
  const spans: Span[] = [];
  const add = (found: RegExpMatchArray): void => {
    const start = found.index as number;
    const end = start + found[0].length;
    if (!spans.some((span) => start < span.end && span.start < end)) spans.push({ start, end });
  };
  for (const found of folded.text.matchAll(DIGITS)) if (!isDays(found[0])) add(found);
  for (const found of folded.text.matchAll(MIXED)) if (isMixed(found[0])) add(found);
  return spans.sort((a, b) => a.start - b.start).map((span) => originalSpan(text, folded, span));
}

/** Years and days, and nothing else. */
function isDays(text: string): boolean {
  let rest = text;
  for (let found = DAYS.exec(rest); found; found = DAYS.exec(rest)) rest = rest.slice(found[0].length);
  return rest === '';
}

const isMixed = (word: string): boolean =>
  countOf(word, /\d/g) >= MIN_OF_EACH &&
  countOf(word, /[A-Za-z]/g) >= MIN_OF_EACH &&
  countOf(word, /[A-Za-z](?=\d)|\d(?=[A-Za-z])/g) >= MIN_TURNS;

const countOf = (word: string, pattern: RegExp): number => word.match(pattern)?.length ?? 0;
