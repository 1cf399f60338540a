import type { UnverifiedQuotation } from '../domain/answer.ts';
import type { QuotationCheck } from './check-quotations.ts';
import { findQuotations, type Quotation } from './find-quotations.ts';
import { codeSpans } from './parse-citations.ts';

/** What stands behind a quotation that no passage holds. */
export const QUOTATION_MARK = ' [not in the sources]';

/** The quotations of an answer that no passage holds, outside of code. */
export function unverifiedQuotations(answer: string, check: QuotationCheck): Quotation[] {
  const invented = findQuotations(answer).quotations.filter(({ text }) => !check(text));
  if (invented.length === 0) return [];
  const code = codeSpans(answer);
  return invented.filter(({ span }) => !code.some((each) => span.start >= each.start && span.start < each.end));
}

/**
 * Marks quotations that no passage holds while an answer comes in. A quotation is held back until it closes, so that no
 * reader sees one without its mark; all else goes through as it comes.
 */
export function createQuotationMarker(check: QuotationCheck) {
  /** What came since the paragraph began in which the next text stands. */
  let answer = '';
  let paragraph = 0;
  let passed = 0;
  let shownLength = 0;
  const found: UnverifiedQuotation[] = [];

  const passUpTo = (end: number, quotations: readonly Quotation[]): string => {
    let shown = '';
    let code: ReturnType<typeof codeSpans> | null = null;
    for (const { span, text } of quotations) {
      const at = { start: paragraph + span.start, end: paragraph + span.end };
      if (at.end <= passed || at.end > end || check(text)) continue;
      code ??= codeSpans(answer);
      if (code.some((each) => at.start >= each.start && at.start < each.end)) continue;
      shown += answer.slice(passed, at.end);
      passed = at.end;
      const shownEnd = shownLength + shown.length;
      found.push({ text, span: { start: shownEnd - (at.end - at.start), end: shownEnd } });
      shown += QUOTATION_MARK;
    }
    shown += answer.slice(passed, end);
    passed = end;
    shownLength += shown.length;
    const blank = [...answer.slice(paragraph, passed).matchAll(/\n[ \t]*\n/g)].at(-1);
    if (blank) paragraph += blank.index + blank[0].length;
    return shown;
  };

  return {
    /** The part of the text so far that may be shown now; '' while a quotation is open. */
    push(delta: string): string {
      answer += delta;
      const { quotations, open } = findQuotations(answer.slice(paragraph), { growing: true });
      return passUpTo(open === null ? answer.length : paragraph + open, quotations);
    },
    /** What was still held back. */
    end(): string {
      return passUpTo(answer.length, findQuotations(answer.slice(paragraph)).quotations);
    },
    /** Spans are of the text as shown. */
    found: (): readonly UnverifiedQuotation[] => found,
  };
}
