import type { Embedder } from '../embed/types.ts';
import { throwIfAborted } from '../platform/errors.ts';

/**
 * An embedder without a model: each word adds one signed dimension chosen by its hash, so texts that share words are
 * near each other. Deterministic. Texts without a letter or digit have no vector.
 */
export function hashEmbedder(dimensions = 64): Embedder {
  const embed = (text: string): Float32Array | null => {
    const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu);
    if (!words) return null;
    const vector = new Float32Array(dimensions);
    for (const word of words) {
      const hash = fnv1a(word);
      vector[(hash >>> 1) % dimensions]! += hash & 1 ? 1 : -1;
    }
    const length = Math.hypot(...vector);
    // Words of opposite sign may cancel; then nothing is left to compare.
    return length === 0 ? null : vector.map((value) => value / length);
  };
  return {
    space: { provider: 'testing', model: 'hash', dimensions },
    async embedPassages(texts, signal, onEmbedded) {
      throwIfAborted(signal);
      onEmbedded?.(texts.length);
      return texts.map(embed);
    },
    async embedQuery(text, signal) {
      throwIfAborted(signal);
      return embed(text);
    },
  };
}

/** 32-bit FNV-1a over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
