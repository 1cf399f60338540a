import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { RagError } from '../platform/errors.ts';
import { resolveSource } from './resolve-source.ts';
import type { SourceOptions, SourceSpec } from './types.ts';

/** A pattern that names more is a folder: that is one source, and keeps in step with files that come later. */
const MAX_MATCHES = 10_000;

/**
 * The sources that an argument of `rag add` means. A pattern such as `papers/*.pdf`, where no file has that name, stands
 * for the files and folders that match it now, as a shell would have it. Throws as `resolveSource` does.
 */
export async function resolveSources(target: string, options: SourceOptions, cwd: string): Promise<SourceSpec[]> {
  const mayBePattern =
    /[*?[{(]/.test(target) && !/^[a-z][a-z0-9+.-]+:/i.test(target) && !existsSync(resolve(cwd, target));
  if (!mayBePattern) return [await resolveSource(target, options, cwd)];
  const { default: fastGlob } = await import('fast-glob');
  if (!fastGlob.isDynamicPattern(target)) return [await resolveSource(target, options, cwd)];
  const matches: string[] = [];
  const found = fastGlob.stream(target, { cwd, onlyFiles: false, followSymbolicLinks: false, suppressErrors: true });
  for await (const match of found) {
    matches.push(String(match));
    if (matches.length > MAX_MATCHES) {
      throw new RagError('USAGE', {
        message: `More than ${MAX_MATCHES} names match ${target}.`,
        hint: "Add the folder instead, with --include '<pattern>'.",
      });
    }
  }
  if (matches.length === 0) {
    throw new RagError('SOURCE_MISSING', {
      message: `No file or folder matches ${target}.`,
      hint: 'Check the pattern, or name a folder.',
    });
  }
  return await Promise.all(matches.sort().map((match) => resolveSource(match, options, cwd)));
}
