import type { Hit } from '../domain/search.ts';
import { hasMarkup, withoutMarkup } from '../domain/without-markup.ts';
import { type CompactText, compactText, endOfPart } from './compact-text.ts';
import { findQuotations } from './find-quotations.ts';
import { termsOf } from './text-terms.ts';

/** Fewer words in quotation marks are a term or a name, not somebody's words. */
const MIN_WORDS = 3;

/** Where words are left out or put in by the one who quotes. */
const LEFT_OUT = /(?:\[[^[\]]{0,80}\]|\((?:…|\.{3})\)|…|\.{3,}|\. \. \.)/;

/** Whether what stands in quotation marks may stand there: see `createQuotationCheck`. */
export type QuotationCheck = (quoted: string) => boolean;

/**
 * A check of quotations against the passages that an answer was made of. True for words of one document's passages, in
 * order around an ellipsis, however they are broken, hyphenated, spaced and cased; for the name of a document or of a
 * heading; for what the question itself quotes; and for what is too short to be anybody's words.
 */
export function createQuotationCheck(hits: readonly Hit[], question: string): QuotationCheck {
  let known: { documents: CompactText[][]; names: CompactText[] } | null = null;
  return (quoted) => {
    if (termsOf(quoted).length < MIN_WORDS) return true;
    known ??= { documents: documentsOf(hits), names: namesOf(hits, question) };
    const parts = quoted
      .split(LEFT_OUT)
      .map((part) => compactText(withoutMarkup(part)))
      .filter(({ text }) => text !== '');
    return (
      known.documents.some((runs) => standInOrder(parts, runs)) ||
      (parts.length === 1 && known.names.some((name) => endOfPart(parts[0]!, name) >= 0))
    );
  };
}

function standInOrder(parts: readonly CompactText[], runs: readonly CompactText[]): boolean {
  let run = 0;
  let from = 0;
  for (const part of parts) {
    let end = -1;
    for (; run < runs.length; run++, from = 0) {
      end = endOfPart(part, runs[run]!, from);
      if (end >= 0) break;
    }
    if (end < 0) return false;
    from = end;
  }
  return true;
}

/** The passages of each document in the document's order; those that touch are one text. */
function documentsOf(hits: readonly Hit[]): CompactText[][] {
  const byDocument = new Map<string, Hit[]>();
  for (const hit of hits) {
    const own = byDocument.get(hit.chunk.documentId);
    if (own) own.push(hit);
    else byDocument.set(hit.chunk.documentId, [hit]);
  }
  return [...byDocument.values()].map((own) => {
    const plain = hasMarkup(own[0]!.document.type) ? withoutMarkup : (text: string) => text;
    return runsOf(own).map((text) => compactText(plain(text)));
  });
}

function runsOf(hits: readonly Hit[]): string[] {
  const runs: string[] = [];
  let end = -1;
  let last = -2;
  for (const { chunk } of [...hits].sort((a, b) => a.chunk.span.start - b.chunk.span.start)) {
    const { span, text, ordinal } = chunk;
    if (span.end <= end) continue;
    if (span.start <= end) runs[runs.length - 1] += text.slice(end - span.start);
    else if (ordinal === last + 1) runs[runs.length - 1] += `\n${text}`;
    else runs.push(text);
    end = span.end;
    last = ordinal;
  }
  return runs;
}

function namesOf(hits: readonly Hit[], question: string): CompactText[] {
  const quotedInQuestion = findQuotations(question).quotations.map(({ text }) => text);
  const names = hits.flatMap(({ chunk, document }) => [document.title, ...chunk.headingPath]);
  return [...new Set([...names, ...quotedInQuestion])].map((name) => compactText(name));
}
