import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FSWatcher } from 'chokidar';

/** Tells of whatever happens in some folders; not of what happens in folders below that are not among them. */
export type FolderWatcher = {
  /**
   * Watches these as well; resolves once their events come. A folder that stands in the place of another is watched
   * anew. What happened in a new folder before is not told: list it again.
   */
  cover(folders: readonly string[]): Promise<{ readonly added: number }>;
  /** Watches no others than these. */
  keepOnly(folders: readonly string[]): void;
  close(): Promise<void>;
};

export type FolderWatcherOptions = {
  /** Absolute path of what was touched: an entry of a watched folder, or such a folder itself where that is not told. */
  readonly onTouched: (path: string) => void;
  /** The system watches no more, ENOSPC or EMFILE for example: from now on events may be lost. */
  readonly onError: (error: NodeJS.ErrnoException) => void;
};

export type StartFolderWatcher = (options: FolderWatcherOptions) => Promise<FolderWatcher>;

type Watched = { readonly inode: bigint; readonly watcher: FSWatcher };

/**
 * One inotify watch for each folder and none for files: the events of chokidar on files need a watch each, and bring
 * nothing that listing the folder does not tell.
 */
export const startFolderWatcher: StartFolderWatcher = async ({ onTouched, onError }) => {
  const { watch } = await import('chokidar');
  const watched = new Map<string, Watched>();
  const watchers = new Set<FSWatcher>();
  let isClosed = false;

  const forget = (folder: string): void => {
    watched.get(folder)?.watcher.unwatch(folder);
    watched.delete(folder);
  };
  const forgetTree = (top: string): void => {
    for (const folder of watched.keys()) if (folder === top || folder.startsWith(`${top}/`)) forget(folder);
  };

  const hear = (event: string, folder: string, name: string | null): void => {
    if (name === null) {
      onTouched(folder);
      return;
    }
    const path = join(folder, name);
    if (event === 'rename') {
      // A folder that went, or came again, has to be watched anew, though it may be the same; so it tells of itself.
      if (name === basename(folder)) {
        forgetTree(folder);
        onTouched(folder);
      }
      if (watched.has(path)) forgetTree(path);
    }
    onTouched(path);
  };

  const start = async (folders: ReadonlyMap<string, bigint>): Promise<void> => {
    const watcher = watch([...folders.keys()], {
      ignoreInitial: true,
      followSymlinks: false,
      atomic: false,
      depth: 0,
      ignored: (path) => !folders.has(path),
    });
    watchers.add(watcher);
    for (const [folder, inode] of folders) watched.set(folder, { inode, watcher });
    watcher.on('raw', (event, name, details) => {
      const folder = (details as { readonly watchedPath?: string }).watchedPath;
      if (folder !== undefined && watched.get(folder)?.watcher === watcher) hear(event, folder, name || null);
    });
    await new Promise<void>((resolve) => {
      watcher.on('error', (error) => {
        const code = (error as NodeJS.ErrnoException).code;
        // A folder that went away between listing and watching is told of by the one above it.
        if (code !== 'ENOENT' && code !== 'ENOTDIR') onError(error as NodeJS.ErrnoException);
        resolve();
      });
      watcher.on('ready', resolve);
    });
  };

  return {
    async cover(folders) {
      const wanted = new Map<string, bigint>();
      for (const folder of folders) {
        const inode = inodeOf(folder);
        if (inode === null || watched.get(folder)?.inode === inode) continue;
        forget(folder);
        wanted.set(folder, inode);
      }
      if (wanted.size > 0 && !isClosed) await start(wanted);
      return { added: wanted.size };
    },
    keepOnly(folders) {
      const kept = new Set(folders);
      for (const folder of watched.keys()) if (!kept.has(folder)) forget(folder);
      const used = new Set([...watched.values()].map(({ watcher }) => watcher));
      for (const watcher of watchers) {
        if (used.has(watcher)) continue;
        watchers.delete(watcher);
        void watcher.close();
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...watchers].map((watcher) => watcher.close()));
    },
  };
};

/** Null when no folder is there. */
function inodeOf(folder: string): bigint | null {
  try {
    const stat = statSync(folder, { bigint: true });
    return stat.isDirectory() ? stat.ino : null;
  } catch {
    // Gone since it was listed.
    return null;
  }
}
