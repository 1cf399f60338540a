import { closeSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { RagError } from '../../platform/errors.ts';

/**
 * Throws MODEL_FAILED, and takes the file away, when its name ends in .json and it is none, or in .onnx and it begins as a
 * page does: a proxy or a page to log in answers anything with status 200. Other files may hold anything.
 */
export function checkDownloaded(path: string, { file, endpoint }: { file: string; endpoint: string }): void {
  const isRight = file.endsWith('.json') ? isJson(path) : !file.endsWith('.onnx') || firstByte(path) !== PAGE_BEGINS;
  if (isRight) return;
  rmSync(path, { force: true });
  rmSync(`${path}.etag`, { force: true });
  throw new RagError('MODEL_FAILED', {
    message: `What ${endpoint} gave as ${file} is none.`,
    hint: 'A proxy or a page to log in may have answered; check the network and HF_ENDPOINT.',
  });
}

/** `<`; a model in ONNX form begins with the tag of its version, 8. */
const PAGE_BEGINS = 0x3c;

function isJson(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

function firstByte(path: string): number | undefined {
  const handle = openSync(path, 'r');
  try {
    const byte = Buffer.alloc(1);
    return readSync(handle, byte) === 1 ? byte[0] : undefined;
  } finally {
    closeSync(handle);
  }
}
