import { join } from 'node:path';
import { RagError, throwIfAborted } from '../../platform/errors.ts';
import type { Embedder, EmbedderDriver } from '../types.ts';
import { createTextFolder, type TextFolder } from './fold-text.ts';
import { modelFolder, TABLE_FILE, VOCABULARY_FILE, VOCABULARY_INDEX_FILE } from './model-folder.ts';
import { DIMENSIONS, openPieceTable, type PieceTable } from './piece-table.ts';
import { createTokenizer, type Tokenized, type Tokenizer } from './tokenize.ts';
import { readVocabulary } from './vocabulary.ts';

export type BuiltinEmbedderOptions = {
  /** Folder with the table and the vocabulary; by default the one that comes with the program. */
  readonly modelFolder?: string;
};

const MODEL = 'ragstone-static-1';

/** `builtin` or `builtin/ragstone-static-1`. */
export const builtinDriver: EmbedderDriver = {
  provider: 'builtin',
  example: MODEL,
  hasDefault: true,
  create(model) {
    if (model === '' || model === MODEL) return createBuiltinEmbedder();
    throw new RagError('MODEL_UNKNOWN', {
      message: `There is no built-in embedding model "${model.slice(0, 200)}".`,
      hint: `Write builtin/${MODEL}.`,
      details: { known: [`builtin/${MODEL}`] },
    });
  },
};

type Model = { readonly folder: TextFolder; readonly tokenizer: Tokenizer; readonly table: PieceTable };

/**
 * The embedder that needs no download: the static model `ragstone-static-1`, English. Files are read on the first text.
 * Text that its vocabulary hardly knows gets null (see `isKnownText`). Throws MODEL_NOT_FOUND when its files are
 * missing, ABORTED between texts.
 */
export function createBuiltinEmbedder(options: BuiltinEmbedderOptions = {}): Embedder {
  let loaded: Model | undefined;
  const model = (): Model => {
    loaded ??= loadModel(options.modelFolder ?? modelFolder());
    return loaded;
  };
  const embed = (text: string): Float32Array | null => {
    const { folder, tokenizer, table } = model();
    const tokenized = tokenizer.tokenize(folder.fold(text.slice(0, MAX_TEXT_UNITS)));
    return isKnownText(tokenized) ? table.pool(tokenized.ids, tokenized.count) : null;
  };

  return {
    space: { provider: 'builtin', model: MODEL, dimensions: DIMENSIONS },
    async embedQuery(text, signal) {
      throwIfAborted(signal);
      return embed(text);
    },
    async embedPassages(texts, signal, onEmbedded) {
      const vectors: (Float32Array | null)[] = [];
      for (const [index, text] of texts.entries()) {
        if (index % TEXTS_PER_TURN === 0) {
          if (index > 0) {
            onEmbedded?.(TEXTS_PER_TURN);
            await nextTurn();
          }
          throwIfAborted(signal);
        }
        vectors.push(embed(text));
      }
      if (texts.length > 0) onEmbedded?.(((texts.length - 1) % TEXTS_PER_TURN) + 1);
      return vectors;
    },
  };
}

/** The model reads 512 pieces; this is room for them in any language it knows, and a bound for any other. */
const MAX_TEXT_UNITS = 16_384;

/** About 10 ms of work, after which signals and timers get their turn. */
const TEXTS_PER_TURN = 256;

/**
 * Least share of a text's letters and digits that must stand in meaningful pieces (see `createTokenizer`). Measured on
 * passages: English prose has .80 to 1.00, code and tables of figures .54 and more (all but one in a hundred .62),
 * German .63 to .92, Spanish .67 to .92; at the other side hex dumps have up to .31, base64 up to .13, lists of numbers
 * next to nothing, and Chinese, Japanese, Arabic and Hindi with foreign words in it up to .39. German and Spanish keep
 * a vector because it still finds the passage (nDCG@10 .62 and .63 alone, of 240 passages), if far less often than words.
 */
const MIN_KNOWN_SHARE = 0.5;

/** Whether the vocabulary knows enough of the text for its vector to say something. */
export const isKnownText = ({ units, knownUnits }: Tokenized): boolean =>
  units > 0 && knownUnits / units >= MIN_KNOWN_SHARE;

function loadModel(folder: string): Model {
  const vocabulary = readVocabulary(join(folder, VOCABULARY_FILE), join(folder, VOCABULARY_INDEX_FILE));
  return {
    folder: createTextFolder(),
    tokenizer: createTokenizer(vocabulary),
    table: openPieceTable(join(folder, TABLE_FILE), vocabulary.size),
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
