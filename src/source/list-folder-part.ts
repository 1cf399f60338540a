import { isRagError, throwIfAborted } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { missingRoot, openFolder, unreadableRoot } from './folder-reader.ts';
import type { ViewEntry, ViewFolder } from './folder-view.ts';
import { isInScope } from './is-in-scope.ts';
import type { SourceListing, SourceSpec } from './types.ts';

/**
 * As listing the folder source would show what stands at the paths, given below its root and without a "/" at the end,
 * and nothing of what stands elsewhere: `scope` says what was looked at. Null where only the whole listing can tell: for
 * the root, for a folder that is empty, and for what links lead to.
 */
export async function listFolderPart(
  spec: SourceSpec,
  paths: readonly string[],
  runtime: Runtime,
): Promise<SourceListing | null> {
  throwIfAborted(runtime.signal);
  const reader = openFolder(spec, runtime);
  if ('reason' in reader) return missingRoot(reader.reason);
  const { view, filter, uriOf } = reader;
  const known = new Map<string, ReadonlyMap<string, ViewEntry>>();
  const entriesOf = (folder: ViewFolder): ReadonlyMap<string, ViewEntry> => {
    const there = known.get(folder.prefix);
    if (there) return there;
    const entries = new Map(view.read(folder).map((entry) => [entry.path, entry]));
    known.set(folder.prefix, entries);
    return entries;
  };

  /** Where the view ends on the way to a path, and what stands there. */
  const descend = (path: string): { readonly path: string; readonly entry: ViewEntry | undefined } => {
    const segments = path.split('/');
    let folder = view.root;
    for (let depth = 1; depth <= segments.length; depth++) {
      const here = segments.slice(0, depth).join('/');
      const entry = entriesOf(folder).get(here);
      const isEntered = entry?.kind === 'folder' && filter.entersFolder(here);
      if (!isEntered || depth === segments.length)
        return { path: here, entry: entry?.kind === 'folder' && !isEntered ? undefined : entry };
      folder = entry.folder;
    }
    return { path, entry: undefined };
  };

  const scope = new Set<string>();
  const taken = new Map<string, ViewEntry>();
  try {
    if (entriesOf(view.root).size === 0) return null;
    for (const wanted of paths) {
      if (wanted === '') return null;
      const { path, entry } = descend(wanted);
      scope.add(uriOf(path));
      if (!entry) continue;
      if (entry.kind === 'file' ? entry.place !== `${reader.base}/${path}` : entry.folder.linkedFrom !== null)
        return null;
      taken.set(path, entry);
    }
    for (const [path, entry] of taken) {
      // A folder above is taken with all that it holds.
      if (hasAbove(taken, path)) continue;
      if (entry.kind === 'file') reader.takeFile(entry);
      else await reader.takeFolder(entry.folder);
    }
  } catch (error) {
    if (isRagError(error)) throw error;
    return missingRoot(unreadableRoot(spec, error));
  }
  const { items, skipped, folders } = reader.listing();
  const isAsked = (uri: string): boolean =>
    isInScope(uri, scope) || (uri.endsWith('/') && [...scope].some((wanted) => wanted.startsWith(uri)));
  return { items, skipped: skipped.filter(({ uri }) => isAsked(uri)), root: 'present', folders, scope };
}

function hasAbove(paths: ReadonlyMap<string, unknown>, path: string): boolean {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (paths.has(path.slice(0, end))) return true;
  }
  return false;
}
