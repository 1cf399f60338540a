import { type FactQuestion, factQuestion, wordsOf } from './fact-question.ts';
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
  readonly kind: 'title' | 'heading' | 'definition' | 'figure' | 'person' | 'model';
};

type Draft = Omit<GeneratedQuestion, 'id' | 'paths'>;

/** Of one document, so that a long one does not make up the whole set. */
const MAX_PER_KIND = 3;

/** Shorter names stand for nothing or for many things; longer ones are sentences. */
const MIN_NAME_WORDS = 2;
const MAX_NAME_WORDS = 12;

/** Headings with fewer words of four letters or more say nothing without their title: "Day one". */
const MIN_TELLING_WORDS = 2;

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
      .filter((heading) => isKnown(heading) && !repeats(heading, title))
      .flatMap((heading): Draft[] => {
        const question = headingQuestion(heading, title);
        return question ? [{ kind: 'heading', question }] : [];
      });
    const facts = sentences.flatMap((sentence): FactQuestion[] => {
      const fact = factQuestion(sentence.replace(/\s+/g, ' ').trim());
      return fact ? [fact] : [];
    });
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

/** Words of headings that could stand over any text. */
const generic =
  /^(?:about|after|before|where|when|what|which|with|from|your|this|that|they|their|there|these|into|over|under|some|something|things?|today|later|notes?|small|numbers?|overview|general|other|further|more|questions?|answers?|introduction|summary|background|details?|examples?|changes?|related|references?|appendix|contents?|conclusions?|usage|installation|getting|started|features?|options?|description|parameters?|returns?|licen[cs]e|keep|mind|stands?|used|works?|runs?)$/i;

/** A heading as people look for it: without its number, and with the title where it says little by itself. */
function headingQuestion(heading: string, title: string): string | null {
  const plain = heading.trim().replace(/^(?:\d+(?:\.\d+)*[.)]?|[IVX]+\.)\s+|\s*[:：]+$/g, '');
  const telling = wordsOf(plain).filter((word) => word.length > 3 && !generic.test(word));
  if (telling.length >= MIN_TELLING_WORDS || isUnspaced(plain)) return plain;
  return isName(title) ? `${title.trim()}: ${plain}` : null;
}

/** One holds the other: "Retention (QS-023)" below "Retention". */
function repeats(heading: string, title: string): boolean {
  const [a, b] = [heading, title].map((text) => keyOf(text.replace(/\([^()]*\)/g, ' ')));
  return a === b || keyOf(heading) === keyOf(title);
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

const isUnspaced = (text: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{4}/u.test(text);

/** File names and numbers name nothing that a person would ask for. */
function isName(text: string): boolean {
  const words = wordsOf(text);
  return (
    (words.length >= MIN_NAME_WORDS || isUnspaced(text)) &&
    words.length <= MAX_NAME_WORDS &&
    /\p{L}{3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) &&
    !/[/\\{}<>=]|\.\w{2,4}$/.test(text)
  );
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
