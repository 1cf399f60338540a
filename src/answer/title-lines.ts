import type { Sentence } from './split-sentences.ts';

const MAX_TITLE_LENGTH = 80;
const MAX_TITLE_WORDS = 12;
/** A line shorter than this that ends a sentence may still be a label, such as "approx." */
const MIN_PROSE_LENGTH = 30;

/**
 * Sentences in which the titles of texts without heading marks (PDF, plain text, slides) are headings: a short paragraph
 * of its own, with or without a number, that ends in no punctuation, begins like a title and stands above prose, a list
 * or another title.
 */
export function markTitleLines(sentences: readonly Sentence[], text: string): Sentence[] {
  const marked = [...sentences];
  for (let at = marked.length - 2; at >= 0; at--) {
    const sentence = marked[at]!;
    const next = marked[at + 1]!;
    const previous = marked[at - 1];
    if (previous?.block === sentence.block || next.block === sentence.block) continue;
    const isLine =
      sentence.kind === 'sentence' ||
      (sentence.kind === 'list-item' && isNumberedAlone(sentence, previous, next, text));
    if (isLine && looksLikeTitle(textOf(sentence, text)) && leadsTo(next, text)) {
      marked[at] = { ...sentence, kind: 'heading' };
    }
  }
  return marked;
}

/** "2. Offices" between paragraphs; within a list it is an item like the others. */
const isNumberedAlone = ({ span }: Sentence, previous: Sentence | undefined, next: Sentence, text: string): boolean =>
  previous?.kind !== 'list-item' &&
  next.kind === 'sentence' &&
  /[\d][.)]\s+$/.test(text.slice(Math.max(0, span.start - 8), span.start));

const textOf = ({ span }: Sentence, text: string): string => text.slice(span.start, span.end);

function looksLikeTitle(line: string): boolean {
  if (line.length > MAX_TITLE_LENGTH || line.includes('\n')) return false;
  // A colon, an address or a bar makes it a line that says something.
  if (!/^(?:\d{1,3}(?:\.\d{1,3}){0,3}\.?\s+)?[\p{Lu}\p{Lo}][^:：@=|]*$/u.test(line)) return false;
  if (!/[\p{L}\p{N})\]”"'’»]$/u.test(line)) return false;
  return line.split(/\s+/).length <= MAX_TITLE_WORDS;
}

/** Whether what stands below may belong to a title: prose, the first item of a list, or a heading of its own. */
function leadsTo(next: Sentence, text: string): boolean {
  if (next.kind === 'heading' || next.kind === 'list-item') return true;
  const below = textOf(next, text);
  return next.kind === 'sentence' && below.length >= MIN_PROSE_LENGTH && /[.!?…。！？।:：]["'”’»)\]*_]*$/u.test(below);
}
