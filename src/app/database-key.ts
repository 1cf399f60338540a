import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Settings } from '../config/types.ts';
import { messageOf, RagError } from '../platform/errors.ts';

/** Longer ones are some other file. */
const MAX_KEY_BYTES = 4096;

/** The key of the database that the settings name; undefined when it is not encrypted. Throws CONFIG_INVALID. */
export function databaseKey({ database }: Pick<Settings, 'database'>): string | undefined {
  return database.key ?? (database.keyFile === undefined ? undefined : readKeyFile(database.keyFile));
}

/** The first line of a small regular file. The message never holds any of it. */
export function readKeyFile(path: string): string {
  const refuse = (why: string): RagError =>
    new RagError('CONFIG_INVALID', {
      message: `The key of the database cannot be read from ${path}: ${why}.`,
      hint: 'Put the key into the first line of a file that only you may read, and name it in database.keyFile.',
    });
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw refuse((error as NodeJS.ErrnoException).code ?? messageOf(error));
  }
  try {
    const { size } = fstatSync(file);
    if (!fstatSync(file).isFile()) throw refuse('it is no regular file');
    if (size > MAX_KEY_BYTES) throw refuse(`it has ${size} bytes, and a key at most ${MAX_KEY_BYTES}`);
    const bytes = Buffer.alloc(size);
    readSync(file, bytes, 0, size, 0);
    const key =
      bytes
        .toString('utf8')
        .replace(/^\ufeff/, '')
        .split(/\r?\n/, 1)[0] ?? '';
    if (key.length === 0) throw refuse('its first line is empty');
    return key;
  } finally {
    closeSync(file);
  }
}
