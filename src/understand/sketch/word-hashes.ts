/** Words in a shingle: fewer make texts of one subject alike, more make one changed word weigh too much. */
export const SHINGLE_WORDS = 4;

/** A character of a script without spaces is as much as a word. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{M}\p{N}]+/gu;

/** Numbers of the words of a text in order, by letters and digits alone: case, punctuation and white space do not count. */
export function wordHashes(text: string): Uint32Array {
  const words = text.toLowerCase().match(word) ?? [];
  const hashes = new Uint32Array(words.length);
  for (let at = 0; at < words.length; at++) hashes[at] = hashOf(words[at] as string);
  return hashes;
}

/** FNV-1a over UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Numbers of all shingles, repeated ones included; a text of fewer words is one shingle, one without words none. */
export function shingleHashes(words: Uint32Array): Uint32Array {
  if (words.length === 0) return new Uint32Array(0);
  const length = Math.min(SHINGLE_WORDS, words.length);
  const shingles = new Uint32Array(words.length - length + 1);
  for (let at = 0; at < shingles.length; at++) {
    let hash = 0x9e3779b9;
    for (let next = at; next < at + length; next++) hash = mix(Math.imul(hash ^ (words[next] as number), 0x85ebca6b));
    shingles[at] = hash;
  }
  return shingles;
}

/** Every bit of the number has a say in every bit of the result. Source: MurmurHash3's finalizer, public domain. */
export function mix(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Share of different shingles that two texts have in common among all that either has (Jaccard); 0 where both have none. */
export function shingleSimilarity(left: ReadonlySet<number>, right: ReadonlySet<number>): number {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common++;
  const all = left.size + right.size - common;
  return all === 0 ? 0 : common / all;
}
