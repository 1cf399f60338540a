import {
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { RagError, throwIfAborted } from '../../platform/errors.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { isRunning } from '../../platform/is-running.ts';
import { programVersion } from '../../platform/version.ts';
import type { Store } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { restoreState } from './restore-state.ts';
import type { NamedMoment, PastOptions } from './types.ts';

const FILE = 'rag.db';
/** Only the owner may look into what documents said. */
const OWNER_ONLY = 0o700;
/** A copy may grow while versions are put back. */
const ROOM_FACTOR = 2.2;

export type PastCopies = {
  /** The file of the copy; made when it is not there yet. */
  path(moment: NamedMoment, options: PastOptions): Promise<string>;
};

export type PastPorts = {
  readonly context: AppContext;
  /** Opens a copy to write to it. */
  readonly openStore: (path: string) => Store;
};

/**
 * Former states of a base as databases of their own, in a folder for copies. A copy is named for what it holds, so that it is
 * right as long as it is there, whatever is written to the base; it appears whole or not at all, and the copies that were not
 * used for longest go. Throws SOURCE_FAILED where there is no room.
 */
export function createPastCopies({ context, openStore }: PastPorts): PastCopies {
  const { store, settings, runtime } = context;

  const nameOf = ({ moment }: NamedMoment): string => {
    const documents = store.documentsAt(moment).map(({ row, version, path }) => [row, version, path]);
    const rest = [programVersion(), store.schemaVersion, store.space(), store.tuning(), store.mergeDecisions().length];
    return sha256Hex(JSON.stringify([documents, rest, store.collections().map(({ name }) => name)])).slice(0, 32);
  };

  const build = async (target: string, { moment }: NamedMoment, options: PastOptions): Promise<void> => {
    const folder = `${target}.${process.pid}.part`;
    checkRoom(store.path, options.folder);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
    try {
      const file = join(folder, FILE);
      options.onProgress?.('copying the database');
      await store.copyTo(file, { signal: options.signal });
      throwIfAborted(options.signal);
      options.onProgress?.('putting former versions back');
      const copy = openStore(file);
      try {
        await restoreState(
          { ...context, store: copy, runtime },
          {
            change: () => copy.stateAt(moment),
            pin: null,
            also: (writer) => writer.keepDocumentsOnly(),
            signal: options.signal,
          },
        );
        copy.checkpoint();
      } finally {
        copy.close();
      }
      rename(folder, target);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  return {
    async path(moment, options) {
      const base = folderOf(options.folder, store.path);
      mkdirSync(base, { recursive: true, mode: OWNER_ONLY });
      const target = join(base, nameOf(moment));
      const file = join(target, FILE);
      if (!existsSync(file)) await build(target, moment, { ...options, folder: base });
      const now = runtime.clock.now() / 1000;
      utimesSync(target, now, now);
      evict(base, { keep: settings.history.pastCopies, used: target });
      return file;
    },
  };
}

/** All copies of one base stand together. */
const folderOf = (folder: string, path: string): string => join(folder, sha256Hex(realpathSync(path)).slice(0, 16));

/** When a document is to be forgotten, the copies that may hold it go as well. */
export function removePastCopies(folder: string, path: string): void {
  rmSync(folderOf(folder, path), { recursive: true, force: true });
}

/** Another process may have made the same copy meanwhile; its is as good. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
  }
}

/** Takes away what was not used for longest, and what a killed process left. */
function evict(base: string, { keep, used }: { keep: number; used: string }): void {
  const there = readdirSync(base).map((name) => ({ path: join(base, name), part: /\.(\d+)\.part$/.exec(name) }));
  for (const { path, part } of there)
    if (part && Number(part[1]) !== process.pid && !isRunning(Number(part[1])))
      rmSync(path, { recursive: true, force: true });
  const copies = there
    .filter(({ part, path }) => !part && path !== used)
    .flatMap(({ path }) => {
      const facts = statSync(path, { throwIfNoEntry: false });
      return facts ? [{ path, usedAt: facts.mtimeMs }] : [];
    })
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { path } of copies.slice(keep - 1)) rmSync(path, { recursive: true, force: true });
}

function checkRoom(database: string, folder: string): void {
  const wanted = statSync(database).size * ROOM_FACTOR;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= wanted) return;
  throw new RagError('SOURCE_FAILED', {
    message: `A copy of the database as it was takes up to ${Math.ceil(wanted / 1e6)} MB; ${folder} has room for ${Math.floor((bavail * bsize) / 1e6)} MB.`,
    hint: 'Point XDG_CACHE_HOME at a folder with more room.',
  });
}
