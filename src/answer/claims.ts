import type { Span } from '../domain/span.ts';
import { isClaim } from './check/is-claim.ts';
import { contentTerms } from './content-terms.ts';
import { parseCitations } from './parse-citations.ts';
import { splitSentences } from './split-sentences.ts';
import type { Term } from './text-terms.ts';
import { withoutCitations } from './without-citations.ts';

/** A sentence of an answer that says something. */
export type Claim = {
  readonly text: string;
  /** In the answer. */
  readonly span: Span;
  readonly markers: readonly number[];
  readonly terms: readonly Term[];
};

/**
 * The sentences of an answer with what each cites. A bracket belongs to the sentence that it stands in or right behind; a
 * sentence without one takes that of the next sentence of its paragraph, as in "A. B. [1]".
 */
export function claimsOf(answer: string): Claim[] {
  const marks = parseCitations(answer);
  const plain = withoutCitations(answer, marks);
  const sentences = splitSentences(plain).filter((sentence) => sentence.kind !== 'heading');
  const claims = sentences.map((sentence, index) => {
    const end = sentences[index + 1]?.span.start ?? plain.length;
    const start = index === 0 ? 0 : sentence.span.start;
    const own = marks.filter((mark) => mark.span.start >= start && mark.span.start < end);
    const text = plain.slice(sentence.span.start, sentence.span.end);
    const markers = [...new Set(own.flatMap((mark) => mark.markers))];
    return { text, span: sentence.span, markers, block: sentence.block, kind: sentence.kind };
  });
  for (let at = claims.length - 2; at >= 0; at--) {
    const claim = claims[at]!;
    const next = claims[at + 1]!;
    if (claim.markers.length === 0 && next.block === claim.block) claim.markers = next.markers;
  }
  return claims
    .filter(({ text, markers, kind }) => markers.length > 0 || isClaim(text, kind))
    .map(({ text, span, markers }) => ({ text, span, markers, terms: contentTerms(text) }));
}
