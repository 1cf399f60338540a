/** Sentences with one thing made wrong, and others that say the same in another form. Independent of what checks them. */
export type Alteration =
  | 'number'
  | 'date'
  | 'name'
  | 'name of the passage'
  | 'negation put in'
  | 'negation left out'
  | 'opposite';

export const ALTERATIONS: readonly Alteration[] = [
  'number',
  'date',
  'name',
  'name of the passage',
  'negation put in',
  'negation left out',
  'opposite',
];

type Random = () => number;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const NUMBER = /(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w]|[.,]\d)/g;
const YEAR = /(?<![\w.,-])(?:1[5-9]\d\d|20[0-4]\d)(?![\w]|[.,]\d)/g;
const NUMBER_WORDS = 'two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty'.split(' ');
const PUT_IN =
  /\b(is|are|was|were|has|have|had|can|could|will|would|must|shall|should|may|might)\b(?! (?:not|never|no|been not)\b)(?= [a-z])/g;
const LEFT_OUT =
  /\b(?:(does|do|did|is|are|was|were|has|have|had|can|could|will|would|must|shall|should|may|might) not|(can)not|never|without)\b/g;
/** Written down apart from the table of the check. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['increased', 'decreased'],
  ['increase', 'decrease'],
  ['before', 'after'],
  ['more', 'less'],
  ['first', 'last'],
  ['largest', 'smallest'],
  ['higher', 'lower'],
  ['high', 'low'],
  ['north', 'south'],
  ['east', 'west'],
  ['northern', 'southern'],
  ['eastern', 'western'],
  ['at least', 'at most'],
  ['won', 'lost'],
  ['always', 'never'],
  ['all', 'none of the'],
  ['above', 'below'],
  ['opened', 'closed'],
  ['older', 'younger'],
  ['early', 'late'],
  ['male', 'female'],
  ['public', 'private'],
  ['major', 'minor'],
  ['began', 'ended'],
  ['allowed', 'forbidden'],
  ['included', 'excluded'],
  ['positive', 'negative'],
  ['significantly', 'insignificantly'],
  ['old', 'new'],
  ['father', 'mother'],
  ['son', 'daughter'],
  ['maximum', 'minimum'],
  ['longest', 'shortest'],
  ['likely', 'unlikely'],
  ['rise', 'fall'],
];
const CAPITALISED =
  /(?<![\w'’.-])(?:[A-Z][a-zà-ÿ]+|[A-Z]{2,})(?: (?:of |the |de |van )?(?:[A-Z][a-zà-ÿ]+|[A-Z]{2,}))*(?![\w'’-])/g;
const NO_NAMES = new Set(
  `The A An In On At It He She They This That These Those His Her Its Their There As For From With By When While After Before
  During Since Although However If But And Or Of To Not No We You I What Which Who How Why Where Some Most Many Each All Both One
  Also Such Another Other Then Thus Because Under Over Between Through Our Your My Only Mr Mrs Dr Monday Tuesday Wednesday Thursday
  Friday Saturday Sunday ${MONTHS.join(' ')}`.split(/\s+/),
);

/** Names of a text, without those that a capital at the start of a sentence makes likely to be none. */
export function namesOf(text: string): string[] {
  const names = new Set<string>();
  for (const match of text.matchAll(CAPITALISED)) {
    const words = match[0].split(' ');
    const startsSentence = /(?:^|[.!?:"“(\n]\s*)$/.test(text.slice(Math.max(0, match.index - 3), match.index));
    if (words.some((word) => NO_NAMES.has(word)) || (startsSentence && words.length === 1)) continue;
    names.add(match[0]);
  }
  return [...names];
}

type Source = {
  readonly sentence: string;
  /** Text of the passage that the sentence is of. */
  readonly passage: string;
  /** Texts of other passages. */
  readonly others: readonly string[];
};

/** The sentence with one thing made wrong, null where it has nothing of that kind. */
export function alter(kind: Alteration, source: Source, random: Random): string | null {
  const { sentence } = source;
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const replace = (match: RegExpMatchArray | undefined, by: (found: string) => string): string | null => {
    if (match?.index === undefined) return null;
    const changed = `${sentence.slice(0, match.index)}${by(match[0])}${sentence.slice(match.index + match[0].length)}`;
    return changed === sentence ? null : changed;
  };
  switch (kind) {
    case 'number': {
      const years = new Set([...sentence.matchAll(YEAR)].map(({ index }) => index));
      const figures = [...sentence.matchAll(NUMBER)].filter(
        ({ index }) => !years.has(index) && !isOfDate(sentence, index),
      );
      const words = [...sentence.matchAll(new RegExp(`\\b(?:${NUMBER_WORDS.join('|')})\\b`, 'g'))];
      const chosen = pick([...figures, ...words]);
      return replace(chosen, (found) =>
        /\d/.test(found) ? otherFigure(found, random) : pick(NUMBER_WORDS.filter((word) => word !== found))!,
      );
    }
    case 'date': {
      const months = [
        ...sentence.matchAll(
          new RegExp(`\\b(?:${MONTHS.join('|')})\\b(?= \\d)|(?<=\\d )\\b(?:${MONTHS.join('|')})\\b`, 'g'),
        ),
      ];
      const chosen = pick([...sentence.matchAll(YEAR), ...months]);
      return replace(chosen, (found) =>
        /\d/.test(found)
          ? String(Number(found) + pick([-12, -5, -3, -2, -1, 1, 2, 3, 5, 12])!)
          : pick(MONTHS.filter((month) => month !== found))!,
      );
    }
    case 'name':
    case 'name of the passage': {
      const own = namesOf(sentence);
      const name = pick(own);
      if (!name) return null;
      const pool = (kind === 'name' ? source.others : [source.passage]).flatMap(namesOf);
      const alike = pool.filter(
        (other) =>
          isAlike(other, name) &&
          !sentence.includes(other) &&
          !name.includes(other) &&
          (kind !== 'name' || !source.passage.includes(other)),
      );
      const other = pick(alike);
      return other ? sentence.replace(name, other) : null;
    }
    case 'negation put in':
      return replace(pick([...sentence.matchAll(PUT_IN)]), (found) => `${found} not`);
    case 'negation left out': {
      const chosen = pick(
        [...sentence.matchAll(LEFT_OUT)].filter(
          ({ index }) => !/^\s(?:only|just|merely)/.test(sentence.slice(index + 1)),
        ),
      );
      return replace(chosen, (found) =>
        found === 'never' ? 'always' : found === 'without' ? 'with' : found.replace(/ ?not$/, ''),
      );
    }
    case 'opposite': {
      const found = OPPOSITES.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]).filter(([a]) =>
        new RegExp(`\\b${a}\\b`).test(sentence),
      );
      const chosen = pick(found);
      return chosen ? sentence.replace(new RegExp(`\\b${chosen[0]}\\b`), chosen[1]) : null;
    }
  }
}

