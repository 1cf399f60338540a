import { matchTerm, type TermIndex, termsOf } from '../text-terms.ts';
import { compactCode, type Evidence } from './evidence.ts';
import type { Fact, NameFact } from './facts.ts';
import { isSameDate } from './read-dates.ts';
import { isSameNumber } from './read-numbers.ts';

/** Whether one of some facts says what `asked` says. Names are compared by `missingWords`. */
export function standsAmong(asked: Fact, given: readonly Fact[], years: ReadonlySet<number>): boolean {
  return given.some((own) => {
    if (asked.kind === 'number') return own.kind === 'number' ? isSameNumber(asked, own) : isYearOf(own, asked.values);
    if (asked.kind !== 'date') return false;
    if (own.kind === 'date') return isSameDate(asked, own, years);
    // A figure that one reads as a year and the other as an amount.
    return (
      own.kind === 'number' &&
      asked.readings.some((reading) => isYearAlone(reading) && own.values.includes(reading.year!))
    );
  });
}

const isYearOf = (own: Fact, values: readonly number[]): boolean =>
  own.kind === 'date' && own.readings.some((reading) => isYearAlone(reading) && values.includes(reading.year!));

const isYearAlone = (reading: { year?: number }): boolean =>
  reading.year !== undefined && Object.keys(reading).length === 1;

/** Whether a passage, or its title, has a number or date. */
export function standsInEvidence(fact: Fact, evidence: Evidence): boolean {
  return standsAmong(fact, [...evidence.numbers, ...evidence.dates], evidence.years);
}

/** The words of a name that no passage and no other text has; empty when the name is known. */
export function missingWords(name: NameFact, passages: readonly Evidence[], others: readonly TermIndex[]): string[] {
  if (name.isIdentifier && passages.some(({ compact }) => compact.includes(compactCode(name.text)))) return [];
  const indexes = [...passages.map(({ index }) => index), ...others];
  return name.words.flatMap(({ text }) => {
    const terms = termsOf(text.replace(/['’]s?$/u, ''));
    const isKnown = terms.every(
      (term) =>
        indexes.some((index) => matchTerm(term, index) >= 0.6 || holdsWord(index.folded, term.word)) ||
        isInitials(text, indexes),
    );
    return isKnown ? [] : [text];
  });
}

/** Also where the words of a text run together: `results.GOALS`. */
function holdsWord(folded: string, word: string): boolean {
  const isLetter = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (!isLetter(folded[at - 1]) && !isLetter(folded[at + word.length])) return true;
  }
  return false;
}

/** PTO for "paid time off". */
function isInitials(word: string, indexes: readonly TermIndex[]): boolean {
  if (!/^\p{Lu}{2,6}s?$/u.test(word)) return false;
  const letters = word.replace(/s$/, '').toLowerCase();
  return indexes.some(({ words }) =>
    words
      .map((each) => each.word[0])
      .join('')
      .includes(letters),
  );
}
