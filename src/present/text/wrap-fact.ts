import { wrapLines } from './wrap-lines.ts';

/** Where the value of `  words    parental, leave` begins. */
const VALUE_AT = 11;

/** A line of a name and a value, broken to `width` columns with the value below itself. A `width` of 0 breaks nothing. */
export function wrapFact(line: string, width: number): string {
  const value = line.slice(VALUE_AT);
  if (width <= 0 || value === '') return `${line}\n`;
  const parts = wrapLines(value, Math.max(20, width - VALUE_AT)).map(({ start, end }) => value.slice(start, end));
  return `${line.slice(0, VALUE_AT)}${parts.join(`\n${' '.repeat(VALUE_AT)}`)}\n`;
}
