import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { userFolders } from '../../config/load.ts';
import type { Settings } from '../../config/types.ts';
import { RagError } from '../../platform/errors.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { makeFolder } from '../../platform/make-folder.ts';

const KEY_BYTES = 32;
const MIN_KEY_LENGTH = 16;

/**
 * The key of this user's pseudonyms, hex of 32 bytes: from `privacy.key`, or the file that `privacy.keyFile` names, or
 * one beside the user's settings that is made when there is none, for its owner only. Throws CONFIG_INVALID when the
 * file cannot be read or made, is too short, or may be read by others.
 */
export function pseudonymKey({ privacy }: Settings): string {
  if (privacy.key !== undefined) return sha256Hex(privacy.key);
  const file = privacy.keyFile ?? join(dirname(userFolders().configFile), 'privacy.key');
  const text = read(file) ?? make(file, privacy.keyFile !== undefined);
  if (text.length >= MIN_KEY_LENGTH) return sha256Hex(text);
  throw new RagError('CONFIG_INVALID', {
    message: `The key in ${file} has ${text.length} characters; ${MIN_KEY_LENGTH} are the least.`,
    hint: 'Write a longer one, such as `openssl rand -hex 32` prints.',
  });
}

/** Null when there is no such file. */
function read(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new RagError('CONFIG_INVALID', {
        message: `Others may read the key in ${file}.`,
        hint: `Close it: \`chmod 600 ${file}\`.`,
      });
    }
    return text;
  } catch (error) {
    if (error instanceof RagError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unusable(file, error);
  }
}

function make(file: string, isNamed: boolean): string {
  if (isNamed) {
    throw new RagError('CONFIG_INVALID', {
      message: `There is no key at ${file}, which privacy.keyFile names.`,
      hint: 'Make one: `openssl rand -hex 32 > <file> && chmod 600 <file>`, or leave the setting out.',
    });
  }
  const key = randomBytes(KEY_BYTES).toString('hex');
  try {
    makeFolder(dirname(file));
    writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
    return key;
  } catch (error) {
    // Another process has made it a moment ago.
    const made = (error as NodeJS.ErrnoException).code === 'EEXIST' ? read(file) : null;
    if (made !== null && made !== '') return made;
    throw unusable(file, error);
  }
}

const unusable = (file: string, error: unknown): RagError =>
  new RagError('CONFIG_INVALID', {
    message: `The key in ${file} cannot be read or made (${(error as NodeJS.ErrnoException).code}).`,
    hint: 'Set RAG_PRIVACY_KEY, or name a file with privacy.keyFile.',
    cause: error,
  });
