import type { DocumentId } from '../domain/ids.ts';
import type { Hit } from '../domain/search.ts';
import type { Span } from '../domain/span.ts';
import { blankOut, findInstructions } from './find-instructions.ts';

type Evidence = {
  readonly hits: readonly Hit[];
  readonly documentText: (documentId: DocumentId) => string | null;
};

export type SoundEvidence = Evidence & {
  /** Of the passages that hold instructions, from 1. */
  readonly instructing: readonly number[];
};

/**
 * Passages as evidence: what in them tells a model what to do supports nothing that the model then says, so it is blanked,
 * in its place. Passages without any are the same objects.
 */
export function withoutInstructions({ hits, documentText }: Evidence): SoundEvidence {
  const found = new Map<DocumentId, Span[]>();
  const instructing: number[] = [];
  const sound = hits.map((hit, at): Hit => {
    const { chunk, document } = hit;
    const spans = findInstructions(chunk.text);
    const titled = findInstructions(document.title).length > 0;
    const headingPath = chunk.headingPath.filter((heading) => findInstructions(heading).length === 0);
    if (spans.length === 0 && !titled && headingPath.length === chunk.headingPath.length) return hit;
    instructing.push(at + 1);
    const places = found.get(chunk.documentId) ?? [];
    places.push(...spans.map(({ start, end }) => ({ start: start + chunk.span.start, end: end + chunk.span.start })));
    found.set(chunk.documentId, places);
    return {
      ...hit,
      document: titled ? { ...document, title: '' } : document,
      chunk: { ...chunk, headingPath, text: blankOut(chunk.text, spans) },
    };
  });
  return {
    hits: sound,
    instructing,
    documentText(id) {
      const text = documentText(id);
      const spans = found.get(id);
      return text === null || !spans ? text : blankOut(text, inOrder(spans));
    },
  };
}

/** Without overlaps: neighbouring passages may share text. */
function inOrder(spans: readonly Span[]): Span[] {
  const ordered: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = ordered.at(-1);
    if (last && span.start < last.end)
      ordered[ordered.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else ordered.push(span);
  }
  return ordered;
}
