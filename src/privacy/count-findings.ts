import { type Finding, PII_KINDS, type PiiCount } from './types.ts';

const MAX_LINES = 5;

/** How often each kind stands in a text, in the order of the kinds, and on which lines first. `beside`: on no line. */
export function countFindings(text: string, findings: readonly Finding[], beside: readonly Finding[] = []): PiiCount[] {
  const counts = new Map<string, { count: number; lines: number[] }>();
  let line = 1;
  let position = 0;
  for (const { kind, span } of findings) {
    for (let at = text.indexOf('\n', position); at >= 0 && at < span.start; at = text.indexOf('\n', position)) {
      line++;
      position = at + 1;
    }
    const entry = counts.get(kind) ?? { count: 0, lines: [] };
    entry.count++;
    if (entry.lines.length < MAX_LINES && entry.lines.at(-1) !== line) entry.lines.push(line);
    counts.set(kind, entry);
  }
  for (const { kind } of beside) {
    const entry = counts.get(kind) ?? { count: 0, lines: [] };
    entry.count++;
    counts.set(kind, entry);
  }
  return PII_KINDS.flatMap((kind) => {
    const entry = counts.get(kind);
    return entry ? [{ kind, ...entry }] : [];
  });
}
