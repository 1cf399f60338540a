import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IGNORE_FILE_NAMES } from '../../source/ignore-rules.ts';
import { isFolderMarker } from '../../source/left-out-folders.ts';
import type { FolderWatcher } from '../../source/watch/folder-watcher.ts';
import type { StoredSource } from '../../store/types.ts';
import { type Burst, createBurst } from './burst.ts';
import type { LookReason, WatchedSource } from './types.ts';

/** A source that is watched, and what is still to be done for it. */
export type FollowedSource = {
  readonly source: StoredSource;
  /** Absolute, without a "/" at the end. */
  readonly root: string;
  readonly burst: Burst;
  /** Null for a file, which its folder tells of, and where the source is looked at from time to time. */
  watcher: FolderWatcher | null;
  isPolling: boolean;
  /** Folders that links lead to. */
  linked: ReadonlySet<string>;
  /** When to look at all of it, whatever happens, and why. */
  next: { readonly at: number; readonly reason: LookReason } | null;
  /** What stands at the root, to notice that it went, came back or was replaced; null when nothing does. */
  identity: string | null;
  /** What went wrong the last time, as it was told; null when all is well. */
  problem: string | null;
};

export function followSource(source: StoredSource, now: () => number): FollowedSource {
  const root = fileURLToPath(source.uri).replace(/(?<=.)\/+$/, '');
  return {
    source,
    root,
    burst: createBurst(now),
    watcher: null,
    isPolling: false,
    linked: new Set(),
    next: null,
    identity: identityOf(root),
    problem: null,
  };
}

/** Notes that something happened at an absolute path; paths that other rules hang on, or links lead to, are for all. */
export function touch({ source, root, burst, linked }: FollowedSource, path: string): void {
  if (source.kind === 'file') {
    if (path === root || path === dirname(root)) burst.touchAll();
    return;
  }
  const above = root === '/' ? '/' : `${root}/`;
  const name = basename(path);
  const isOfMore = IGNORE_FILE_NAMES.includes(name) || isFolderMarker(name) || linked.has(dirname(path));
  if (!path.startsWith(above) || isOfMore) burst.touchAll();
  else burst.touch(path.slice(above.length));
}

/** Looks at all of it at the latest then; an earlier time that is set stays. */
export function lookBy(followed: FollowedSource, at: number, reason: LookReason): void {
  if (!followed.next || followed.next.at > at) followed.next = { at, reason };
}

/** Device, file number and kind of what stands at a path. */
export function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    // Gone or out of reach: either way there is nothing to look at.
    return null;
  }
}

export const watchedSource = ({ source, isPolling }: FollowedSource): WatchedSource => ({
  uri: source.uri,
  kind: source.kind,
  collection: source.collection,
  method: isPolling ? 'poll' : 'events',
});
