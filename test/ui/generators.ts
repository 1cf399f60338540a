/** A generator of pseudo-random numbers from 0 to below `bound`, the same for the same seed (mulberry32). */
export function createRandom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * bound);
  };
}

const PIECES = ['a', 'word ', ' ', '\n', '日本', '👩‍👩‍👧', 'é', 'e\u0301', '🇩🇪', '-', '/', 'Ω', '\n\n', '한'];

export const randomText = (random: (bound: number) => number, pieces: number): string =>
  Array.from({ length: random(pieces + 1) }, () => PIECES[random(PIECES.length)]!).join('');
