import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RagError } from '../../platform/errors.ts';

export const TABLE_FILE = 'embedding.i4.256.bin';
export const VOCABULARY_FILE = 'vocab.txt';
export const VOCABULARY_INDEX_FILE = 'vocab.index.bin';

/**
 * Folder of the built-in model's files: this one when run from source, `builtin/` beside the module when bundled.
 * Throws MODEL_NOT_FOUND when neither holds them.
 */
export function modelFolder(moduleUrl: string = import.meta.url): string {
  const candidates = ['./', './builtin/'].map((path) => fileURLToPath(new URL(path, moduleUrl)));
  const found = candidates.find((folder) => existsSync(folder + TABLE_FILE));
  if (found === undefined) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `The built-in embedding model is missing: no ${TABLE_FILE} in ${candidates.join(' or ')}.`,
      hint: 'The installation is incomplete. Install ragstone again, or run `npm run build` in a checkout.',
    });
  }
  return found;
}
