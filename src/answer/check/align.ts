import type { Token } from './tokens.ts';

/** Words of two texts that are the same, in the order of both: indexes into `a` and `b`. */
export type Alignment = readonly (readonly [a: number, b: number])[];

/** Longer texts are aligned up to here, which bounds time and memory. */
const MAX_TOKENS = 250;

/** The longest common subsequence of the words of two sentences. Where several are as long, the one that keeps words together. */
export function align(a: readonly Token[], b: readonly Token[]): Alignment {
  const rows = Math.min(a.length, MAX_TOKENS);
  const columns = Math.min(b.length, MAX_TOKENS);
  const width = columns + 1;
  // Content words weigh more: a common "the" must not pull a sentence apart.
  const best = new Float64Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
      const take = isSame(a[i]!, b[j]!) ? best[(i + 1) * width + j + 1]! + (a[i]!.isContent ? 1 : 0.3) : 0;
      best[i * width + j] = Math.max(skip, take);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (isSame(a[i]!, b[j]!) && best[i * width + j]! === best[(i + 1) * width + j + 1]! + (a[i]!.isContent ? 1 : 0.3)) {
      pairs.push([i++, j++]);
    } else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}

const isSame = (a: Token, b: Token): boolean => a.key === b.key;
