import { realpathSync, statSync } from 'node:fs';
import { printableName } from '../platform/printable-name.ts';
import { describeFileError, kindWords } from './describe-file.ts';
import type { SkippedItem } from './types.ts';

/** `path` is the target's place below the real root, '' for the root itself. */
export type LinkTarget = { readonly kind: 'file' | 'folder'; readonly real: string; readonly path: string };

export type LinkRefusal = { readonly kind: 'skip'; readonly code: SkippedItem['code']; readonly message: string };

/** Where a symbolic link ends, by its real path; a refusal when that is outside the real root or no place to read. */
export function readLinkTarget(link: string, realRoot: string): LinkTarget | LinkRefusal {
  try {
    const real = realpathSync.native(link);
    const base = realRoot === '/' ? '' : realRoot;
    if (real !== realRoot && !real.startsWith(`${base}/`)) {
      return refuse('link-escapes', `The link leads out of the folder, to ${printableName(real)}.`);
    }
    const stat = statSync(real);
    if (!stat.isFile() && !stat.isDirectory()) return refuse('not-regular', `The link leads to ${kindWords(stat)}.`);
    return { kind: stat.isFile() ? 'file' : 'folder', real, path: real.slice(base.length + 1) };
  } catch (error) {
    return refuse('unreadable', `The link leads nowhere: ${describeFileError(error)}.`);
  }
}

const refuse = (code: SkippedItem['code'], message: string): LinkRefusal => ({ kind: 'skip', code, message });
