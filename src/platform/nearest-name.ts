/** Longest word that is compared; a longer one is no misspelling of a name of ours. */
const MAX_LENGTH = 64;

/**
 * The candidate that a misspelt word most likely means: least edits (insert, delete, replace, swap of neighbours),
 * at most a third of the word's length and never more than three; a candidate that begins with the word also counts.
 * Null when none is near.
 */
export function nearestName(word: string, candidates: readonly string[]): string | null {
  if (word.length > MAX_LENGTH) return null;
  const wanted = word.toLowerCase();
  let nearest: string | null = null;
  let least = Math.min(3, Math.max(1, Math.ceil(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return (
    nearest ?? candidates.find((candidate) => wanted.length > 1 && candidate.toLowerCase().startsWith(wanted)) ?? null
  );
}

/** Optimal string alignment distance. Source: Boytsov, ACM JEA 2011, section 2. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        cost = Math.min(cost, beforeLast[column - 2]! + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length]!;
}
