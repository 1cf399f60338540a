import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BytesContent } from '../../../source/types.ts';

/** HTML packs to a fifth: enough for thousands of pages. What does not fit is asked for again where it is needed. */
const MAX_PACKED_BYTES = 64_000_000;

/** Contents of pages that may have to be read again when the whole site is known. */
export type PageSpool = {
  put(uri: string, content: BytesContent): void;
  /** Null when it is not there. */
  get(uri: string): BytesContent | null;
};

export function createPageSpool(): PageSpool {
  const packed = new Map<string, BytesContent>();
  let bytes = 0;
  return {
    put(uri, content) {
      const small = deflateRawSync(content.bytes, { level: 1 });
      if (bytes + small.byteLength > MAX_PACKED_BYTES) return;
      bytes += small.byteLength;
      packed.set(uri, { ...content, bytes: small });
    },
    get(uri) {
      const content = packed.get(uri);
      return content ? { ...content, bytes: inflateRawSync(content.bytes) } : null;
    },
  };
}
