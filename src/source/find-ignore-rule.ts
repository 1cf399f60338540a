import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IGNORE_FILE_NAMES, MAX_IGNORE_FILE_BYTES, parseIgnoreRules } from './ignore-rules.ts';

/** A line of an ignore file: `file` is below the root. */
export type IgnoreRule = { readonly file: string; readonly line: number; readonly rule: string };

/**
 * The rule that has a path below the root ignored, or a folder that it is in: of the deepest ignore file that has one,
 * the last. Null when none does. For telling people; `isIgnored` decides.
 */
export function findIgnoreRule(root: string, path: string): IgnoreRule | null {
  const segments = path.split('/');
  let found: IgnoreRule | null = null;
  for (let depth = 0; depth < segments.length; depth++) {
    const folder = segments.slice(0, depth).join('/');
    const below = segments.slice(depth);
    const parts = below.map((_, i) => below.slice(0, i + 1).join('/') + (i < below.length - 1 ? '/' : ''));
    for (const name of IGNORE_FILE_NAMES) {
      const file = folder === '' ? name : `${folder}/${name}`;
      linesOf(join(root, file)).forEach((rule, i) => {
        const { rules } = parseIgnoreRules([rule]);
        if (rules && parts.some((part) => rules.test(part).ignored)) found = { file, line: i + 1, rule: rule.trim() };
      });
    }
  }
  return found;
}

function linesOf(file: string): string[] {
  if (!existsSync(file) || statSync(file).size > MAX_IGNORE_FILE_BYTES) return [];
  return readFileSync(file, 'utf8').split(/\r?\n/);
}
