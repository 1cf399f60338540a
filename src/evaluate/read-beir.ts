import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RagError } from '../platform/errors.ts';
import type { Judgements } from './metrics.ts';

export type EvaluationDocument = { readonly id: string; readonly title: string; readonly text: string };
export type EvaluationQuery = { readonly id: string; readonly text: string; readonly judgements: Judgements };

export type EvaluationSet = {
  readonly documents: readonly EvaluationDocument[];
  /** Only those that have a relevant document. */
  readonly queries: readonly EvaluationQuery[];
};

/**
 * Reads a collection in BEIR layout: corpus.jsonl[.gz] {_id, title, text}, queries.jsonl[.gz] {_id, text},
 * qrels/test.tsv (query, document, grade). Throws NOT_FOUND when a part is missing.
 */
export function readBeir(folder: string): EvaluationSet {
  const documents = readLines(folder, 'corpus.jsonl').map((line) => {
    const { _id, title = '', text } = JSON.parse(line) as { _id: string; title?: string; text: string };
    return { id: String(_id), title, text };
  });
  const judgements = new Map<string, Map<string, number>>();
  for (const line of readLines(folder, 'qrels/test.tsv')) {
    const [query, document, grade] = line.split('\t') as [string, string?, string?];
    if (document === undefined || Number.isNaN(Number(grade))) continue;
    const grades = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, grades.set(document, Number(grade)));
  }
  const queries = readLines(folder, 'queries.jsonl').flatMap((line) => {
    const { _id, text } = JSON.parse(line) as { _id: string; text: string };
    const grades = judgements.get(String(_id));
    return grades && [...grades.values()].some((grade) => grade > 0)
      ? [{ id: String(_id), text, judgements: grades }]
      : [];
  });
  return { documents, queries };
}

export const isBeir = (folder: string): boolean =>
  existsSync(join(folder, 'qrels', 'test.tsv')) && existsSync(join(folder, 'queries.jsonl'));

function readLines(folder: string, name: string): string[] {
  for (const [path, decode] of [
    [join(folder, name), (bytes: Buffer) => bytes],
    [join(folder, `${name}.gz`), gunzipSync],
  ] as const) {
    if (existsSync(path)) return decode(readFileSync(path)).toString('utf8').split('\n').filter(Boolean);
  }
  throw new RagError('NOT_FOUND', { message: `${folder} has no ${name}.`, hint: 'Name a folder in BEIR layout.' });
}
