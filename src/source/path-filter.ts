import picomatch from 'picomatch';
import { toRootPatterns } from './glob-patterns.ts';

/** Paths are below the root of the source, with "/" and without one at the end. */
export type PathFilter = {
  takesFile(path: string): boolean;
  /** Whether anything below the folder may be taken. */
  entersFolder(path: string): boolean;
};

const MAGIC = /[*?[\]{}()!+@|\\]/;

/** `include` (all when empty) without `exclude`, see `toRootPatterns`. Throws USAGE for a bad glob. */
export function createPathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const includePatterns = toRootPatterns(include);
  const isIncluded = includePatterns.length === 0 ? () => true : matcherOf(includePatterns);
  const isExcluded = matcherOf(toRootPatterns(exclude));
  const bases = includePatterns.map(literalBase);
  const leadsToBase = (path: string) =>
    bases.length === 0 || bases.some((base) => isBelow(path, base) || isBelow(base, path));
  return {
    takesFile: (path) => isIncluded(path) && !isExcluded(path),
    entersFolder: (path) => leadsToBase(path) && !isExcluded(path),
  };
}

function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map((pattern) => picomatch(pattern, { dot: true }));
  // "." of a regular expression stops at line breaks, which a name may hold.
  return (path) => matchers.length > 0 && matchers.some((matches) => matches(path.replace(/[\n\r\u2028\u2029]/g, ' ')));
}

/** The folders at the start of a pattern that are named outright; '' when it begins with magic. */
function literalBase(pattern: string): string {
  const segments = pattern.split('/');
  const magicAt = segments.findIndex((segment) => MAGIC.test(segment));
  return segments.slice(0, magicAt === -1 ? segments.length : magicAt).join('/');
}

const isBelow = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);
