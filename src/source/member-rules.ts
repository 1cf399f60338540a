import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binaryKindOf } from './binary-extensions.ts';
import { askedByGlobs } from './glob-patterns.ts';
import {
  IGNORE_FILE_NAMES,
  type IgnoreLayer,
  isIgnored,
  MAX_IGNORE_FILE_BYTES,
  parseIgnoreRules,
} from './ignore-rules.ts';
import { isLeftOut, isNeverEntered } from './left-out-folders.ts';
import { createPathFilter } from './path-filter.ts';
import type { SourceSpec } from './types.ts';

/** What of a container is taken, as it travels to the process that opens it: the globs and ignore files of its source. */
export type MemberRules = {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly hidden: boolean;
  readonly useIgnore: boolean;
  /** See SourceOptions. */
  readonly alsoRead: readonly string[];
  /** Of the folders above the container, from the root of the source on. */
  readonly ignoreFiles: readonly { readonly prefixLength: number; readonly texts: readonly string[] }[];
};

export type MemberVerdict = { readonly takes: true } | { readonly takes: false; readonly message: string | null };

/** What systems put into every archive and folder. */
const JUNK = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', 'ehthumbs.db', '__MACOSX']);

/** The rules for a container at a path below the root of its source. */
export function memberRules({ kind, uri, options }: SourceSpec, path: string): MemberRules {
  const { include = [], exclude = [], hidden = false, noIgnore = false, alsoRead = [] } = options;
  const isInFolder = kind === 'folder';
  return {
    include: isInFolder ? include : [],
    exclude,
    hidden,
    useIgnore: !noIgnore,
    alsoRead,
    ignoreFiles: isInFolder && !noIgnore ? ignoreFilesAbove(fileURLToPath(uri), path) : [],
  };
}

function ignoreFilesAbove(root: string, path: string): MemberRules['ignoreFiles'] {
  const folders: string[] = [''];
  for (let folder = dirname(path); folder !== '.' && folder !== '/'; folder = dirname(folder))
    folders.splice(1, 0, folder);
  return folders.flatMap((folder) => {
    const texts = IGNORE_FILE_NAMES.flatMap((name) => readSmall(join(root, folder, name)));
    return texts.length > 0 ? [{ prefixLength: folder === '' ? 0 : folder.length + 1, texts }] : [];
  });
}

function readSmall(file: string): string[] {
  try {
    return statSync(file).size <= MAX_IGNORE_FILE_BYTES ? [readFileSync(file, 'utf8')] : [];
  } catch {
    // Most folders have none, and the listing has told of one that cannot be read.
    return [];
  }
}

/**
 * Judges the members of a container: `inner` is the path in it, `container` its own path. Globs and ignore rules see a
 * container as a folder: `b.zip/docs/x.md`. A message says why a member is left out; null leaves it out in silence, as
 * the same file in a folder would be.
 */
export function createMemberFilter(rules: MemberRules, container: string): (inner: string) => MemberVerdict {
  const filter = createPathFilter(rules.include, rules.exclude);
  const asked = askedByGlobs(rules.include);
  const layers = rules.ignoreFiles.flatMap(({ prefixLength, texts }): IgnoreLayer[] => {
    const { rules } = parseIgnoreRules(texts);
    return rules === null ? [] : [{ prefixLength, rules }];
  });
  const place = container.replaceAll('!/', '/');
  const verdicts = new Map<string, boolean>();

  /** Whether a folder in the container is entered; asked once for each. */
  const enters = (folder: string): boolean => {
    const known = verdicts.get(folder);
    if (known !== undefined) return known;
    const slash = folder.lastIndexOf('/');
    const name = folder.slice(slash + 1);
    const verdict = (slash === -1 || enters(folder.slice(0, slash))) && isShown(name, true) && !isOut(folder, '/');
    verdicts.set(folder, verdict);
    return verdict;
  };
  const isShown = (name: string, isFolder: boolean): boolean => {
    if (JUNK.has(name) || name.startsWith('._') || isNeverEntered(name)) return false;
    if (isFolder && rules.useIgnore && !asked.folder(name) && isLeftOut(name, () => false)) return false;
    return !name.startsWith('.') || rules.hidden || asked.hidden(name);
  };
  const isOut = (inner: string, end: '' | '/'): boolean =>
    layers.length > 0 && isIgnored(layers, `${place}/${inner}${end}`);

  return (inner) => {
    const slash = inner.lastIndexOf('/');
    const name = inner.slice(slash + 1);
    const silent = { takes: false, message: null } as const;
    if (!isShown(name, false) || (slash !== -1 && !enters(inner.slice(0, slash))) || isOut(inner, '')) return silent;
    if (!filter.takesFile(`${place}/${inner}`)) return silent;
    const binary = binaryKindOf(name);
    if (!binary || asked.extension(binary.extension) || rules.alsoRead.includes(binary.extension))
      return { takes: true };
    return { takes: false, message: `By its extension ".${binary.extension}" it is ${binary.kind}.` };
  };
}
