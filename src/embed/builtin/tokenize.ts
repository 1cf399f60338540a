import { type FoldedText, SEPARATOR } from './fold-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The model was trained on words cut at this many UTF-16 units ... */
const MAX_WORD_UNITS = 64;
/** ... and texts cut at this many pieces. */
export const MAX_PIECES = 512;

export type Tokenized = {
  /** Piece ids, in a buffer that the next call overwrites. */
  readonly ids: Uint16Array;
  readonly count: number;
  /** Letters and digits that were looked at. */
  readonly units: number;
  /** Those of them inside pieces that carry meaning: see `createTokenizer`. */
  readonly knownUnits: number;
};

export type Tokenizer = { tokenize(text: FoldedText): Tokenized };

/** Shorter pieces inside longer words are letters in a row, which any Latin text has; they say nothing of the word. */
const MEANINGFUL_UNITS = 3;

/**
 * WordPiece: each word by greedy longest match from the left; a character that no piece matches is skipped.
 * A piece counts as known when it has at least three units, or is a whole word of two, and does not begin with a digit.
 */
export function createTokenizer(vocabulary: Vocabulary): Tokenizer {
  const ids = new Uint16Array(MAX_PIECES);

  return {
    tokenize({ units, length }) {
      let count = 0;
      let seen = 0;
      let known = 0;
      let start = 0;
      while (start < length && count < MAX_PIECES) {
        if (units[start] === SEPARATOR) {
          start++;
          continue;
        }
        let wordEnd = start + 1;
        while (wordEnd < length && units[wordEnd] !== SEPARATOR) wordEnd++;
        seen += wordEnd - start;
        const end = Math.min(wordEnd, start + MAX_WORD_UNITS);
        let position = start;
        while (position < end && count < MAX_PIECES) {
          const id = vocabulary.longestMatch(units, position, end, position > start);
          if (id < 0) {
            position++;
            continue;
          }
          ids[count++] = id;
          const size = vocabulary.pieceLength(id);
          const meaningful = size >= MEANINGFUL_UNITS || (size === 2 && wordEnd - start === 2);
          if (meaningful && !isDigit(units[position]!)) known += size;
          position += size;
        }
        start = wordEnd;
      }
      return { ids, count, units: seen, knownUnits: known };
    },
  };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
