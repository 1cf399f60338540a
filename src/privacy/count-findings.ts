import { PII_KINDS } from '../domain/pii-kinds.ts';
import type { Finding, PiiCount } from './types.ts';

const MAX_LINES = 5;

type CountOptions = {
  /** Of the file, on which the text begins; 1 when left out. */
  readonly firstLine?: number | null;
  /** What stands on no line, as in a title. */
  readonly beside?: readonly Finding[];
};

/** How often each kind stands in a text, in the order of the kinds, and on which lines first. */
export function countFindings(
  text: string,
  findings: readonly Finding[],
  { firstLine, beside = [] }: CountOptions = {},
): PiiCount[] {
  const counts = new Map<string, { count: number; lines: number[] }>();
  let line = firstLine ?? 1;
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
