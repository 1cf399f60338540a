import { createHash } from 'node:crypto';

/** sha256, hex. */
export const sha256Hex = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

/** The first 16 bytes of sha256: enough to tell contents apart, half the room. */
export const sha256Short = (data: Uint8Array | string): Uint8Array =>
  createHash('sha256').update(data).digest().subarray(0, 16);
