import type { Span } from '../../domain/span.ts';
import type { Fact } from './facts.ts';
import { plainDigits } from './plain-digits.ts';
import { readDates } from './read-dates.ts';
import { readNames } from './read-names.ts';
import { readNumbers } from './read-numbers.ts';

/** Longer texts come from nowhere: sentences and passages are bounded. */
const MAX_LENGTH = 20_000;

/** The numbers, dates and names of a text in order; they do not overlap. */
export function readFacts(text: string): Fact[] {
  const plain = plainDigits(text.slice(0, MAX_LENGTH));
  const taken = new Uint8Array(plain.length);
  const isTaken = (start: number, end: number): boolean => taken.subarray(start, end).includes(1);
  const take = <T extends { readonly span: Span }>(facts: readonly T[]): readonly T[] => {
    for (const { span } of facts) taken.fill(1, span.start, span.end);
    return facts;
  };
  const dates = take(readDates(plain));
  const identifiers = take(readNames(plain, isTaken).filter((name) => name.isIdentifier));
  const numbers = take(readNumbers(plain, isTaken));
  const names = readNames(plain, isTaken).filter((name) => !name.isIdentifier);
  return [...dates, ...identifiers, ...numbers, ...names].sort((a, b) => a.span.start - b.span.start);
}
