import { createRandom } from '../../../src/evaluate/random.ts';

/** Draws by lot, the same for the same seed. */
export type Draw = {
  /** From 0, below the limit. */
  number(limit: number): number;
  one<Item>(items: readonly Item[]): Item;
  digits(count: number): string;
  text(alphabet: string, count: number): string;
  /** Day of birth: year, month and day of two digits each, with the century. */
  birthday(): { readonly century: string; readonly year: string; readonly month: string; readonly day: string };
};

export function createDraw(seed: number): Draw {
  const random = createRandom(seed);
  const number = (limit: number): number => Math.floor(random() * limit);
  const text = (alphabet: string, count: number): string =>
    Array.from({ length: count }, () => alphabet[number(alphabet.length)]).join('');
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    number,
    text,
    one: (items) => items[number(items.length)]!,
    digits: (count) => text('0123456789', count),
    birthday: () => ({
      century: '19',
      year: two(40 + number(59)),
      month: two(1 + number(12)),
      day: two(1 + number(28)),
    }),
  };
}

/** Groups of digits joined as people write them: `grouped('123456', [3, 3], '-')`. */
export function grouped(digits: string, lengths: readonly number[], separator: string): string {
  let at = 0;
  return lengths
    .map((length) => {
      at += length;
      return digits.slice(at - length, at);
    })
    .join(separator);
}
