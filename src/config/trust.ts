import { realpathSync } from 'node:fs';
import { RagError } from '../platform/errors.ts';
import { readText, replaceFile } from './toml-file.ts';

/**
 * Folders whose `.rag/config.toml` may set everything but secrets, one absolute path per line. A trusted folder
 * does not make the folders below it trusted.
 */
export function isTrusted(folder: string, trustFile: string): boolean {
  return trustedFolders(trustFile).includes(resolved(folder));
}

export const trustedFolders = (trustFile: string): readonly string[] =>
  (readText(trustFile) ?? '').split('\n').filter((line) => line !== '');

/** Returns the path as it was written. */
export function trustFolder(folder: string, trustFile: string): string {
  const path = resolved(folder);
  if (path.includes('\n')) {
    throw new RagError('USAGE', {
      message: 'A folder with a line break in its name cannot be trusted.',
      hint: 'Rename it.',
    });
  }
  replaceFile(trustFile, `${[...new Set([...trustedFolders(trustFile), path])].join('\n')}\n`);
  return path;
}

/** Whether it was trusted before. */
export function distrustFolder(folder: string, trustFile: string): boolean {
  const path = resolved(folder);
  const folders = trustedFolders(trustFile);
  if (!folders.includes(path)) return false;
  replaceFile(
    trustFile,
    folders
      .filter((other) => other !== path)
      .map((other) => `${other}\n`)
      .join(''),
  );
  return true;
}

function resolved(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    throw new RagError('NOT_FOUND', {
      message: `There is no folder ${folder}.`,
      hint: 'Name a folder that exists, or none for the one with the nearest `.rag`.',
      cause: error,
    });
  }
}