const isOfDate = (sentence: string, at: number): boolean =>
  new RegExp(`(?:${MONTHS.join('|')}) $`).test(sentence.slice(0, at)) ||
  new RegExp(`^\\d+ (?:${MONTHS.join('|')})`).test(sentence.slice(at));

const isAlike = (a: string, b: string): boolean =>
  Math.min(a.split(' ').length, 3) === Math.min(b.split(' ').length, 3) && /^[A-Z]{2}/.test(a) === /^[A-Z]{2}/.test(b);

function otherFigure(figure: string, random: Random): string {
  const digits = [...figure].flatMap((character, at) => (/\d/.test(character) ? [at] : []));
  const at = digits[Math.floor(random() * digits.length)]!;
  const least = at === digits[0] ? 1 : 0;
  const old = Number(figure[at]);
  let own = old;
  while (own === old) own = least + Math.floor(random() * (10 - least));
  return `${figure.slice(0, at)}${own}${figure.slice(at + 1)}`;
}

export type Paraphrase = 'form' | 'clause left out' | 'framed' | 'other words' | 'two in one';

export const PARAPHRASES: readonly Paraphrase[] = ['form', 'clause left out', 'framed', 'other words', 'two in one'];

const SYNONYMS: readonly (readonly [string, string])[] = [
  ['began', 'started'],
  ['also', 'as well'],
  ['because', 'since'],
  ['however', 'but'],
  ['show', 'indicate'],
  ['shows', 'indicates'],
  ['showed', 'demonstrated'],
  ['used', 'utilized'],
  ['located', 'situated'],
  ['known', 'called'],
  ['main', 'principal'],
  ['many', 'numerous'],
  ['large', 'big'],
  ['several', 'a number of'],
  ['such as', 'for example'],
  ['made', 'created'],
  ['often', 'frequently'],
  ['near', 'close to'],
  ['people', 'persons'],
  ['about', 'approximately'],
  ['must', 'have to'],
  ['need', 'require'],
  ['get', 'receive'],
  ['children', 'kids'],
  ['part', 'portion'],
  ['while', 'whereas'],
  ['became', 'turned into'],
  ['small', 'little'],
  ['important', 'significant'],
  ['usually', 'typically'],
  ['provide', 'give'],
  ['provides', 'gives'],
  ['found', 'discovered'],
  ['study', 'investigation'],
  ['various', 'different'],
];

