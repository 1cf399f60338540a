import { editDistance } from './edit-distance.ts';

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
