import type { SentenceCheck, UnverifiedQuotation } from '../domain/answer.ts';
import type { SentenceJudge } from './check/create-sentence-judge.ts';
import type { QuotationCheck } from './check-quotations.ts';
import { createEditedText } from './edited-text.ts';
import { createQuotationScan } from './mark-quotations.ts';
import { createSentenceScan } from './mark-sentences.ts';

export type AnswerMarkerOptions = {
  readonly checkQuotation: QuotationCheck;
  readonly judge: SentenceJudge;
  /** How many passages may be cited. */
  readonly passages: number;
};

/**
 * Marks an answer while it comes in: quotations that no passage holds, and sentences that the passages do not say or say
 * otherwise. Citations of passages that there are not are left out.
 */
export function createAnswerMarker({ checkQuotation, judge, passages }: AnswerMarkerOptions) {
  const text = createEditedText();
  const quotations = createQuotationScan(text, checkQuotation);
  const sentences = createSentenceScan(text, { judge, passages, invented: quotations.found });
  const pass = (growing: boolean): string => {
    const closed = quotations.scan(growing);
    const shown = text.show(Math.min(closed, sentences.scan(growing)));
    quotations.forget();
    return shown;
  };
  return {
    /** The part of the text so far that may be shown now. */
    push(delta: string): string {
      text.append(delta);
      return pass(true);
    },
    /** What was still held back. */
    end: (): string => pass(false),
    /** Spans are of the text as shown. */
    quotations: (): readonly UnverifiedQuotation[] =>
      quotations.found().map(({ text: quoted, span }) => ({ text: quoted, span: text.shownSpan(span) })),
    checks: (): readonly SentenceCheck[] => sentences.checks(),
  };
}
