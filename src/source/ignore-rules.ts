import ignore, { type Ignore } from 'ignore';

/** The rules of one folder's ignore files. */
export type IgnoreLayer = {
  /** Length of the folder's path below the root, with its "/" at the end; 0 for the root. */
  readonly prefixLength: number;
  readonly rules: Ignore;
};

export const IGNORE_FILE_NAMES: readonly string[] = ['.gitignore', '.ragignore'];

/** The largest hand-written ones known have under 1,000 rules; each rule costs time for every file. */
export const MAX_RULES = 2_000;
export const MAX_IGNORE_FILE_BYTES = 262_144;

/** Matching time grows with depth to the power of this: 2.5 ms a path with three, 1.4 s with four (measured). */
const MAX_GLOBSTARS = 3;
const MAX_RULE_LENGTH = 1_000;

/**
 * Rules from the texts of one folder's ignore files, in rising priority. Matching is case-sensitive, as in Git.
 * Rules that would cost unbounded time are left out and counted in `dropped`.
 */
export function parseIgnoreRules(texts: readonly string[]): { rules: Ignore | null; dropped: number } {
  const lines = texts
    .flatMap((text) => text.replace(/^\ufeff/, '').split(/\r?\n/))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const kept = lines.filter(isBoundedRule).slice(0, MAX_RULES);
  return {
    rules: kept.length === 0 ? null : ignore({ ignorecase: false }).add(kept),
    dropped: lines.length - kept.length,
  };
}

/**
 * Whether a path below the root is ignored: the deepest folder that has an opinion decides. A folder's path ends
 * with "/". Its parents must have been found not ignored before.
 */
export function isIgnored(layers: readonly IgnoreLayer[], name: string): boolean {
  // "." of a regular expression stops at line breaks, which a name may hold.
  const path = name.replace(/[\n\r\u2028\u2029]/g, ' ');
  for (let index = layers.length - 1; index >= 0; index--) {
    const { prefixLength, rules } = layers[index]!;
    const verdict = rules.test(path.slice(prefixLength));
    if (verdict.unignored) return false;
    if (verdict.ignored && !isInherited(rules, path.slice(prefixLength))) return true;
  }
  return false;
}

/**
 * The library passes an ignored parent on to what it holds. Here the parent is known to be taken, by the word of a
 * deeper folder, so what these rules say of the parent no longer counts.
 */
function isInherited(rules: Ignore, path: string): boolean {
  const end = path.lastIndexOf('/', path.length - 2);
  return end !== -1 && rules.test(path.slice(0, end + 1)).ignored;
}

const isBoundedRule = (line: string): boolean =>
  line.length <= MAX_RULE_LENGTH && (line.match(/\*\*/g)?.length ?? 0) <= MAX_GLOBSTARS;
