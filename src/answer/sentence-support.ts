import { contentTerms } from './content-terms.ts';
import { splitSentences } from './split-sentences.ts';
import { indexTerms, matchTerm, type Term, type TermIndex } from './text-terms.ts';
import { withoutCitations } from './without-citations.ts';

/** Fewer words that say something claim nothing: "Yes, there are:". */
const MIN_CLAIM_WORDS = 2;

/** The sentences of an answer that claim something, without citation marks. */
export function claimsIn(answer: string): string[] {
  const plain = withoutCitations(answer);
  return splitSentences(plain)
    .filter(({ kind }) => kind !== 'heading')
    .map(({ span }) => plain.slice(span.start, span.end))
    .filter((sentence) => contentTerms(sentence).length >= MIN_CLAIM_WORDS && !/[:：]\s*$/.test(sentence));
}

export const openPassages = (passages: readonly string[]): readonly TermIndex[] => passages.map(indexTerms);

/**
 * Share of a sentence's words that the best single passage has, numbers counted double, in [0, 1]. 0 when a number of
 * the sentence stands in no passage at all, whatever else does: a wrong figure is the worst that an answer can say. By
 * words only: what a sentence denies and what it says are alike.
 */
export function sentenceSupport(sentence: string, passages: readonly TermIndex[]): number {
  const terms = contentTerms(sentence);
  if (terms.length === 0 || passages.length === 0) return 0;
  const isInvented = (term: Term): boolean =>
    isNumber(term) && passages.every((passage) => matchTerm(term, passage) < 1);
  return terms.some(isInvented) ? 0 : Math.max(...passages.map((passage) => shareOf(terms, passage)));
}

/** Share of the words that say something which another text has, in [0, 1]; 0 for a text without such words. */
export const coveredShare = (text: string, by: string): number => shareOf(contentTerms(text), indexTerms(by));

const isNumber = ({ word }: Term): boolean => /^\d/.test(word);

function shareOf(terms: readonly Term[], passage: TermIndex): number {
  let sum = 0;
  let found = 0;
  for (const term of terms) {
    const weight = isNumber(term) ? 2 : 1;
    sum += weight;
    found += weight * matchTerm(term, passage);
  }
  return sum === 0 ? 0 : found / sum;
}
