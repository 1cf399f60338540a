import { parseCitations } from './parse-citations.ts';

/** The text with blanks in place of `[1]` and its like, so that positions stay. */
export function withoutCitations(answer: string, marks = parseCitations(answer)): string {
  let plain = '';
  for (const { span } of marks) plain += answer.slice(plain.length, span.start) + ' '.repeat(span.end - span.start);
  return plain + answer.slice(plain.length);
}
