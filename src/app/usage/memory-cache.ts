/** Texts by key, bounded in bytes: the ones that were not used for longest go. */
export type MemoryCache = {
  /** Null when there is none under this key. */
  get(key: string): string | null;
  put(key: string, value: string): void;
  clear(): void;
  figures(): { readonly entries: number; readonly bytes: number };
};

export function createMemoryCache(maxBytes: number): MemoryCache {
  // A Map keeps the order in which keys came, so its first is the one that was not used for longest.
  const entries = new Map<string, string>();
  let bytes = 0;
  const drop = (key: string): void => {
    const value = entries.get(key);
    if (value === undefined) return;
    bytes -= sizeOf(key, value);
    entries.delete(key);
  };
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return null;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    put(key, value) {
      drop(key);
      if (sizeOf(key, value) > maxBytes) return;
      entries.set(key, value);
      bytes += sizeOf(key, value);
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
    clear() {
      entries.clear();
      bytes = 0;
    },
    figures: () => ({ entries: entries.size, bytes }),
  };
}

/** UTF-16 takes two bytes for most of a text; one where it is all Latin, so this is the most. */
const sizeOf = (key: string, value: string): number => 2 * (key.length + value.length);
