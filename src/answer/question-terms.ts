import { stopWords } from './stop-words.ts';
import { indexTerms, matchTerm, type Term, termsOf } from './text-terms.ts';

export type WeightedTerm = Term & {
  /** Share of the question's mass, in (0, 1]; all weights of a question sum to 1. */
  readonly weight: number;
  /** A name, number or code: without it the question is another one. */
  readonly specific: boolean;
};

export type QuestionTermsOptions = {
  readonly question: string;
  /** Passages that were found; without `idf` the rarity of a word is read from them. */
  readonly passages: readonly string[];
  /** Rarity of a lower-case word in the collection, such as ln(N / df). Only ratios matter; must be at least 0. */
  readonly idf?: (word: string) => number;
};

/** What is asked stands in the first page of a question, even of one with a document pasted behind it. UTF-16 units. */
export const MAX_QUESTION_LENGTH = 4_000;

/** A pasted page has no more subjects than this; the rest is left out. */
const MAX_TERMS = 48;

/**
 * The words of a question that say what it is about, weighted by rarity. Stop words and question words are dropped,
 * unless nothing else is left. Empty only for a question without words.
 */
export function questionTerms({ question, passages, idf }: QuestionTermsOptions): WeightedTerm[] {
  const all = termsOf(question.slice(0, MAX_QUESTION_LENGTH));
  const content = all.filter((term) => !stopWords.has(term.word) && !isLoneLetter(term));
  const chosen = distinct(content.length > 0 ? content : all).slice(0, MAX_TERMS);
  const nounsAreCapital = usesNounCapitals(all, question);
  const weigh = idf ? (word: string) => Math.sqrt(idf(word)) : rarityAmong(chosen, passages);
  const weighted = chosen.map((term) => {
    const original = question.slice(term.start, term.end);
    const specific = isSpecific(term, original, { question, nounsAreCapital });
    // A word that says much should not say all: the floor keeps common words in play beside a name.
    return { ...term, specific, weight: Math.max(weigh(term.word), MIN_WEIGHT) * (specific ? SPECIFIC_FACTOR : 1) };
  });
  const sum = weighted.reduce((total, term) => total + term.weight, 0);
  return weighted.map((term) => ({ ...term, weight: term.weight / sum }));
}

/** Whether a question has a word beside those that every text has: "who is it?" could be answered by any sentence. */
export const hasSubject = (question: string): boolean =>
  termsOf(question.slice(0, MAX_QUESTION_LENGTH)).some((term) => !stopWords.has(term.word) && !isLoneLetter(term));

const MIN_WEIGHT = 0.2;
const SPECIFIC_FACTOR = 1.3;

const isLoneLetter = (term: Term): boolean => /^[a-z]$/.test(term.word);

function distinct(terms: readonly Term[]): Term[] {
  const seen = new Set<string>();
  return terms.filter((term) => !seen.has(term.stem) && seen.add(term.stem));
}

/**
 * Rarity when nobody counted the collection. Found passages all hold the words they were found by, so being in many of
 * them says little; long words and words that few passages hold weigh somewhat more.
 */
function rarityAmong(terms: readonly Term[], passages: readonly string[]): (word: string) => number {
  const indexes = passages.map(indexTerms);
  const weights = new Map<string, number>();
  for (const term of terms) {
    const holding = indexes.filter((index) => matchTerm(term, index) >= 0.6).length;
    const share = indexes.length === 0 ? 1 : holding / indexes.length;
    const length = term.dense ? [...term.word].length * 3 : term.word.length;
    weights.set(term.word, (1.3 - 0.6 * share) * (0.7 + Math.min(length, 10) / 20));
  }
  return (word) => weights.get(word) ?? 1;
}

/** German capitalises every noun, so there a capital says nothing about names. */
function usesNounCapitals(terms: readonly Term[], question: string): boolean {
  const german = /^(?:der|die|das|wer|was|wann|wie|wo|welche[rsnm]?|warum|ist|sind|fur|und|von|nicht|ein|eine|einen)$/;
  return terms.filter((term) => german.test(term.word)).length >= 2 || /[äöüß]/i.test(question);
}

/** Years, and codes such as XR-7000 or 10BASE5; small numbers, ordinals and amounts are often written another way. */
const CODE = /^(?:1\d{3}|20\d{2}|(?=\S*\p{L})(?=\S*\d{2})(?!\d+(?:st|nd|rd|th|s|k|m|er|e|mo|ma)$)\S{3,})$/iu;

function isSpecific(term: Term, original: string, context: { question: string; nounsAreCapital: boolean }): boolean {
  if (/\d/.test(original)) return CODE.test(original);
  if (!/^\p{Lu}/u.test(original) || context.nounsAreCapital || isTitleCase(context.question)) return false;
  const before = context.question.slice(0, term.start).trimEnd();
  const startsSentence = before === '' || /[.!?:"“”'(¿¡]$/.test(before);
  return !startsSentence || /^\p{Lu}{2}/u.test(original);
}

/** In capitals, or with small verbs capitalised, a question names nothing by its capitals. */
const isTitleCase = (question: string): boolean =>
  !/\p{Ll}{3}/u.test(question) || /\s(?:Is|Are|Do|Does|Did|Can|Should|Will|Was|Were|Has|Have|To)\s/.test(question);
