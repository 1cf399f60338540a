import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { messageOf, RagError } from '../platform/errors.ts';
import type { Judgements } from './metrics.ts';

export type EvaluationDocument = { readonly id: string; readonly title: string; readonly text: string };
export type EvaluationQuery = {
  readonly id: string;
  readonly text: string;
  /** From a field `kind`; null where there is none. */
  readonly kind: string | null;
  readonly judgements: Judgements;
};

export type EvaluationSet = {
  readonly documents: readonly EvaluationDocument[];
  /** Only those that have a relevant document. */
  readonly queries: readonly EvaluationQuery[];
};

/** As one string, which a line-by-line reading needs; Node's strings end a little above. */
const MAX_FILE_BYTES = 400 * 1024 * 1024;

/** The split whose judgements are read: the first that is there. */
const SPLITS = ['test', 'dev', 'train'] as const;

/**
 * Reads a collection in BEIR layout: corpus.jsonl[.gz] {_id, title, text}, queries.jsonl[.gz] {_id, text, kind?},
 * qrels/test.tsv, dev.tsv or train.tsv (query, document, grade). Throws NOT_FOUND when a part is missing, USAGE for a
 * line that is none or a file that is too large.
 */
export function readBeir(folder: string): EvaluationSet {
  const documents = readRecords(folder, 'corpus.jsonl').map(({ _id, title, text }) => ({
    id: String(_id),
    title: typeof title === 'string' ? title : '',
    text: typeof text === 'string' ? text : '',
  }));
  const judgements = new Map<string, Map<string, number>>();
  for (const line of readLines(folder, `qrels/${splitOf(folder) ?? 'test'}.tsv`)) {
    const [query, document, grade] = line.trimEnd().split('\t') as [string, string?, string?];
    if (document === undefined || Number.isNaN(Number(grade))) continue;
    const grades = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, grades.set(document, Number(grade)));
  }
  const queries = readRecords(folder, 'queries.jsonl').flatMap(({ _id, text, kind }) => {
    const grades = judgements.get(String(_id));
    return grades && typeof text === 'string' && text.trim() && [...grades.values()].some((grade) => grade > 0)
      ? [{ id: String(_id), text, kind: typeof kind === 'string' ? kind : null, judgements: grades }]
      : [];
  });
  return { documents, queries };
}

export const isBeir = (folder: string): boolean =>
  splitOf(folder) !== undefined &&
  (existsSync(join(folder, 'queries.jsonl')) || existsSync(join(folder, 'queries.jsonl.gz')));

const splitOf = (folder: string): string | undefined =>
  SPLITS.find((split) => existsSync(join(folder, 'qrels', `${split}.tsv`)));

function readRecords(folder: string, name: string): Record<string, unknown>[] {
  return readLines(folder, name).map((line, i) => {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === 'object' && value !== null && '_id' in value) return value as Record<string, unknown>;
    } catch (error) {
      throw malformed(folder, name, i, `is no JSON: ${messageOf(error)}`);
    }
    throw malformed(folder, name, i, 'is no object with an _id');
  });
}

const malformed = (folder: string, name: string, index: number, what: string): RagError =>
  new RagError('USAGE', {
    message: `Line ${index + 1} of ${join(folder, name)} ${what}.`,
    hint: 'Each line must be like {"_id": "1", "text": "…"}.',
  });

function readLines(folder: string, name: string): string[] {
  for (const [path, decode] of [
    [join(folder, name), (bytes: Buffer) => bytes],
    [join(folder, `${name}.gz`), (bytes: Buffer) => gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES })],
  ] as const) {
    if (existsSync(path)) return linesOf(path, decode);
  }
  throw new RagError('NOT_FOUND', { message: `${folder} has no ${name}.`, hint: 'Name a folder in BEIR layout.' });
}

function linesOf(path: string, decode: (bytes: Buffer) => Buffer): string[] {
  let bytes: Buffer;
  try {
    bytes = decode(readFileSync(path));
  } catch (error) {
    throw new RagError('USAGE', { message: `${path} cannot be read: ${messageOf(error)}.`, cause: error });
  }
  if (bytes.length > MAX_FILE_BYTES) {
    throw new RagError('USAGE', {
      message: `${path} has ${bytes.length} bytes; a part of a collection may have ${MAX_FILE_BYTES}.`,
      hint: 'Evaluate on a part of it.',
    });
  }
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
