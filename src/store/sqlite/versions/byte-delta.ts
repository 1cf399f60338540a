import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RagError } from '../../../platform/errors.ts';

/** Bytes that must agree for a copy: shorter ones cost as much as they save. */
const BLOCK = 16;
const MULTIPLIER = 0x01000193;
/** MULTIPLIER^(BLOCK - 1), modulo 2^32: what the byte that leaves the window was multiplied by. */
const LEAVING = Array.from({ length: BLOCK - 1 }).reduce<number>((power) => Math.imul(power, MULTIPLIER), 1);
/** So many blocks of the base are looked up at most; in a longer one they stand further apart. */
const MAX_INDEXED_BLOCKS = 1 << 22;

/** How the rest is written; the first byte of a delta. */
const PLAIN = 0;
const DEFLATED = 1;

type Operation = { readonly insert: number; readonly copy: number; readonly from: number };

/**
 * What is to be known to make `target` from `base`: runs to copy and bytes to insert, in time and memory linear in both, and
 * about as long as what differs. Moved runs are found as well; their order does not matter.
 */
export function encodeDelta(target: Uint8Array, base: Uint8Array): Uint8Array {
  const operations: Operation[] = [];
  const inserts: Uint8Array[] = [];
  let written = 0;
  const emit = (start: number, length: number, from: number): void => {
    operations.push({ insert: start - written, copy: length, from });
    inserts.push(target.subarray(written, start));
    written = start + length;
  };
  const shorter = Math.min(target.length, base.length);
  const prefix = commonPrefix(target, base, shorter);
  const suffix = commonSuffix(target, base, shorter - prefix);
  const end = target.length - suffix;
  if (prefix > 0) emit(0, prefix, 0);
  if (end - prefix >= BLOCK && base.length >= BLOCK) {
    const find = indexBlocks(base);
    let hash = hashAt(target, prefix);
    for (let at = prefix; at + BLOCK <= end; ) {
      const found = find(hash);
      if (found >= 0 && agree(target, at, base, found)) {
        let start = at;
        let from = found;
        while (start > written && from > 0 && target[start - 1] === base[from - 1]) {
          start--;
          from--;
        }
        let stop = at + BLOCK;
        let next = found + BLOCK;
        while (stop < end && next < base.length && target[stop] === base[next]) {
          stop++;
          next++;
        }
        emit(start, stop - start, from);
        at = stop;
        if (at + BLOCK <= end) hash = hashAt(target, at);
        continue;
      }
      if (at + BLOCK < end) hash = roll(hash, target[at] as number, target[at + BLOCK] as number);
      at++;
    }
  }
  emit(end, suffix, base.length - suffix);
  const body = Buffer.concat([writeOperations(operations), ...inserts]);
  const deflated = deflateRawSync(body, { level: 9 });
  const isSmaller = deflated.length < body.length;
  return Buffer.concat([Uint8Array.of(isSmaller ? DEFLATED : PLAIN), isSmaller ? deflated : body]);
}

/** What `encodeDelta` was given as `target`. `length`: of that. Throws DB_DAMAGED where the delta is not of this base. */
export function applyDelta(delta: Uint8Array, base: Uint8Array, length: number): Uint8Array {
  const body = delta[0] === DEFLATED ? inflate(delta.subarray(1), length) : delta.subarray(1);
  const numbers = numberReader(body);
  const count = numbers.next();
  const operations: Operation[] = [];
  for (let i = 0, last = 0; i < count; i++) {
    const insert = numbers.next();
    const copy = numbers.next();
    const step = numbers.next();
    last += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    operations.push({ insert, copy, from: last });
    last += copy;
  }
  const target = new Uint8Array(length);
  let at = 0;
  let read = numbers.position();
  for (const { insert, copy, from } of operations) {
    const fits =
      at + insert + copy <= length && read + insert <= body.length && from >= 0 && from + copy <= base.length;
    if (!fits) throw mismatch();
    target.set(body.subarray(read, read + insert), at);
    target.set(base.subarray(from, from + copy), at + insert);
    read += insert;
    at += insert + copy;
  }
  if (at !== length) throw mismatch();
  return target;
}

const mismatch = (): RagError =>
  new RagError('DB_DAMAGED', {
    message: 'A former version does not fit the one that it was kept against.',
    hint: '`rag doctor` checks the file; `rag history --prune` with a lower bound takes former versions away.',
  });

/** A delta is never much longer than what it makes, so more than that is damage. */
function inflate(bytes: Uint8Array, length: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: 2 * length + 1024 });
  } catch {
    throw mismatch();
  }
}

function commonPrefix(a: Uint8Array, b: Uint8Array, most: number): number {
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

function commonSuffix(a: Uint8Array, b: Uint8Array, most: number): number {
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}

function agree(a: Uint8Array, at: number, b: Uint8Array, from: number): boolean {
  for (let i = 0; i < BLOCK; i++) if (a[at + i] !== b[from + i]) return false;
  return true;
}

function hashAt(bytes: Uint8Array, start: number): number {
  let hash = 0;
  for (let i = 0; i < BLOCK; i++) hash = (Math.imul(hash, MULTIPLIER) + (bytes[start + i] as number) + 1) | 0;
  return hash;
}

const roll = (hash: number, out: number, into: number): number =>
  (Math.imul((hash - Math.imul(out + 1, LEAVING)) | 0, MULTIPLIER) + into + 1) | 0;

/** Where a block with this hash may stand in the base; -1 for nowhere. Of several the first. */
function indexBlocks(base: Uint8Array): (hash: number) => number {
  const step = BLOCK * Math.max(1, Math.ceil(base.length / BLOCK / MAX_INDEXED_BLOCKS));
  const bits = Math.max(4, Math.ceil(Math.log2(base.length / step + 1)) + 1);
  const places = new Int32Array(1 << bits);
  const slotOf = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - bits);
  for (let start = 0; start + BLOCK <= base.length; start += step) {
    const slot = slotOf(hashAt(base, start));
    if (places[slot] === 0) places[slot] = start + 1;
  }
  return (hash) => (places[slotOf(hash)] as number) - 1;
}

function writeOperations(operations: readonly Operation[]): Uint8Array {
  const bytes: number[] = [];
  const push = (number: number): void => {
    let rest = number;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    bytes.push(rest);
  };
  push(operations.length);
  let last = 0;
  for (const { insert, copy, from } of operations) {
    push(insert);
    push(copy);
    const step = from - last;
    push(step >= 0 ? step * 2 : -step * 2 - 1);
    last = from + copy;
  }
  return Uint8Array.from(bytes);
}

function numberReader(bytes: Uint8Array): { next(): number; position(): number } {
  let at = 0;
  return {
    next() {
      let number = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = bytes[at++];
        if (byte === undefined || factor > 2 ** 49) throw mismatch();
        number += (byte & 127) * factor;
        if (byte < 128) return number;
      }
    },
    position: () => at,
  };
}
