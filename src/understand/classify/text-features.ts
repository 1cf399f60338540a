/** Beginnings of texts say what they are; more makes training slower and hardly better. */
const MAX_LENGTH = 20_000;
/** A power of two; words that share a place are too few to matter. */
export const FEATURE_PLACES = 1 << 16;

const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}]{2,}/gu;

/** Places of a text's words with how often they come, damped. */
export type TextFeatures = ReadonlyMap<number, number>;

export function textFeatures(text: string): TextFeatures {
  const counts = new Map<number, number>();
  for (const each of text.slice(0, MAX_LENGTH).toLowerCase().match(word) ?? []) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < each.length; at++) hash = Math.imul(hash ^ each.charCodeAt(at), 0x01000193);
    const place = (hash ^ (hash >>> 16)) & (FEATURE_PLACES - 1);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  for (const [place, count] of counts) counts.set(place, 1 + Math.log(count));
  return counts;
}
