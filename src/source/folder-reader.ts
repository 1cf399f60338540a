import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { throwIfAborted } from '../platform/errors.ts';
import { printableName } from '../platform/printable-name.ts';
import type { Runtime } from '../platform/runtime.ts';
import { binaryKindOf } from './binary-extensions.ts';
import { DEFAULT_MAX_FILE_BYTES, type FileRefusal, isArchiveName, refuseFile } from './check-file.ts';
import { describeFileError } from './describe-file.ts';
import { createFolderView, type FolderView, type ViewEntry, type ViewFolder } from './folder-view.ts';
import { askedByGlobs } from './glob-patterns.ts';
import { createPathFilter, type PathFilter } from './path-filter.ts';
import type { SkippedItem, SourceItem, SourceListing, SourceSpec } from './types.ts';

/** Names or files between two turns of the event loop: some 10 ms, so that Ctrl-C is heard. */
const WORK_PER_TURN = 2_000;

/** Gathers what a folder source holds, by its rules; what it found so far is in `listing`. */
export type FolderReader = {
  /** Absolute, without a "/" at the end; '' is the root of the file system. */
  readonly base: string;
  readonly view: FolderView;
  readonly filter: PathFilter;
  /** As SourceItem.uri has it, of a path below the root. */
  readonly uriOf: (path: string) => string;
  /** Takes a file if the rules let it. */
  takeFile(entry: Extract<ViewEntry, { kind: 'file' }>): void;
  /** Takes all below a folder. Throws what reading the root throws. */
  takeFolder(folder: ViewFolder): Promise<void>;
  listing(): SourceListing;
};

/** Null with a reason when the root cannot be read. */
export function openFolder(spec: SourceSpec, runtime: Runtime): FolderReader | { readonly reason: string } {
  const root = rootOf(spec);
  const realRoot = openRoot(root);
  if (typeof realRoot !== 'string') return realRoot;

  const { include = [], exclude = [] } = spec.options;
  const filter = createPathFilter(include, exclude);
  const asked = askedByGlobs(include);
  const alsoRead = new Set(spec.options.alsoRead);
  const items: SourceItem[] = [];
  const skipped: SkippedItem[] = [];
  const folders = new Set<string>();
  const linked = new Set<string>();
  // The file system's own root is '' here, so that every path below is `${root}/${path}`.
  const base = root === '/' ? '' : root;
  const uriOf = createUriOf(base);
  const onSkip = (path: string, code: SkippedItem['code'], message: string) => {
    const isWanted = path.endsWith('/') ? filter.entersFolder(path.slice(0, -1)) : filter.takesFile(path);
    if (isWanted) skipped.push({ uri: uriOf(path), path, code, message });
  };
  const view = createFolderView({
    root: base,
    realRoot,
    hidden: spec.options.hidden ?? false,
    useIgnore: !spec.options.noIgnore,
    asked,
    log: runtime.log,
    onSkip,
  });
  const maxFileBytes = spec.options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;

  const itemOf = (path: string, place: string): SourceItem | FileRefusal => {
    const binary = binaryKindOf(path.slice(path.lastIndexOf('/') + 1));
    if (binary && !asked.extension(binary.extension) && !alsoRead.has(binary.extension)) {
      return { code: 'binary', message: `By its extension ".${binary.extension}" it is ${binary.kind}.` };
    }
    try {
      const stat = lstatSync(place);
      const refusal = refuseFile(place, stat, maxFileBytes);
      if (refusal) return refusal;
      const mtimeMs = Math.trunc(stat.mtimeMs);
      return { uri: uriOf(path), path, size: stat.size, mtimeMs, content: { kind: 'file', path: place } };
    } catch (error) {
      return { code: 'unreadable', message: `The file cannot be read: ${describeFileError(error)}.` };
    }
  };

  const takeFile = ({ path, place }: { path: string; place: string }): void => {
    if (!takes(filter, path)) return;
    if (place !== `${base}/${path}`) linked.add(dirname(place));
    const item = itemOf(path, place);
    if ('code' in item) onSkip(path, item.code, item.message);
    else items.push(item);
  };

  let workInTurn = 0;
  return {
    base,
    view,
    filter,
    uriOf,
    takeFile,
    async takeFolder(folder) {
      const waiting = [folder];
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        (next.linkedFrom === null ? folders : linked).add(next.place || '/');
        for (const entry of view.read(next)) {
          if (++workInTurn % WORK_PER_TURN === 0) await nextTurn(runtime.signal);
          if (entry.kind === 'file') takeFile(entry);
          else if (filter.entersFolder(entry.path)) waiting.push(entry.folder);
        }
      }
    },
    listing: () => ({
      items: items.sort(byPath),
      skipped: skipped.sort(byPath),
      root: 'present',
      folders: [...new Set([...folders, ...linked])],
      linkedFolders: [...linked],
    }),
  };
}

/** An archive is entered as a folder is, for what it may hold of what is wanted. */
const takes = (filter: PathFilter, path: string): boolean =>
  filter.takesFile(path) || (isArchiveName(path) && filter.entersFolder(path));

export const missingRoot = (reason: string): SourceListing => ({ items: [], skipped: [], root: 'missing', reason });

export const unreadableRoot = (spec: SourceSpec, error: unknown): string => unreadable(rootOf(spec), error);

const rootOf = ({ uri }: SourceSpec): string => fileURLToPath(uri).replace(/(?<=.)\/+$/, '');

function openRoot(root: string): string | { reason: string } {
  try {
    if (!statSync(root).isDirectory()) return { reason: `${printableName(root)} is no longer a folder.` };
    return realpathSync.native(root);
  } catch (error) {
    return { reason: unreadable(root, error) };
  }
}

const unreadable = (root: string, error: unknown): string =>
  `The folder ${printableName(root)} cannot be read: ${describeFileError(error)}.`;

/** URIs as `pathToFileURL` makes them; names without special characters, nearly all, need no encoding. */
function createUriOf(base: string): (path: string) => string {
  const baseUri = pathToFileURL(`${base}/`).href;
  return (path) => (/^[\w./-]*$/.test(path) ? `${baseUri}${path}` : pathToFileURL(`${base}/${path}`).href);
}

const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);

async function nextTurn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  throwIfAborted(signal);
}
