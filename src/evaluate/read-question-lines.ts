import { readFileSync, statSync } from 'node:fs';
import { messageOf, RagError } from '../platform/errors.ts';

/** A line of a file of questions, before its documents are looked up. */
export type QuestionLine = {
  readonly id: string;
  readonly text: string;
  readonly kind: string | null;
  /** Paths, URIs or ids of documents that answer it, or texts of passages. */
  readonly relevant: readonly string[];
  /** Texts of passages that answer it. */
  readonly passages: readonly string[];
  readonly answer: string | null;
  /** It says itself that nothing answers it: an empty list of paths, or the kind "unanswerable". */
  readonly isUnanswerable: boolean;
};

/** A file of questions is made by hand or by a program for thousands of them, not for millions. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads JSON lines of `{question, paths | relevant, passages?, answer?, kind?, id?}`; lists may be one string.
 * Throws USAGE with the line's number for a line that is none, and for an id that an earlier line has: baselines and
 * run files would take the two for one.
 */
export function readQuestionLines(path: string): QuestionLine[] {
  if (statSync(path).isCharacterDevice())
    throw new RagError('USAGE', { message: `${path} is a device.`, hint: 'Name a file of JSON lines.' });
  const bytes = readFileSync(path);
  if (bytes.length > MAX_BYTES) {
    throw new RagError('USAGE', {
      message: `${path} has ${bytes.length} bytes; a file of questions may have ${MAX_BYTES}.`,
      hint: 'Split it.',
    });
  }
  const lineOf = new Map<string, number>();
  return bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((line, i) => {
      if (!line.trim()) return [];
      const question = parseLine(line, path, i + 1);
      const earlier = lineOf.get(question.id);
      if (earlier !== undefined)
        throw new RagError('USAGE', {
          message: `Lines ${earlier} and ${i + 1} of ${path} have the same id "${question.id}".`,
          hint: 'Give each question an id of its own, or none.',
        });
      lineOf.set(question.id, i + 1);
      return [question];
    });
}

function parseLine(line: string, path: string, number: number): QuestionLine {
  const wrong = (what: string, cause?: unknown) =>
    new RagError('USAGE', {
      message: `Line ${number} of ${path} ${what}.`,
      hint: 'Each line must be like {"question": "…", "paths": ["notes/a.md"], "answer": "…", "kind": "fact"}.',
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw wrong(`is no JSON: ${messageOf(error)}`, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('is no JSON object');
  const fields = value as Record<string, unknown>;
  const text = fields.question ?? fields.query ?? fields.text;
  if (typeof text !== 'string' || !text.trim()) throw wrong('has no question');
  const list = (name: string): string[] => {
    const given = fields[name] ?? [];
    const entries = typeof given === 'string' ? [given] : given;
    if (!Array.isArray(entries) || entries.some((entry) => typeof entry !== 'string'))
      throw wrong(`has a ${name} that is no list of texts`);
    return (entries as string[]).filter((entry) => entry.trim() !== '');
  };
  const id = fields.id ?? fields._id;
  const relevant = [...new Set([...list('paths'), ...list('relevant')])];
  const passages = list('passages');
  const answer = typeof fields.answer === 'string' && fields.answer.trim() ? fields.answer : null;
  const saysNone = Array.isArray(fields.paths) || Array.isArray(fields.relevant) || fields.kind === 'unanswerable';
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : `line-${number}`,
    text,
    kind: typeof fields.kind === 'string' ? fields.kind : null,
    relevant,
    passages,
    answer,
    isUnanswerable: saysNone && relevant.length === 0 && passages.length === 0 && answer === null,
  };
}
