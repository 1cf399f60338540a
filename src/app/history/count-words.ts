/** Longer texts are not counted: nobody waits for it. In UTF-16 units, of what lies between equal beginnings and ends. */
const MAX_COUNTED_LENGTH = 4_000_000;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * Words that the second text has more often than the first, and the other way round; a word that only moved is neither. Null
 * where too much differs to be counted at once.
 */
export function countChangedWords(before: string, after: string): { added: number; removed: number } | null {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  const [removed, added] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (removed.length + added.length > MAX_COUNTED_LENGTH) return null;
  const counts = new Map<string, number>();
  for (const [word] of added.matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [word] of removed.matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) - 1);
  const sum = { added: 0, removed: 0 };
  for (const count of counts.values()) {
    if (count > 0) sum.added += count;
    else sum.removed -= count;
  }
  return sum;
}

/** Up to the beginning of the word in which they part. */
function commonStart(a: string, b: string): number {
  let length = 0;
  const most = Math.min(a.length, b.length);
  while (length < most && a[length] === b[length]) length++;
  while (length > 0 && isOfWord(a[length - 1] as string)) length--;
  return length;
}

function commonEnd(a: string, b: string, start: number): number {
  let length = 0;
  const most = Math.min(a.length, b.length) - start;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  while (length > 0 && isOfWord(a[a.length - length] as string)) length--;
  return length;
}

/** Halves of surrogate pairs as well. */
const isOfWord = (unit: string): boolean => /[\p{L}\p{N}\p{M}\ud800-\udfff]/u.test(unit);
