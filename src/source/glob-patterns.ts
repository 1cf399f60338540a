import { RagError } from '../platform/errors.ts';

const MAX_PATTERN_LENGTH = 1_000;
const MAX_PATTERNS = 1_000;

/**
 * Globs as people write them, as patterns relative to the root of a source. One without a "/" matches at every depth,
 * one with a "/" from the root on; one that names a folder stands for all that the folder holds.
 * Throws USAGE for what could only be meant otherwise: "..", a leading "!", an empty pattern.
 */
export function toRootPatterns(globs: readonly string[]): string[] {
  if (globs.length > MAX_PATTERNS) throw badPattern(`${globs.length} globs`, `at most ${MAX_PATTERNS} are taken`);
  return globs.flatMap((glob) => {
    const pattern = glob.trim().replace(/^(\.?\/)+/, '');
    if (pattern === '') throw badPattern(JSON.stringify(glob), 'it is empty');
    if (pattern.length > MAX_PATTERN_LENGTH) throw badPattern(`${pattern.slice(0, 40)}…`, 'it is too long');
    if (pattern.startsWith('!') && pattern[1] !== '(') throw badPattern(glob, 'use --exclude in place of "!"');
    if (pattern.split('/').includes('..')) throw badPattern(glob, 'it leads out of the source with ".."');
    const bare = pattern.replace(/\/+$/, '');
    const anchored = bare.includes('/') || /^\.?\//.test(glob.trim()) ? bare : `**/${bare}`;
    const isFolder = pattern.endsWith('/');
    if (anchored.endsWith('**')) return [anchored];
    return isFolder ? [`${anchored}/**`] : [anchored, `${anchored}/**`];
  });
}

/**
 * What include globs ask for by name, and so take back what is left out by default: hidden names, package and build
 * folders, binary extensions.
 */
export type Asked = {
  hidden(name: string): boolean;
  folder(name: string): boolean;
  extension(extension: string): boolean;
};

const MAGIC = /[*?[\]{}()!+@|\\]/;

export function askedByGlobs(globs: readonly string[]): Asked {
  const segments = globs.flatMap((glob) => glob.split(/[/{},]/).filter((segment) => segment !== ''));
  const literals = new Set(segments.filter((segment) => !MAGIC.test(segment)));
  const hiddenStarts = segments
    .filter((segment) => segment.startsWith('.') && MAGIC.test(segment))
    .map((segment) => segment.slice(0, segment.search(MAGIC)));
  const lastSegments = globs.map((glob) => glob.slice(glob.lastIndexOf('/') + 1).toLowerCase());
  const words = new Set(lastSegments.flatMap((segment) => segment.split(/[^a-z0-9-]+/)));
  return {
    hidden: (name) => literals.has(name) || hiddenStarts.some((start) => name.startsWith(start)),
    folder: (name) => literals.has(name),
    extension: (extension) => words.has(extension),
  };
}

const badPattern = (shown: string, why: string): RagError =>
  new RagError('USAGE', { message: `Bad glob: ${shown}: ${why}.`, hint: 'Examples: "*.md", "docs/**", "drafts/".' });
