import { closeSync, type Dirent, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { RagError } from '../platform/errors.ts';
import { printableName } from '../platform/printable-name.ts';
import type { Log } from '../platform/runtime.ts';
import { describeFileError, kindWords } from './describe-file.ts';
import type { Asked } from './glob-patterns.ts';
import {
  IGNORE_FILE_NAMES,
  type IgnoreLayer,
  isIgnored,
  MAX_IGNORE_FILE_BYTES,
  parseIgnoreRules,
} from './ignore-rules.ts';
import { CACHE_MARKERS, isLeftOut, isNeverEntered } from './left-out-folders.ts';
import { type LinkTarget, readLinkTarget } from './link-target.ts';
import type { SkippedItem } from './types.ts';

/** Folders below each other; Java packages and archives of archives reach 30. */
const MAX_DEPTH = 128;
/** Names of all folders together, which is some 2 GB of listing; a folder of documents stays far below. */
const MAX_ENTRIES = 4_000_000;

export type FolderViewOptions = {
  /** Absolute, without a "/" at the end; '' is the root of the file system. */
  readonly root: string;
  readonly realRoot: string;
  readonly hidden: boolean;
  /** Read ignore files and leave out package, build and cache folders. */
  readonly useIgnore: boolean;
  readonly asked: Asked;
  readonly log: Log;
  readonly onSkip: (path: string, code: SkippedItem['code'], message: string) => void;
};

/** A folder of the view; what it needs to know from the folders above travels with it. */
export type ViewFolder = {
  /** Absolute, without a "/" at the end; '' is the root of the file system. */
  readonly place: string;
  /** Below the root, with "/" at the end; '' for the root. */
  readonly prefix: string;
  readonly depth: number;
  /** Ignore rules of the folders above. */
  readonly layersAbove: readonly IgnoreLayer[];
  /** Real path, in what was reached through a link; null elsewhere. */
  readonly linkedFrom: string | null;
};

export type ViewEntry =
  /** `place` is where to read: the real path for a link, which may be another name than that in `path`. */
  | { readonly kind: 'file'; readonly path: string; readonly place: string }
  | { readonly kind: 'folder'; readonly path: string; readonly folder: ViewFolder };

/** A tree in which only what may be taken can be seen: regular files and the folders that lead to them. */
export type FolderView = {
  readonly root: ViewFolder;
  /** Entries in no particular order. Throws when the root is unreadable; reports any other folder that is. */
  read(folder: ViewFolder): ViewEntry[];
};

/**
 * Shows a folder without what is hidden, ignored, left out by default, unreadable or no regular file. Links never lead
 * out of the real root. A link to what stands in the tree anyway shows nothing; a link to what is left out only
 * because it is hidden shows it, once.
 */
export function createFolderView(options: FolderViewOptions): FolderView {
  const { realRoot, asked, log, onSkip } = options;
  const root: ViewFolder = { place: options.root, prefix: '', depth: 0, layersAbove: [], linkedFrom: null };
  const seenThroughLinks = new Set<string>();
  let entryCount = 0;

  function read(folder: ViewFolder): ViewEntry[] {
    const dirents = listFolder(folder);
    if (dirents === null) return [];
    entryCount += dirents.length;
    if (entryCount > MAX_ENTRIES) throw tooManyEntries(root.place);
    const names = new Set(dirents.map((dirent) => dirent.name));
    if (folder.depth > 0 && options.useIgnore && isCache(folder.place, names)) return [];
    const layers = withOwnLayer(folder, names);
    return dirents.flatMap((dirent) => admit(dirent, { folder, layers, names }) ?? []);
  }

  function listFolder({ place, depth, prefix }: ViewFolder): Dirent[] | null {
    try {
      // Sorted, so that of several links to one place always the same is taken.
      return readdirSync(place || '/', { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (depth === 0) throw error;
      onSkip(prefix, 'unreadable', `The folder cannot be read: ${describeFileError(error)}.`);
      return null;
    }
  }

  function withOwnLayer(folder: ViewFolder, names: ReadonlySet<string>): readonly IgnoreLayer[] {
    if (!options.useIgnore) return [];
    const { place, prefix, layersAbove } = folder;
    const files = IGNORE_FILE_NAMES.filter((name) => names.has(name));
    const texts = files.flatMap((name) => readIgnoreFile(`${place}/${name}`, log));
    if (texts.length === 0) return layersAbove;
    const { rules, dropped } = parseIgnoreRules(texts);
    if (dropped > 0) {
      log.warn(`${dropped} rules of the ignore files in ${printableName(place)} are too costly and were left out.`);
    }
    return rules === null ? layersAbove : [...layersAbove, { prefixLength: prefix.length, rules }];
  }

  type Surroundings = {
    readonly folder: ViewFolder;
    readonly layers: readonly IgnoreLayer[];
    readonly names: ReadonlySet<string>;
  };

  function admit(dirent: Dirent, around: Surroundings): ViewEntry | null {
    const { name } = dirent;
    const { folder, layers, names } = around;
    const path = `${folder.prefix}${name}`;
    const place = `${folder.place}/${name}`;
    if (isNeverEntered(name)) return null;
    if (name.startsWith('.') && !options.hidden && !asked.hidden(name)) return null;
    const isFolder = dirent.isDirectory();
    // A link is judged as the folder that it may be.
    if (!dirent.isFile() && isLeftOutFolder(name, names)) return null;
    if (layers.length > 0 && isIgnored(layers, isFolder ? `${path}/` : path)) return null;
    if (name.includes('\ufffd') && isMissing(place)) {
      onSkip(path, 'unreadable', 'The name is not valid UTF-8. Rename it to have it taken.');
      return null;
    }
    if (dirent.isSymbolicLink()) return admitLink(path, place, around);
    if (!isFolder && !dirent.isFile()) {
      onSkip(path, 'not-regular', `It is ${kindWords(dirent)}, not a regular file.`);
      return null;
    }
    const real = folder.linkedFrom === null ? null : `${folder.linkedFrom}/${name}`;
    if (real !== null && !isFirstSight(real)) return null;
    return isFolder ? admitFolder(path, place, real, around) : { kind: 'file', path, place: real ?? place };
  }

  function isLeftOutFolder(name: string, names: ReadonlySet<string>): boolean {
    return options.useIgnore && !asked.folder(name) && isLeftOut(name, (sibling) => names.has(sibling));
  }

  function admitFolder(path: string, place: string, real: string | null, around: Surroundings): ViewEntry | null {
    const depth = around.folder.depth + 1;
    if (depth > MAX_DEPTH) {
      onSkip(`${path}/`, 'too-deep', `It lies more than ${MAX_DEPTH} folders deep.`);
      return null;
    }
    const folder = { place, prefix: `${path}/`, depth, layersAbove: around.layers, linkedFrom: real };
    return { kind: 'folder', path, folder };
  }

  function admitLink(path: string, place: string, around: Surroundings): ViewEntry | null {
    const target = readLinkTarget(place, realRoot);
    if (target.kind === 'skip') {
      onSkip(path, target.code, target.message);
      return null;
    }
    if (!leadsToHidden(target, around.layers) || !isFirstSight(target.real)) return null;
    if (target.kind === 'file') return { kind: 'file', path, place: target.real };
    return admitFolder(path, target.real, target.real, around);
  }

  /** False when the target stands in the tree by itself, or is left out for another reason than being hidden. */
  function leadsToHidden(target: LinkTarget, layers: readonly IgnoreLayer[]): boolean {
    const segments = target.path.split('/');
    const shown = (name: string) => !name.startsWith('.') || options.hidden || asked.hidden(name);
    if (target.path === '' || segments.every(shown) || segments.some(isNeverEntered)) return false;
    if (segments.some((name) => isLeftOutFolder(name, NO_NAMES))) return false;
    const rootLayer = layers.filter(({ prefixLength }) => prefixLength === 0);
    return !segments.some((_, index) => {
      const end = index + 1;
      const isFolderPath = target.kind === 'folder' || end < segments.length;
      return isIgnored(rootLayer, segments.slice(0, end).join('/') + (isFolderPath ? '/' : ''));
    });
  }

  function isFirstSight(real: string): boolean {
    if (seenThroughLinks.has(real)) return false;
    seenThroughLinks.add(real);
    return true;
  }

  return { root, read };
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** Of a name with U+FFFD: whether that stands for bytes that are no UTF-8, under which nothing can be found. */
function isMissing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    // A folder whose names can be read but not used: the file is reported when it is looked at.
    return false;
  }
}

/** CACHEDIR.TAG counts by its first bytes only, as its specification asks. */
function isCache(folder: string, names: ReadonlySet<string>): boolean {
  return CACHE_MARKERS.some((marker) => {
    if (!names.has(marker)) return false;
    return (
      marker !== 'CACHEDIR.TAG' || beginsWith(`${folder}/${marker}`, 'Signature: 8a477f597d28d172789f06886806bc55')
    );
  });
}

function beginsWith(path: string, text: string): boolean {
  let descriptor: number;
  try {
    if (!lstatSync(path).isFile()) return false;
    descriptor = openSync(path, 'r');
  } catch {
    // A marker that cannot be read marks nothing; the files beside it are reported for themselves.
    return false;
  }
  try {
    const head = Buffer.alloc(text.length);
    return readSync(descriptor, head) === text.length && head.toString('latin1') === text;
  } finally {
    closeSync(descriptor);
  }
}

function readIgnoreFile(path: string, log: Log): string[] {
  try {
    const stat = lstatSync(path);
    if (!stat.isFile()) return [];
    if (stat.size <= MAX_IGNORE_FILE_BYTES) return [readFileSync(path, 'utf8')];
    log.warn(`${printableName(path)} is larger than ${MAX_IGNORE_FILE_BYTES} bytes and was not read.`);
  } catch (error) {
    log.warn(`${printableName(path)} cannot be read: ${describeFileError(error)}.`);
  }
  return [];
}

const tooManyEntries = (root: string): RagError =>
  new RagError('SOURCE_FAILED', {
    message: `${printableName(root)} holds more than ${MAX_ENTRIES} files and folders.`,
    hint: 'Add the folders below it that matter, or name the rest in a .ragignore file.',
  });
