import { dirname } from 'node:path';
import { isRagError, RagError } from '../../platform/errors.ts';
import type { FolderWatcher, StartFolderWatcher } from '../../source/watch/folder-watcher.ts';
import type { IngestContext } from '../ingest/ingest-context.ts';
import type { ChooseSources } from './choose-sources.ts';
import { explainWatchError } from './explain-watch-error.ts';
import { type FollowedSource, followSource, identityOf, lookBy, touch, watchedSource } from './followed-source.ts';
import { type Looked, look } from './look.ts';
import { ownFiles } from './own-files.ts';
import { createTidyUp } from './tidy-up.ts';
import type { LookReason, WatchEvent, WatchOptions } from './types.ts';

/** Roots that vanish or come back, and sources that are added elsewhere, are noticed within this. */
const TICK_MS = 1000;
/** After many changes events may have been lost, and new folders were not watched from their first moment. */
const LOOK_AGAIN_MS = 700;
const MANY_CHANGES = 200;
const DEFAULT_POLL_MS = 1000;
/** A source is listed at most for this part of the time. */
const POLL_SHARE = 10;
const DEFAULT_RECONCILE_MS = 600_000;
const BUSY_RETRY_MS = 500;

/** What tests put in the place of the system. */
export type WatchDrivers = {
  readonly startFolderWatcher: StartFolderWatcher;
  /** Resolves after so long, or at once when the signal fires. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Looks at sources when something happened there, one after another, and at all of them from time to time. */
export function createWatch(
  context: IngestContext,
  options: WatchOptions,
  drivers: WatchDrivers,
  choose: ChooseSources,
): { run(): AsyncIterable<WatchEvent>; problems(): number; close(): Promise<void> } {
  const { store, runtime } = context;
  const { signal, once = false, pollMs, reconcileMs = DEFAULT_RECONCILE_MS } = options;
  const now = (): number => runtime.clock.now();
  const isOver = (): boolean => signal?.aborted ?? false;
  const followed = new Map<number, FollowedSource>();
  const isOwnFile = ownFiles(store.path);
  let wake = new AbortController();
  let generation = store.generation();
  const tidyUp = createTidyUp(context);
  let fileWatcher: FolderWatcher | null = null;

  const wakeUp = (): void => wake.abort();
  signal?.addEventListener('abort', wakeUp, { once: true });

  /** What comes to a burst that is waited for moves its end only. */
  const touched = (each: FollowedSource, path: string): void => {
    const isFirst = each.burst.dueAt() === null;
    touch(each, path);
    if (isFirst) wakeUp();
  };

  const fallBack = function* (each: FollowedSource, error: NodeJS.ErrnoException): Generator<WatchEvent> {
    if (each.isPolling) return;
    each.isPolling = true;
    void each.watcher?.close();
    each.watcher = null;
    lookBy(each, now(), 'poll');
    yield { type: 'polling', uri: each.source.uri, ...explainWatchError(error) };
  };

  /** What watchers said went wrong, to be told in turn. */
  const errors: { readonly followed: FollowedSource; readonly error: NodeJS.ErrnoException }[] = [];

  const startWatcher = (each: FollowedSource): Promise<FolderWatcher> =>
    drivers.startFolderWatcher({
      onTouched(path) {
        if (!isOwnFile(path)) touched(each, path);
      },
      onError(error) {
        errors.push({ followed: each, error });
        wakeUp();
      },
    });

  /** One for all sources that are a file: of each, its folder is watched. */
  const startFileWatcher = (): Promise<FolderWatcher> => {
    const ofFiles = (): FollowedSource[] => [...followed.values()].filter(({ source }) => source.kind === 'file');
    return drivers.startFolderWatcher({
      onTouched(path) {
        for (const each of ofFiles()) if (path === each.root || path === dirname(each.root)) touched(each, path);
      },
      onError(error) {
        errors.push(...ofFiles().map((each) => ({ followed: each, error })));
        wakeUp();
      },
    });
  };

  /** Watches what a listing showed. True when something new is watched, of which nothing was heard before. */
  const cover = async (each: FollowedSource, { listing }: Looked, isWhole: boolean): Promise<boolean> => {
    if (once || each.isPolling || !listing || listing.root === 'missing') return false;
    if (each.source.kind === 'file') {
      fileWatcher ??= await startFileWatcher();
      return (await fileWatcher.cover([dirname(each.root)])).added > 0;
    }
    each.watcher ??= await startWatcher(each);
    const folders = listing.folders ?? [];
    if (isWhole) {
      each.linked = new Set(listing.linkedFolders);
      each.watcher.keepOnly(folders);
    }
    return (await each.watcher.cover(folders)).added > 0;
  };

  const lookAt = async function* (each: FollowedSource, reason: LookReason): AsyncIterable<WatchEvent> {
    const isTouched = each.burst.dueAt() !== null;
    const { paths, lastAt } = each.burst.take();
    const isPart = reason === 'changes' && paths !== null;
    if (!isPart) each.next = null;
    const startedAt = now();
    const changedAt = isTouched ? lastAt : null;
    let looked: Looked;
    try {
      looked = yield* look(context, each, { reason, paths: isPart ? paths : null, changedAt }, signal);
    } catch (error) {
      if (isOver() || !choose().some(({ row }) => row === each.source.row)) return;
      if (!isRagError(error) || error.code !== 'DB_BUSY') throw error;
      lookBy(each, now() + BUSY_RETRY_MS, reason === 'start' ? 'start' : 'again');
      yield { type: 'busy', uri: each.source.uri, message: error.message };
      return;
    }
    if (isOver()) return;
    tidyUp.changed(looked.changes);
    const isNew = await cover(each, looked, looked.listing?.scope === undefined);
    const tookMs = now() - startedAt;
    if (each.isPolling) lookBy(each, now() + Math.max(pollMs ?? DEFAULT_POLL_MS, tookMs * POLL_SHARE), 'poll');
    else if (isNew) lookBy(each, now(), 'again');
    else if (looked.changes >= MANY_CHANGES) lookBy(each, now() + LOOK_AGAIN_MS, 'again');
    else if (reconcileMs > 0) lookBy(each, now() + reconcileMs, 'interval');
    if (looked.listing === null) lookBy(each, now() + TICK_MS * POLL_SHARE, 'again');
    else if (looked.listing.root === 'missing') lookBy(each, now() + TICK_MS, 'back');
  };

  /** Follows what is remembered now. True when that is not what was followed. */
  const follow = async (): Promise<boolean> => {
    const sources = new Map(choose().map((source) => [source.row, source]));
    let isOther = false;
    for (const [row, each] of followed) {
      const source = sources.get(row);
      if (source && sameSource(source, each.source)) continue;
      isOther = true;
      followed.delete(row);
      await each.watcher?.close();
    }
    for (const [row, source] of sources) {
      if (followed.has(row)) continue;
      isOther = true;
      const each = followSource(source, now);
      each.isPolling = pollMs !== undefined;
      followed.set(row, each);
      lookBy(each, now(), 'start');
    }
    return isOther;
  };

  /** Notices what no event tells of. */
  const tick = async (): Promise<boolean> => {
    for (const each of followed.values()) {
      if (each.isPolling) continue;
      const identity = identityOf(each.root);
      if (identity === each.identity) continue;
      const isBack = each.identity === null;
      each.identity = identity;
      // A file that is replaced is told of by its folder.
      if (each.source.kind === 'folder' || identity === null || isBack) lookBy(each, now(), isBack ? 'back' : 'again');
    }
    if (store.generation() === generation) return false;
    generation = store.generation();
    return follow();
  };

  const dueOf = (each: FollowedSource): { readonly at: number; readonly reason: LookReason } | null => {
    const burstAt = each.burst.dueAt();
    if (burstAt !== null && (!each.next || burstAt < each.next.at)) return { at: burstAt, reason: 'changes' };
    return each.next;
  };

  return {
    problems: (): number => [...followed.values()].filter(({ problem }) => problem !== null).length,

    async *run(): AsyncIterable<WatchEvent> {
      await follow();
      if (followed.size === 0) throw nothingToWatch(store.path);
      let isStarted = false;
      let nextTick = now() + TICK_MS;
      while (!isOver()) {
        wake = new AbortController();
        for (const { followed: each, error } of errors.splice(0)) yield* fallBack(each, error);
        const due = [...followed.values()].filter((each) => (dueOf(each)?.at ?? Infinity) <= now());
        for (const each of due) {
          if (isOver()) return;
          const reason = dueOf(each)?.reason;
          if (reason === undefined) continue;
          const wasMissing = each.problem !== null;
          yield* lookAt(each, reason);
          if (wasMissing && each.problem === null) yield { type: 'source-back', uri: each.source.uri };
        }
        if (isOver()) return;
        if (now() >= nextTick) {
          nextTick = now() + TICK_MS;
          if ((await tick()) && isStarted) yield sourcesEvent('sources', followed);
        }
        const isWaited = [...followed.values()].some((each) => each.next?.reason === 'start');
        if (!isStarted && !isWaited && errors.length === 0) {
          if (once) {
            await tidyUp.run(wake.signal);
            return;
          }
          isStarted = true;
          yield sourcesEvent('watch-start', followed);
        }
        const dues = [...followed.values()].map((each) => dueOf(each)?.at ?? Infinity);
        const waitMs = Math.min(nextTick, ...dues) - now();
        if (waitMs <= 0 || errors.length > 0) continue;
        await tidyUp.run(wake.signal);
        if (!wake.signal.aborted) await drivers.wait(Math.min(nextTick, ...dues) - now(), wake.signal);
      }
    },

    async close(): Promise<void> {
      signal?.removeEventListener('abort', wakeUp);
      await Promise.all([fileWatcher?.close(), ...[...followed.values()].map(({ watcher }) => watcher?.close())]);
    },
  };
}

const sourcesEvent = (
  type: 'watch-start' | 'sources',
  followed: ReadonlyMap<number, FollowedSource>,
): Extract<WatchEvent, { type: 'watch-start' | 'sources' }> => ({
  type,
  sources: [...followed.values()].map(watchedSource),
});

const sameSource = (a: FollowedSource['source'], b: FollowedSource['source']): boolean =>
  a.uri === b.uri && JSON.stringify(a.options) === JSON.stringify(b.options);

const nothingToWatch = (path: string): RagError =>
  new RagError('NOT_FOUND', {
    message: `${path} remembers no folder and no file.`,
    hint: 'Name one: `rag watch ~/notes`.',
  });
