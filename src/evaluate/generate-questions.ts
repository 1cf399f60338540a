import { createRandom } from './random.ts';

/** A document as questions are made from it. */
export type DocumentContent = {
  /** What a line of the result names it by. */
  readonly path: string;
  readonly title: string;
  readonly headings: readonly string[];
  /** Sentences of running text, in order. */
  readonly sentences: readonly string[];
};

/** A line of a file of questions, as `readQuestionLines` reads it. */
export type GeneratedQuestion = {
  readonly id: string;
  readonly question: string;
  readonly paths: readonly string[];
  readonly passages?: readonly string[];
  readonly answer?: string;
  readonly kind: 'title' | 'heading' | 'definition' | 'figure' | 'person';
};

type Draft = Omit<GeneratedQuestion, 'id' | 'paths'>;

/** Of one document, so that a long one does not make up the whole set. */
const MAX_PER_KIND = 3;

/** Shorter names stand for nothing or for many things; longer ones are sentences. */
const MIN_NAME_WORDS = 2;
const MAX_NAME_WORDS = 12;

/** Sentences outside of these lengths are fragments, or have too much in them to be known by it. */
const MIN_SENTENCE_WORDS = 6;
const MAX_SENTENCE_WORDS = 40;

/** Words that the rest of a sentence gives to a question: as many as people type. */
const MAX_QUESTION_WORDS = 8;
const MIN_TELLING_WORDS = 4;

/**
 * Known-item questions: each is answered by the document it was made from. From titles, headings and sentences that
 * define something or state a figure, by rules. A title or heading that several documents have makes no question.
 * No more than `limit`, every kind and document in turn, the same for the same seed.
 */
export function generateQuestions(
  documents: readonly DocumentContent[],
  { limit, seed = 1 }: { readonly limit: number; readonly seed?: number },
): GeneratedQuestion[] {
  const random = createRandom(seed);
  const holders = countHolders(documents);
  const isKnown = (name: string): boolean => isName(name) && holders.get(keyOf(name)) === 1;
  const byDocument = shuffle(documents, random).map(({ path, title, headings, sentences }, i) => {
    const named: Draft[] = isKnown(title) ? [{ kind: 'title', question: title.trim() }] : [];
    const headed = headings
      .filter((heading) => isKnown(heading) && keyOf(heading) !== keyOf(title))
      .map((heading): Draft => ({ kind: 'heading', question: heading.trim() }));
    const facts = sentences.flatMap((sentence) => factOf(sentence.replace(/\s+/g, ' ').trim()) ?? []);
    const kinds = [named, headed, ...FACT_KINDS.map((kind) => facts.filter((fact) => fact.kind === kind))];
    const chosen = kinds
      .map((drafts) => shuffle(drafts, random).slice(0, MAX_PER_KIND))
      .filter(({ length }) => length > 0);
    // Each document begins with another kind, so that a small set does not consist of titles.
    const first = chosen.length > 0 ? i % chosen.length : 0;
    return { path, drafts: inTurn([...chosen.slice(first), ...chosen.slice(0, first)]) };
  });
  const taken = inTurn(byDocument.map(({ path, drafts }) => drafts.map((draft) => ({ ...draft, paths: [path] }))));
  return unique(taken)
    .slice(0, Math.max(0, limit))
    .map((question, i) => ({ id: `${question.kind}-${i + 1}`, ...question }));
}

const FACT_KINDS = ['definition', 'figure', 'person'] as const;

/** How many documents have a title or heading of this name. */
function countHolders(documents: readonly DocumentContent[]): Map<string, number> {
  const holders = new Map<string, number>();
  for (const { title, headings } of documents) {
    for (const key of new Set([title, ...headings].map(keyOf))) holders.set(key, (holders.get(key) ?? 0) + 1);
  }
  return holders;
}

const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’.%€$£-]*/gu) ?? [];

