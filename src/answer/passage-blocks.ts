import type { Chunk } from '../domain/chunk.ts';
import type { Hit } from '../domain/search.ts';
import type { Span } from '../domain/span.ts';

/** Successive chunks of one document that are shown as one passage. */
export type Block = {
  /** The best of those that were found; the passage keeps its id, rank and score. */
  readonly hit: Hit;
  /** In the order of the document. */
  readonly chunks: readonly Chunk[];
  /** What is shown, when it is less than the chunks hold: their first characters. */
  readonly cut?: string;
};

/** Text of a document; null when there is no such document any more. */
export type TextOf = (documentId: Chunk['documentId'], span: Span) => string | null;

export const blockOf = (hit: Hit, cut?: string): Block => ({
  hit,
  chunks: [hit.chunk],
  ...(cut === undefined ? {} : { cut }),
});

/** Both as one, when the second follows the first in one document and neither is cut; else null. */
export function joined(first: Block, second: Block): Block | null {
  const last = first.chunks.at(-1) as Chunk;
  const next = second.chunks[0] as Chunk;
  if (last.documentId !== next.documentId || last.ordinal + 1 !== next.ordinal) return null;
  if (first.cut !== undefined || second.cut !== undefined) return null;
  return {
    hit: first.hit.rank <= second.hit.rank ? first.hit : second.hit,
    chunks: [...first.chunks, ...second.chunks],
  };
}

/** The hit of a block, with all of its text; null when the stored text is no longer what was found. */
export function hitOfBlock({ hit, chunks }: Block, textOf: TextOf): Hit | null {
  const first = chunks[0] as Chunk;
  if (chunks.length === 1) return hit;
  const span = { start: first.span.start, end: Math.max(...chunks.map((chunk) => chunk.span.end)) };
  const text = textOf(first.documentId, span);
  if (text === null || !chunks.every((chunk) => text.startsWith(chunk.text, chunk.span.start - span.start)))
    return null;
  const lines = chunks.flatMap((chunk) => chunk.lines ?? []);
  return {
    ...hit,
    chunk: {
      ...hit.chunk,
      span,
      text,
      page: first.page,
      lines:
        lines.length === chunks.length
          ? { start: Math.min(...lines.map(({ start }) => start)), end: Math.max(...lines.map(({ end }) => end)) }
          : null,
      headingPath: sharedHeadings(chunks),
      tokens: chunks.reduce((sum, { tokens }) => sum + tokens, 0),
    },
  };
}

function sharedHeadings(chunks: readonly Chunk[]): readonly string[] {
  const [first, ...others] = chunks.map(({ headingPath }) => headingPath);
  const end = (first ?? []).findIndex((heading, level) => others.some((path) => path[level] !== heading));
  return end < 0 ? (first ?? []) : (first ?? []).slice(0, end);
}
