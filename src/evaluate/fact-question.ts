/** A question that a sentence answers. */
export type FactQuestion = {
  readonly kind: 'definition' | 'figure' | 'person';
  readonly question: string;
  /** The sentence itself. */
  readonly passages: readonly [string];
  /** Its words that answer the question. */
  readonly answer: string;
};

/** Sentences outside of these lengths are fragments, or have too much in them to be known by it. */
const MIN_SENTENCE_WORDS = 6;
const MAX_SENTENCE_WORDS = 40;

/** Longer questions give the sentence away; the clause around the answer is asked for where it says enough. */
const MAX_QUESTION_WORDS = 18;

/** Words of four letters or more, beside the answer, without which the sentence cannot be known by its question. */
const MIN_TELLING_WORDS = 3;

/** The rules below are of English; a sentence of another language has none of these. */
const english = /\b(?:the|of|and|is|are|has|have|for|to)\b/;
const code = /[{}<>=|\\`]|\/\*|\(\)|::|"""|\]\(|https?:/;
/** A sentence or clause that begins so speaks of something that stands before it. */
const pointing =
  /^(?:It|Its|This|That|These|Those|There|He|She|They|We|You|I|His|Her|Their|Our|Your|My|Here|What|Which|Who|Whose|One|Both|Each of|Some|Others?|Such|Then|So|And|But|Or|Also|Besides|Otherwise|Instead|However|The (?:same|first|last|other|second|third|latter|former|following))\b/i;

/** Anywhere before the answer, of something that may stand in another sentence. */
const pronoun = /\b(?:it|this|that was|these|those|they|them|he|she|his|her)\b/i;
/** A clause that is none without the rest of its sentence. */
const dependent =
  /^(?:if|when|where|while|until|unless|because|since|as|though|although|after|before|which|who|whose|that|than|would|could|should|and|or|but|not|up to|above|below|within|for|to|of|in|on|at|by|with|from)\b/i;
/** Part of a range or share: "two or three goals", "two of three gauges". */
const partOfCount = /(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten))\s*(?:or|of|and|to|-|–)\s*$/i;

const definition =
  /^((?:The |An? )?\p{Lu}?[\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]+){0,3}) (is|are|means|refers to) ((?:an?|the) .+)$/u;
/** A name has no preposition but "of"; "instruments in the field" is half a sentence. */
const preposition = /\b(?:in|on|at|by|for|with|to|from|under|over|after|before|that|which|who|and|or|not|there)\b/i;
/** What is said to be one of these is not said what it is. */
const vague =
  /^(?:an?|the) (?:[\p{L}-]+ )?(?:matter|thing|reason|case|way|one|part|question|problem|point|enemy|exception|same|only|first|last|best|next|result|rest|other|most|least|longest|largest|main|responsibility)\b/u;

const money = /(?:[€$£]\s?\d[\d.,]*\d|[€$£]\s?\d|\d[\d.,]*\s?(?:€|£|euros?|dollars?|pounds|EUR|USD|GBP))/u;
/** Not behind a capital word: "the Otter 2 loses" counts nothing. */
const quantity =
  /(?<![\p{L}\d.,\-/]|\p{Lu}[\p{L}\p{N}-]*\s)(\d+(?:[.,]\d+)*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty) (\p{Ll}{3,}s)\b/u;
/** Endings of verbs, and plurals that count nothing by themselves. */
const noPlural =
  /^(?:is|was|has|does|goes|loses|uses|makes|takes|gives|gets|sets|ones|others|its|this|thus|plus|less|whereas|always|perhaps|besides|sometimes|across|towards|versus|unless|as)$/;
const deed =
  /\b((?:led|headed|chaired|approved|signed|managed|written|founded|invented|run|designed|edited|directed|commanded|appointed|succeeded|followed|replaced) by|goes to|go to|reports? to|ask|contact|call) (\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)(?![\p{L}-])/u;
const noPerson =
  /\b(?:Department|Board|Team|Committee|Council|Office|University|Company|Institute|Support|Services?|Desk|Group|Bank|Union|Agency|Ministry|Court|House|Street|Road|City|North|South|East|West|New|The|\p{L}+ing)\b/u;

/**
 * A question that the sentence answers, with its words where the answer stood replaced by a question word: "The drill
 * lasts at most how many minutes?" Null where no rule fits, or where the question would not tell which sentence is meant.
 */
export function factQuestion(sentence: string): FactQuestion | null {
  const words = wordsOf(sentence);
  if (words.length < MIN_SENTENCE_WORDS || words.length > MAX_SENTENCE_WORDS || pointing.test(sentence)) return null;
  if (!english.test(sentence) || code.test(sentence) || !/^["“‘'(]?[\p{L}\p{N}]/u.test(sentence)) return null;
  return definitionOf(sentence) ?? figureOf(sentence) ?? personOf(sentence);
}

function definitionOf(sentence: string): FactQuestion | null {
  const [, name = '', verb, predicate = ''] = definition.exec(sentence) ?? [];
  if (!verb || !/\p{L}{2}/u.test(name) || preposition.test(name) || vague.test(predicate)) return null;
  const isPlural = verb === 'are';
  // Capital only because the sentence begins with it.
  const isCommon = isPlural && /^\p{Lu}\p{Ll}+$/u.test(name);
  const subject = isCommon ? name.toLowerCase() : name.replace(/^(?:The|An?) /, (article) => article.toLowerCase());
  const question = `What ${isPlural ? 'are' : 'is'} ${subject}?`;
  return { kind: 'definition', question, passages: [sentence], answer: sentence };
}

function figureOf(sentence: string): FactQuestion | null {
  const price = money.exec(sentence);
  if (price) return asked(sentence, 'figure', { index: price.index, text: price[0], by: 'how much' });
  const counted = quantity.exec(sentence);
  const [text, , what = ''] = counted ?? [];
  if (!counted || text === undefined || noPlural.test(what)) return null;
  return asked(sentence, 'figure', { index: counted.index, text, by: `how many ${what}` });
}

function personOf(sentence: string): FactQuestion | null {
  const found = deed.exec(sentence);
  const [whole = '', , name = ''] = found ?? [];
  if (!found || noPerson.test(name)) return null;
  return asked(sentence, 'person', { index: found.index + whole.length - name.length, text: name, by: 'whom' });
}

type Replaced = { readonly index: number; readonly text: string; readonly by: string };

function asked(sentence: string, kind: FactQuestion['kind'], { index, text, by }: Replaced): FactQuestion | null {
  const before = sentence.slice(0, index);
  const after = sentence.slice(index + text.length);
  if (pronoun.test(before) || partOfCount.test(before)) return null;
  for (const clause of clausesAround(before, after)) {
    const isWhole = clause.before === before && clause.after === after;
    const rest = `${clause.before} ${clause.after}`;
    const beginning = `${clause.before}${by}`.trim();
    if (!isWhole && (dependent.test(beginning) || pointing.test(beginning))) continue;
    if (wordsOf(rest).filter((word) => word.length > 3).length < MIN_TELLING_WORDS) continue;
    const question = tidy(`${clause.before}${by}${clause.after}`);
    if (wordsOf(question).length > MAX_QUESTION_WORDS) return null;
    return { kind, question, passages: [sentence], answer: text.replace(/[.,]+$/, '') };
  }
  return null;
}

/** From the clause that the answer stands in to the whole sentence. */
function clausesAround(before: string, after: string) {
  const border = /[;:–—]\s|,\s/g;
  const starts = [...before.matchAll(border)].map((match) => match.index + match[0].length).reverse();
  const ends = [...after.matchAll(border)].map((match) => match.index);
  const start = starts[0] ?? 0;
  const end = ends[0] ?? after.length;
  return [
    { before: before.slice(start), after: after.slice(0, end) },
    { before, after: after.slice(0, end) },
    { before, after },
  ];
}

const tidy = (text: string): string => {
  const plain = text
    .replace(/[*_]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s.,;:!?–—-]+$/, '');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}?`;
};

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’.%€$£-]*/gu) ?? [];
