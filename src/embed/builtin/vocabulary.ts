import { readFileSync } from 'node:fs';
import { RagError } from '../../platform/errors.ts';
import { hashUnit, INSIDE_SEED, isInside, parseVocabularyIndex, SLOTS, slotOf, WORD_SEED } from './vocabulary-index.ts';

/** The model's word pieces, found by their UTF-16 units without making a string. */
export type Vocabulary = {
  readonly size: number;
  /**
   * Id of the longest piece that `units` begins with at `start`, at most to `end`; -1 when there is none.
   * `continues` asks for the pieces that stand inside a word.
   */
  longestMatch(units: Uint16Array, start: number, end: number, continues: boolean): number;
  /** Units of a piece, without the `##` of a continuation. */
  pieceLength(id: number): number;
};

/** No piece of the model has more units. */
export const LONGEST_PIECE = 26;

/** Read a vocabulary and its index (see `vocabulary-index.ts`). Throws MODEL_NOT_FOUND. */
export function readVocabulary(path: string, indexPath: string): Vocabulary {
  const text = read(path).toString('utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  const units = new Uint16Array(utf16.buffer, utf16.byteOffset, text.length);
  const index = parseVocabularyIndex(read(indexPath), text.length);
  if (index === null) throw damaged(indexPath, undefined);
  const { slots, lineStarts } = index;
  const prefixHashes = new Int32Array(LONGEST_PIECE + 1);

  const find = (hash: number, continues: boolean, target: Uint16Array, start: number, size: number): number => {
    const prefix = continues ? 2 : 0;
    for (let slot = slotOf(hash); ; slot = (slot + 1) & (SLOTS - 1)) {
      const id = slots[slot]! - 1;
      if (id < 0) return -1;
      const lineStart = lineStarts[id]!;
      if (lineStarts[id + 1]! - 1 - lineStart !== prefix + size) continue;
      if (isInside(units, lineStart) !== continues) continue;
      const offset = lineStart + prefix;
      let same = 0;
      while (same < size && units[offset + same] === target[start + same]) same++;
      if (same === size) return id;
    }
  };

  return {
    size: lineStarts.length - 1,
    pieceLength(id) {
      const lineStart = lineStarts[id]!;
      return lineStarts[id + 1]! - 1 - lineStart - (isInside(units, lineStart) ? 2 : 0);
    },
    longestMatch(target, start, end, continues) {
      const longest = Math.min(end - start, LONGEST_PIECE);
      let hash = continues ? INSIDE_SEED : WORD_SEED;
      for (let size = 1; size <= longest; size++) {
        hash = hashUnit(hash, target[start + size - 1]!);
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

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

const damaged = (path: string, cause: unknown): RagError =>
  new RagError('MODEL_NOT_FOUND', {
    message: `The vocabulary of the built-in embedding model is missing or damaged: ${path}.`,
    hint: 'The installation is incomplete. Install ragstone again, or run `npm run build` in a checkout.',
    cause,
  });
