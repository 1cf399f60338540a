import type { Embedder } from '../../embed/types.ts';
import { throwIfAborted } from '../../platform/errors.ts';
import { sha256Short } from '../../platform/hash.ts';
import type { Store } from '../../store/types.ts';

/**
 * The embedder, which asks its model for the vector of a question once: the next time, in another process too, it comes
 * from the database. Neither reading nor keeping it can make a search fail or wait.
 */
export function rememberQueryVectors(
  embedder: Embedder,
  store: Pick<Store, 'keptQueryVector' | 'tryRecord'>,
): Embedder {
  return {
    get space() {
      return embedder.space;
    },
    get cutTexts() {
      return embedder.cutTexts;
    },
    ...(embedder.prepare && { prepare: embedder.prepare }),
    embedPassages: embedder.embedPassages,
    close: () => embedder.close?.(),
    async embedQuery(text, signal) {
      throwIfAborted(signal);
      const { provider, model, dimensions } = embedder.space;
      const key = sha256Short(JSON.stringify([provider, model, text]));
      const kept = dimensions > 0 ? vectorOf(store.keptQueryVector(key), dimensions) : null;
      if (kept) {
        store.tryRecord((recorder) => {
          recorder.touchQueryVector(key);
          recorder.countCache('queries', { hits: 1, misses: 0 });
        });
        return kept;
      }
      const vector = await embedder.embedQuery(text, signal);
      if (vector) {
        store.tryRecord((recorder) => {
          recorder.keepQueryVector(key, new Uint8Array(vector.slice().buffer));
          recorder.countCache('queries', { hits: 0, misses: 1 });
        });
      }
      return vector;
    },
  };
}

/** Null for one of another length, and for what is damaged. */
function vectorOf(bytes: Uint8Array | null, dimensions: number): Float32Array | null {
  if (bytes?.byteLength !== dimensions * Float32Array.BYTES_PER_ELEMENT) return null;
  const vector = new Float32Array(bytes.slice().buffer);
  return Math.abs(Math.hypot(...vector) - 1) < 1e-3 ? vector : null;
}
