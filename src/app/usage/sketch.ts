/** Hashes in a sketch: a share of them is within 6 points of the share of all, two times in three. */
const MOST = 64;
const RUN = 3;

const word = /[\p{L}\p{N}\p{M}]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * The 64 smallest hashes of a text's runs of three words, 4 bytes each: enough to know the text again when it was
 * edited, and nothing to read it from. Empty for a text without words.
 * Source: bottom-k sketch, Broder 1997.
 */
export function sketchOf(text: string): Uint8Array {
  const smallest = [...runHashes(text)].sort((a, b) => a - b).slice(0, MOST);
  const bytes = new Uint8Array(smallest.length * 4);
  const view = new DataView(bytes.buffer);
  smallest.forEach((hash, i) => {
    view.setUint32(i * 4, hash);
  });
  return bytes;
}

/** About which share of the sketched text's runs of words stand in the other text, in [0, 1]. */
export function shareKept(sketch: Uint8Array, text: string): number {
  const view = new DataView(sketch.buffer, sketch.byteOffset, sketch.byteLength);
  const there = runHashes(text);
  const count = Math.floor(sketch.byteLength / 4);
  let kept = 0;
  for (let i = 0; i < count; i++) if (there.has(view.getUint32(i * 4))) kept++;
  return count > 0 ? kept / count : 0;
}

function runHashes(text: string): Set<number> {
  const words = (text.normalize('NFKC').toLowerCase().match(word) ?? []).flatMap((each) =>
    unspaced.test(each) ? [...each] : [each],
  );
  const length = Math.min(RUN, words.length);
  const hashes = new Set<number>();
  for (let i = 0; length > 0 && i + length <= words.length; i++) hashes.add(hash(words.slice(i, i + length).join(' ')));
  return hashes;
}

/** FNV-1a of 32 bits over UTF-16 units, mixed so that its smallest values are a sample. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
