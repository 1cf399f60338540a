import { lstatSync, realpathSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isRagError, throwIfAborted } from '../platform/errors.ts';
import { printableName } from '../platform/printable-name.ts';
import type { Runtime } from '../platform/runtime.ts';
import { binaryKindOf } from './binary-extensions.ts';
import { DEFAULT_MAX_FILE_BYTES, type FileRefusal, refuseFile } from './check-file.ts';
import { describeFileError } from './describe-file.ts';
import { createFolderView, type ViewEntry, type ViewFolder } from './folder-view.ts';
import { type Asked, askedByGlobs } from './glob-patterns.ts';
import { createPathFilter } from './path-filter.ts';
import type { SkippedItem, SourceDriver, SourceItem, SourceListing, SourceOptions, SourceSpec } from './types.ts';

/** Names or files between two turns of the event loop: some 10 ms, so that Ctrl-C is heard. */
const WORK_PER_TURN = 2_000;

/**
 * All documents of a folder, sorted by path. What is hidden, ignored by .gitignore or .ragignore, or a package, build
 * or cache folder is left out in silence; what stands in the way otherwise is reported in `skipped`.
 */
export const folderSource: SourceDriver = {
  kind: 'folder',
  async list(spec: SourceSpec, runtime: Runtime): Promise<SourceListing> {
    throwIfAborted(runtime.signal);
    const root = fileURLToPath(spec.uri).replace(/(?<=.)\/+$/, '');
    const realRoot = openRoot(root);
    if (typeof realRoot !== 'string') return { items: [], skipped: [], root: 'missing', reason: realRoot.reason };

    const { include = [], exclude = [] } = spec.options;
    const filter = createPathFilter(include, exclude);
    const asked = askedByGlobs(include);
    const skipped: SkippedItem[] = [];
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

    const items: SourceItem[] = [];
    const waiting: ViewFolder[] = [view.root];
    let workInTurn = 0;
    for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
      let entries: ViewEntry[];
      try {
        entries = view.read(folder);
      } catch (error) {
        if (isRagError(error)) throw error;
        return { items: [], skipped: [], root: 'missing', reason: unreadableRoot(root, error) };
      }
      for (const entry of entries) {
        if (++workInTurn % WORK_PER_TURN === 0) await nextTurn(runtime.signal);
        if (entry.kind === 'folder') {
          if (filter.entersFolder(entry.path)) waiting.push(entry.folder);
          continue;
        }
        if (!filter.takesFile(entry.path)) continue;
        const item = itemOf(entry, { asked, options: spec.options, uriOf });
        if ('code' in item) onSkip(entry.path, item.code, item.message);
        else items.push(item);
      }
    }
    return { items: items.sort(byPath), skipped: skipped.sort(byPath), root: 'present' };
  },
};

function openRoot(root: string): string | { reason: string } {
  try {
    if (!statSync(root).isDirectory()) return { reason: `${printableName(root)} is no longer a folder.` };
    return realpathSync.native(root);
  } catch (error) {
    return { reason: unreadableRoot(root, error) };
  }
}

const unreadableRoot = (root: string, error: unknown): string =>
  `The folder ${printableName(root)} cannot be read: ${describeFileError(error)}.`;

type Listing = {
  readonly asked: Asked;
  readonly options: SourceOptions;
  readonly uriOf: (path: string) => string;
};

function itemOf({ path, place }: { path: string; place: string }, listing: Listing): SourceItem | FileRefusal {
  const { asked, options, uriOf } = listing;
  const binary = binaryKindOf(path.slice(path.lastIndexOf('/') + 1));
  if (binary && !asked.extension(binary.extension)) {
    return { code: 'binary', message: `By its extension ".${binary.extension}" it is ${binary.kind}.` };
  }
  try {
    const stat = lstatSync(place);
    const refusal = refuseFile(place, stat, options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES);
    if (refusal) return refusal;
    const mtimeMs = Math.trunc(stat.mtimeMs);
    return { uri: uriOf(path), path, size: stat.size, mtimeMs, content: { kind: 'file', path: place } };
  } catch (error) {
    return { code: 'unreadable', message: `The file cannot be read: ${describeFileError(error)}.` };
  }
}

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
