/** So long nothing more must happen before a change is looked at: editors write, rename and remove within this. */
const QUIET_MS = 150;
/** A file that is written all the time is looked at so often. */
const MAX_WAIT_MS = 1000;
/** Thousands of changes take their time, so the first of them are taken in while the others come. */
const FLOOD_WAIT_MS = 300;
/** Above this, listing the whole source costs less than looking up each path. */
const MAX_PATHS = 500;

/** What happened to a source since it was looked at. */
export type Burst = {
  touch(path: string): void;
  /** Something happened that no path tells of. */
  touchAll(): void;
  /** When it is time to look; null when nothing happened. */
  dueAt(): number | null;
  /** The paths, or null for all, and begins anew. */
  take(): { readonly paths: readonly string[] | null; readonly lastAt: number };
};

/** Gathers paths until they come no more. Pure but for the clock. */
export function createBurst(now: () => number): Burst {
  let paths = new Set<string>();
  let isAll = false;
  let isFlood = false;
  let firstAt = 0;
  let lastAt = 0;
  const isEmpty = (): boolean => !isAll && paths.size === 0;
  const mark = (): void => {
    lastAt = now();
    if (isEmpty()) firstAt = lastAt;
  };
  return {
    touch(path) {
      mark();
      if (isAll) return;
      paths.add(path);
      if (paths.size <= MAX_PATHS) return;
      isAll = true;
      isFlood = true;
      paths = new Set();
    },
    touchAll() {
      mark();
      isAll = true;
    },
    dueAt: () => (isEmpty() ? null : Math.min(lastAt + QUIET_MS, firstAt + (isFlood ? FLOOD_WAIT_MS : MAX_WAIT_MS))),
    take() {
      const taken = { paths: isAll ? null : [...paths], lastAt };
      paths = new Set();
      isAll = false;
      isFlood = false;
      return taken;
    },
  };
}
