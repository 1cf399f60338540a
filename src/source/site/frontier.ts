/** Addresses that wait, at most; a site with more is crawled by its parts. */
const MAX_WAITING = 50_000;

/** An address to ask for. `hops`: redirects that led to it. */
export type FrontierEntry = { readonly url: string; readonly depth: number; readonly hops: number };

export type Frontier = {
  readonly waiting: () => number;
  /** False when there is no room for it. */
  push(entry: FrontierEntry): boolean;
  /** Before all others. */
  pushFirst(entry: FrontierEntry): void;
  shift(): FrontierEntry | undefined;
};

/** First in, first out: pages come in the order of their distance from the start page. */
export function createFrontier(): Frontier {
  let entries: FrontierEntry[] = [];
  let first = 0;
  const waiting = () => entries.length - first;
  return {
    waiting,
    push(entry) {
      if (waiting() >= MAX_WAITING) return false;
      entries.push(entry);
      return true;
    },
    pushFirst(entry) {
      if (first > 0) entries[--first] = entry;
      else entries.unshift(entry);
    },
    shift() {
      const entry = entries[first];
      if (entry !== undefined && ++first > 10_000) {
        entries = entries.slice(first);
        first = 0;
      }
      return entry;
    },
  };
}
