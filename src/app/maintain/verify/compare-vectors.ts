import type { DocumentRecord, PassageRecord } from '../../../store/types.ts';
import type { AppContext } from '../../app-context.ts';
import { embedText } from '../../ingest/embed-text.ts';
import type { VerifyProblem } from '../types.ts';

/** Rounding to one byte a dimension costs some thousandths; models on other machines, threads and batches some more. */
const LEAST_COSINE = 0.98;

/** Embeds the passages of a document again and compares. */
export async function compareVectors(
  { embedder }: Pick<AppContext, 'embedder'>,
  { document, passages }: DocumentRecord,
  signal?: AbortSignal,
): Promise<Pick<VerifyProblem, 'passage' | 'kind' | 'message'>[]> {
  const textsOf = (title: string | null) =>
    passages.map(({ span, headingPath }) => embedText(title, headingPath, document.text.slice(span.start, span.end)));
  const titled = textsOf(document.source.title);
  // Whether the title was the document's own or the name of its file is not stored: either vector is right.
  const untitled = textsOf(null);
  const [first, second] = [
    await embedder.embedPassages(titled, signal),
    titled.every((text, at) => text === untitled[at]) ? [] : await embedder.embedPassages(untitled, signal),
  ];
  return passages.flatMap((passage, at) => {
    const likeness = Math.max(likenessOf(passage, first[at]), second.length > 0 ? likenessOf(passage, second[at]) : -1);
    return likeness >= LEAST_COSINE
      ? []
      : [{ passage: passage.ordinal, kind: 'vector' as const, message: said(passage, likeness) }];
  });
}

const said = ({ vector }: PassageRecord, likeness: number): string =>
  vector === null
    ? 'It has no vector, though the model gives one.'
    : `Its vector is not what the model gives for its text (cosine ${likeness.toFixed(2)}).`;

/** 1 where neither has a vector, -1 where only one has. */
function likenessOf({ vector }: PassageRecord, again: Float32Array | null | undefined): number {
  const hasDirection = again?.some((value) => value !== 0) ?? false;
  if (vector === null || !again || !hasDirection) return vector === null && !hasDirection ? 1 : -1;
  let dot = 0;
  let norm = 0;
  again.forEach((value, at) => {
    dot += value * (vector[at] ?? 0);
    norm += value * value;
  });
  return dot / Math.sqrt(norm);
}
