import { gunzipSync } from 'node:zlib';
import { messageOf, RagError } from '../platform/errors.ts';
import { inflateLz4 } from './lz4.ts';
import type { ParseInput } from './types.ts';

/**
 * The one file inside gzip or lz4 data (a log, a manual page), under the name without its last extension. Throws
 * PARSE_TOO_LARGE past `limits.maxInflatedBytes` and PARSE_FAILED for damaged data.
 */
export function unpackSingleFile(input: ParseInput, type: 'gzip' | 'lz4'): ParseInput {
  const { bytes, limits, name } = input;
  const inner =
    type === 'gzip' ? inflateGzip(bytes, limits.maxInflatedBytes) : inflateLz4(bytes, limits.maxInflatedBytes);
  return { bytes: inner, limits, name: name.replace(/\.(?:t?gz|lz4)$/i, '') };
}

function inflateGzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new RagError('PARSE_TOO_LARGE', { message: `Unpacks to more than ${maxBytes} bytes.`, cause: error });
    }
    throw new RagError('PARSE_FAILED', { message: `Damaged gzip data: ${messageOf(error)}.`, cause: error });
  }
}
