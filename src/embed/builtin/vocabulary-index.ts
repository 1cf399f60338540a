/**
 * A hash table of the vocabulary's pieces as it stands in `vocab.index.bin`: built once by
 * `node src/embed/builtin/build-vocabulary-index.mjs`, since building it at every start would cost ten times the rest of a start.
 *
 * The file: for each of `SLOTS` slots the id of a piece + 1, 0 where the slot is free (u16); then for each piece, and
 * for the end of the last, where its line begins in the vocabulary (u32, UTF-16 units). Little-endian.
 */
export type VocabularyIndex = { readonly slots: Uint16Array; readonly lineStarts: Uint32Array };

/** Twice the pieces of the model, so that probes stay short. */
export const SLOTS = 65_536;
const SLOTS_BYTES = SLOTS * 2;

// FNV-1a over UTF-16 units; two seeds keep the pieces that begin a word and those inside one apart.
export const WORD_SEED = 0x811c9dc5 | 0;
export const INSIDE_SEED = 0x2f0b4c47;
export const hashUnit = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);
export const slotOf = (hash: number): number => (hash ^ (hash >>> 16)) & (SLOTS - 1);

const NUMBER_SIGN = 35;
const LINE_END = 10;

/** Whether the line of a piece begins with the `##` of a continuation. */
export const isInside = (units: Uint16Array, lineStart: number): boolean =>
  units[lineStart] === NUMBER_SIGN && units[lineStart + 1] === NUMBER_SIGN;

/** The file's bytes for a vocabulary of one piece a line. */
export function buildVocabularyIndex(vocabulary: string): Uint8Array {
  const units = Uint16Array.from({ length: vocabulary.length }, (_, index) => vocabulary.charCodeAt(index));
  const slots = new Uint16Array(SLOTS);
  const lineStarts: number[] = [0];
  for (let id = 0; lineStarts[id]! <= units.length; id++) {
    const start = lineStarts[id]!;
    const inside = isInside(units, start);
    let hash = inside ? INSIDE_SEED : WORD_SEED;
    let at = inside ? start + 2 : start;
    for (; at < units.length && units[at] !== LINE_END; at++) hash = hashUnit(hash, units[at]!);
    let slot = slotOf(hash);
    while (slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    slots[slot] = id + 1;
    lineStarts.push(at + 1);
  }
  const bytes = new Uint8Array(SLOTS_BYTES + lineStarts.length * 4);
  bytes.set(new Uint8Array(slots.buffer));
  bytes.set(new Uint8Array(Uint32Array.from(lineStarts).buffer), SLOTS_BYTES);
  return bytes;
}

/** Null when the bytes are no index of a vocabulary of so many units. */
export function parseVocabularyIndex(bytes: Uint8Array, vocabularyUnits: number): VocabularyIndex | null {
  if (bytes.length <= SLOTS_BYTES + 4 || bytes.length % 4 !== 0) return null;
  // A copy, because the views need an aligned start.
  const { buffer } = bytes.slice();
  const lineStarts = new Uint32Array(buffer, SLOTS_BYTES);
  if (lineStarts[lineStarts.length - 1] !== vocabularyUnits + 1) return null;
  return { slots: new Uint16Array(buffer, 0, SLOTS), lineStarts };
}