/** File names and numbers name nothing that a person would ask for. */
function isName(text: string): boolean {
  const words = wordsOf(text);
  const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{4}/u.test(text);
  return (
    (words.length >= MIN_NAME_WORDS || isUnspaced) &&
    words.length <= MAX_NAME_WORDS &&
    /\p{L}{3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) &&
    !/[/\\{}<>=]|\.\w{2,4}$/.test(text)
  );
}

const definition =
  /^((?:The |An? )?\p{Lu}[\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]+){0,3}) (is|are|means|refers to) ((?:an?|the) .+)$/u;
/** The rules below are of English; a sentence of another language has none of these. */
const english = /\b(?:the|of|and|is|are|has|have|for|to)\b/;
const code = /[{}<>=|\\]|\/\*|\(\)|::|"""/;
const pronoun =
  /^(?:It|This|That|These|Those|There|He|She|They|We|You|I|Here|What|Which|Who|One|The (?:same|first|last|other|following))\b/u;
const money = /(?:[€$£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|£|euros?|dollars?|pounds|EUR|USD|GBP))/u;
const quantity =
  /(?<![\p{L}\d.,])(\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty) (\p{Ll}{3,}s)\b/u;
const person = /\b(?:by|to|from|ask|contact|call) (\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}{2,})\b/u;

/** A question that the sentence answers, with the words that answer it; null where no rule fits. */
function factOf(sentence: string): Draft | null {
  const words = wordsOf(sentence);
  if (words.length < MIN_SENTENCE_WORDS || words.length > MAX_SENTENCE_WORDS || pronoun.test(sentence)) return null;
  if (!english.test(sentence) || code.test(sentence)) return null;
  const passages = [sentence];
  const defined = definition.exec(sentence);
  if (defined?.[1]) {
    const verb = defined[2] === 'are' ? 'are' : 'is';
    return { kind: 'definition', question: `What ${verb} ${lowerArticle(defined[1])}?`, passages, answer: sentence };
  }
  const price = money.exec(sentence);
  if (price) return about('figure', 'How much', sentence, price[0], passages);
  const counted = quantity.exec(sentence);
  if (counted?.[2]) return about('figure', `How many ${counted[2]}`, sentence, counted[0], passages);
  const someone = person.exec(sentence);
  if (someone?.[1]) return about('person', 'Who', sentence, someone[1], passages);
  return null;
}

const lowerArticle = (text: string): string => text.replace(/^(?:The|An?) /, (article) => article.toLowerCase());

/** The words of the sentence that say most, without the answer; null where too few are left to know it by. */
function about(
  kind: Draft['kind'],
  opening: string,
  sentence: string,
  answer: string,
  passages: readonly string[],
): Draft | null {
  const left = wordsOf(sentence.replace(answer, ' '))
    .map((word) => word.replace(/[.'’-]+$/, ''))
    .filter(
      (word) =>
        word.length > 3 &&
        !/^(?:with|that|this|from|have|will|must|than|which|when|they|their|there|your|into|only|also|each|every|been|were|does)$/i.test(
          word,
        ),
    );
  const telling = left.slice(0, MAX_QUESTION_WORDS);
  return telling.length >= MIN_TELLING_WORDS
    ? { kind, question: `${opening}: ${telling.join(' ')}?`, passages, answer }
    : null;
}

/** First of each list, then second of each, and so on. */
function inTurn<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => (i < list.length ? [list[i] as Item] : [])),
  ).flat();
}

/** Fisher-Yates. */
function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j] as Item, shuffled[i] as Item];
  }
  return shuffled;
}

/** A question that two documents answer has one answer too many. */
function unique<Question extends { readonly question: string }>(questions: readonly Question[]): Question[] {
  const counts = new Map<string, number>();
  for (const { question } of questions) counts.set(keyOf(question), (counts.get(keyOf(question)) ?? 0) + 1);
  return questions.filter(({ question }) => counts.get(keyOf(question)) === 1);
}
