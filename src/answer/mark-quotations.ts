import type { QuotationCheck } from './check-quotations.ts';
import type { EditedText } from './edited-text.ts';
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

/** Finds quotations that no passage holds in a text that comes in, and puts a mark behind each. */
export function createQuotationScan(text: EditedText, check: QuotationCheck) {
  /** Where the paragraph begins in which the next text stands. */
  let paragraph = 0;
  let seen = 0;
  const found: Quotation[] = [];

  return {
    /** Up to where the text may be shown: a quotation is held back until it closes, so that no reader sees one without its mark. */
    scan(growing: boolean): number {
      const { raw } = text;
      const { quotations, open } = findQuotations(raw.slice(paragraph), { growing });
      let code: ReturnType<typeof codeSpans> | null = null;
      for (const { span, text: quoted } of quotations) {
        const at = { start: paragraph + span.start, end: paragraph + span.end };
        if (at.end <= seen) continue;
        seen = at.end;
        if (check(quoted)) continue;
        code ??= codeSpans(raw);
        if (code.some((each) => at.start >= each.start && at.start < each.end)) continue;
        found.push({ text: quoted, span: at });
        text.edit({ start: at.end, end: at.end, text: QUOTATION_MARK });
      }
      return open === null ? raw.length : paragraph + open;
    },
    /** To be called when text has been shown: whole paragraphs are not looked at again. */
    forget(): void {
      const { raw, passed } = text;
      const blank = [...raw.slice(paragraph, passed).matchAll(/\n[ \t]*\n/g)].at(-1);
      if (blank) paragraph += blank.index + blank[0].length;
      seen = Math.max(seen, paragraph);
    },
    /** Spans are of the text as it came. */
    found: (): readonly Quotation[] => found,
  };
}
