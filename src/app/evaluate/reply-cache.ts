import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../platform/hash.ts';
import { makeFolder } from '../../platform/make-folder.ts';

/** Replies that are kept; each has a kilobyte or so. The ones that were not used for longest go first. */
const MAX_REPLIES = 5000;

export type ReplyCache = {
  /** Undefined where nothing is kept, or nothing that can be read. */
  get(key: readonly string[]): unknown;
  put(key: readonly string[], value: unknown): void;
};

/** What models replied, one JSON file for each, so that the same question costs nothing the next time. */
export function createReplyCache(folder: string): ReplyCache {
  const pathOf = (key: readonly string[]): string =>
    join(folder, `${sha256Hex(JSON.stringify(key)).slice(0, 32)}.json`);
  return {
    get(key) {
      const path = pathOf(key);
      try {
        const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
        utimesSync(path, new Date(), new Date());
        return value;
      } catch {
        // Not there, or cut off by a crash: it is asked for again.
        return undefined;
      }
    },
    put(key, value) {
      makeFolder(folder);
      writeFileSync(pathOf(key), JSON.stringify(value));
      prune(folder);
    },
  };
}

function prune(folder: string): void {
  const names = readdirSync(folder).filter((name) => /^[0-9a-f]{32}\.json$/.test(name));
  if (names.length <= MAX_REPLIES) return;
  names
    .map((name) => ({
      path: join(folder, name),
      usedMs: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs,
    }))
    .sort((a, b) => (a.usedMs ?? 0) - (b.usedMs ?? 0))
    .slice(0, names.length - MAX_REPLIES)
    .forEach(({ path }) => void rmSync(path, { force: true }));
}
