import { RagError } from '../platform/errors.ts';

/** What the index of vectors takes; the widest models have half of it. */
const MAX_DIMENSIONS = 8192;

export type VectorList = {
  /** What should be a list of vectors, as the server sent it: numbers, or base64 of 32-bit floats, little-endian. */
  readonly vectors: unknown;
  /** Texts that were sent. */
  readonly count: number;
  /** Length that is known or asked for; 0 when any will do. A longer one is cut to it where `mayShorten`. */
  readonly dimensions: number;
  readonly mayShorten?: boolean;
  /** `"cohere/embed-v4.0" at https://api.cohere.com`, for messages. */
  readonly sender: string;
};

/**
 * Vectors of length 1, in the order of the texts. Throws MODEL_FAILED unless there is one for each text, all of one length,
 * made of finite numbers that are not all zero; SPACE_MISMATCH for another length than is known.
 */
export function readVectors({ vectors, count, dimensions, mayShorten = false, sender }: VectorList): Float32Array[] {
  const fail = (what: string): RagError =>
    new RagError('MODEL_FAILED', {
      message: `${sender} gave no usable vectors: ${what}.`,
      hint: 'Check that the address is that of an embedding service, and the model one for embedding.',
    });
  if (!Array.isArray(vectors)) throw fail('the answer has no list of them');
  if (vectors.length !== count) throw fail(`${vectors.length} for ${count} texts`);
  let length = dimensions;
  return vectors.map((value: unknown, i) => {
    const numbers = typeof value === 'string' ? floatsOf(value) : value;
    if (!isNumbers(numbers) || numbers.length === 0) throw fail(`vector ${i + 1} of ${count} is no list of numbers`);
    const cut = mayShorten && dimensions > 0 && numbers.length > dimensions ? numbers.slice(0, dimensions) : numbers;
    if (cut.length > MAX_DIMENSIONS)
      throw fail(`${cut.length} dimensions are more than the ${MAX_DIMENSIONS} that are held`);
    if (length === 0) length = cut.length;
    if (cut.length !== length) {
      if (dimensions === 0) throw fail(`some have ${length} dimensions and some ${cut.length}`);
      throw new RagError('SPACE_MISMATCH', {
        message: `${sender} gave vectors of ${cut.length} dimensions, not ${dimensions}.`,
        hint: 'It is not the model that it was: make all vectors anew with `rag models use`, or put the former model back.',
      });
    }
    const vector = normalized(cut);
    if (!vector) throw fail(`vector ${i + 1} of ${count} is zero or holds what is no number`);
    return vector;
  });
}

/** Null for what cannot be brought to length 1. */
export function normalized(numbers: ArrayLike<number>): Float32Array | null {
  let squares = 0;
  for (let i = 0; i < numbers.length; i++) squares += (numbers[i] as number) ** 2;
  if (!Number.isFinite(squares) || squares === 0) return null;
  const length = Math.sqrt(squares);
  return Float32Array.from(numbers, (value) => value / length);
}

function isNumbers(value: unknown): value is Float32Array | number[] {
  return value instanceof Float32Array || (Array.isArray(value) && value.every((each) => typeof each === 'number'));
}

function floatsOf(base64: string): Float32Array | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