/** The same said in another form, null where the sentence has no room for it. */
export function paraphrase(kind: Paraphrase, sentence: string, next: string | null): string | null {
  const changed = ((): string | null => {
    switch (kind) {
      case 'form':
        return otherForms(sentence);
      case 'clause left out':
        return sentence
          .replace(/\s?\([^()]{3,120}\)/g, '')
          .replace(/, (?:which|who|whose|where|including|such as)\b[^,.;]{8,120}(?:,(?= )|(?=\.$))/, '');
      case 'framed': {
        const body = /^(?:The|A|An|In|It|This|These|There|Employees|Each|All)\b/.test(sentence)
          ? `${sentence[0]!.toLowerCase()}${sentence.slice(1)}`
          : sentence;
        return `According to the documents, ${body}`;
      }
      case 'other words': {
        let text = sentence;
        for (const [word, other] of SYNONYMS) text = text.replace(new RegExp(`\\b${word}\\b`), other);
        return text;
      }
      case 'two in one':
        return next ? `${sentence.replace(/[.!]\s*$/, '')}, and ${next[0]!.toLowerCase()}${next.slice(1)}` : null;
    }
  })();
  return changed === sentence ? null : changed;
}

const otherForms = (sentence: string): string =>
  sentence
    .replace(/(?<![\w.,])(\d{1,3}),(\d{3})(?![\d,])/g, '$1$2')
    .replace(/(?<=\d)\s?%/g, ' percent')
    .replace(new RegExp(`\\b(${MONTHS.join('|')}) (\\d{1,2}),? (\\d{4})`, 'g'), '$2 $1 $3')
    .replace(/\b(do|does|did|is|are|was|were|has|have|had|could|would|should) not\b/g, "$1n't")
    .replace(/\bcannot\b/g, "can't")
    .replace(/(?<!-)\btwo\b(?!-)/g, '2')
    .replace(/(?<!-)\bthree\b(?!-)/g, '3')
    .replace(/(?<!-)\bfour\b(?!-)/g, '4')
    .replace(/(?<![\d.,$€£-]|[a-z] )\b10\b(?= [a-z])/g, 'ten')
    .replace(/\b(\d+) ([A-Z][a-z]+) (\d{4})\b/g, '**$1 $2 $3**');
