import { readFileSync } from 'node:fs';
import { RagError } from '../../platform/errors.ts';

/** The model's word pieces, found by their UTF-16 units without making a string. */
export type Vocabulary = {
  readonly size: number;
  /** Most units of one piece. */
  readonly longestPiece: number;
  /**
   * Id of the longest piece that `units` begins with at `start`, at most to `end`; -1 when there is none.
   * `continues` asks for the pieces that stand inside a word.
   */
  longestMatch(units: Uint16Array, start: number, end: number, continues: boolean): number;
  /** Units of a piece, without the `##` of a continuation. */
  pieceLength(id: number): number;
};

// FNV-1a over UTF-16 units; two seeds keep pieces that begin a word and pieces inside one apart.
const WORD_SEED = 0x811c9dc5 | 0;
const INSIDE_SEED = 0x2f0b4c47;
const FNV_PRIME = 0x01000193;

/**
 * Read a vocabulary of one piece a line, line number = id, into an open-addressing hash table of typed arrays: half the
 * time of filling a Map, and nothing for the garbage collector to walk. Throws MODEL_NOT_FOUND.
 */
export function readVocabulary(path: string): Vocabulary {
  const text = readText(path);
  // At least twice as many slots as lines keeps probes short.
  const pieces = countLines(text);
  const slotCount = 1 << (33 - Math.clz32(pieces));
  const slots = new Uint32Array(slotCount);
  const hashes = new Int32Array(pieces);
  const offsets = new Uint32Array(pieces + 1);
  const units = new Uint16Array(text.length);
  const inside = new Uint8Array(pieces);
  let longestPiece = 0;

  let length = 0;
  let index = 0;
  for (let id = 0; id < pieces; id++) {
    let hash = WORD_SEED;
    if (text.charCodeAt(index) === 35 && text.charCodeAt(index + 1) === 35) {
      hash = INSIDE_SEED;
      inside[id] = 1;
      index += 2;
    }
    for (; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 10) break;
      units[length++] = code;
      hash = Math.imul(hash ^ code, FNV_PRIME);
    }
    index++;
    offsets[id + 1] = length;
    hashes[id] = hash;
    longestPiece = Math.max(longestPiece, length - offsets[id]!);
    let slot = slotOf(hash, slotCount);
    while (slots[slot] !== 0) slot = (slot + 1) & (slotCount - 1);
    slots[slot] = id + 1;
  }

  const prefixHashes = new Int32Array(longestPiece + 1);

  const find = (hash: number, continues: boolean, target: Uint16Array, start: number, size: number): number => {
    for (let slot = slotOf(hash, slotCount); ; slot = (slot + 1) & (slotCount - 1)) {
      const id = slots[slot]! - 1;
      if (id < 0) return -1;
      if (hashes[id] !== hash || inside[id] !== (continues ? 1 : 0)) continue;
      const offset = offsets[id]!;
      if (offsets[id + 1]! - offset !== size) continue;
      let same = 0;
      while (same < size && units[offset + same] === target[start + same]) same++;
      if (same === size) return id;
    }
  };

  return {
    size: pieces,
    longestPiece,
    pieceLength: (id) => offsets[id + 1]! - offsets[id]!,
    longestMatch(target, start, end, continues) {
      const longest = Math.min(end - start, longestPiece);
      let hash = continues ? INSIDE_SEED : WORD_SEED;
      for (let size = 1; size <= longest; size++) {
        hash = Math.imul(hash ^ target[start + size - 1]!, FNV_PRIME);
        prefixHashes[size] = hash;
      }
      for (let size = longest; size > 0; size--) {
        const id = find(prefixHashes[size]!, continues, target, start, size);
        if (id >= 0) return id;
      }
      return -1;
    },
  };
}

/** The high bits of FNV are the better mixed ones. */
const slotOf = (hash: number, slotCount: number): number => (hash ^ (hash >>> 15)) & (slotCount - 1);

function countLines(text: string): number {
  let lines = 1;
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) lines++;
  return lines;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `The vocabulary of the built-in embedding model cannot be read: ${path}.`,
      hint: 'The installation is incomplete. Install ragstone again, or run `npm run build` in a checkout.',
      cause,
    });
  }
}
