/** The same numbers for the same seed, each from 0 to below `most`. Source: mulberry32, public domain. */
export function randomNumbers(seed: number, count: number, most: number): number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  });
}

/** Any code units, lone surrogates and controls among them; half of them ASCII. */
export const randomText = (seed: number, length: number): string =>
  String.fromCharCode(
    ...randomNumbers(seed, length, 0x20000).map((number) => (number > 0xffff ? number % 128 : number)),
  );
