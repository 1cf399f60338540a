/** A word of a text, made comparable. Positions are UTF-16 units of the text it was found in. */
export type Term = {
  /** Lower case, compatibility forms and accents folded. */
  readonly word: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
  /** Of a script that writes no spaces: compared as a part of the text, since word borders there are a guess. */
  readonly dense: boolean;
};

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ASCII = /^[\x00-\x7f]*$/;
/** Elided articles that stand before a word without a space: l'employé, dell'anno, qu'il. */
const ELIDED = /^(?:l|d|j|n|s|m|t|c|qu|un|dell|all|nell|sull|dall|jusqu|lorsqu|puisqu)['’](?=.)/u;

/** The words of a text in order, without punctuation. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    let at = index;
    // snake_case and camelCase are several words; the segmenter keeps them whole.
    for (const part of segment.split(/(_+|(?<=\p{Ll})(?=\p{Lu}))/u)) {
      const word = part === undefined ? '' : foldWord(part);
      if (word !== '' && !part.startsWith('_')) {
        terms.push({ word, stem: stemOf(word), start: at, end: at + part.length, dense: DENSE.test(word) });
      }
      at += part?.length ?? 0;
    }
  }
  return terms;
}

/** Lower case, without accents on Latin, Greek and Cyrillic letters, without elided articles and possessives. */
export function foldWord(word: string): string {
  return foldText(word)
    .replace(ELIDED, '')
    .replace(/['’]s?$/u, '');
}

/** As `foldWord`, for running text. Vowel signs of Indic scripts, Thai and others stay: without them words change. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, '')
    .replaceAll('ß', 'ss')
    .normalize('NFC')
    .toLowerCase();
}

/**
 * A light stem: plural, -ed and -ing, and the endings that German and Hindi nouns take by case. Conflates inflections, not
 * derivations; `matchTerm` is lenient about the rest. Source of the Hindi endings: Ramanathan and Rao, EACL 2003 workshop.
 */
export function stemOf(word: string): string {
  if (/^[a-z]+$/.test(word)) return stemLatin(word);
  if (/\p{Script=Devanagari}/u.test(word) && word.length > 3) {
    return word.replace(/(?:ियों|ियाँ|ियां|ाओं|ाएं|ाएँ|ों|ें|ीं|ी|ा|े|ो|ि|ु|ू)$/u, '');
  }
  if (/\p{Script=Hangul}/u.test(word) && word.length > 2) {
    return word.replace(
      /(?:에서는|으로는|에서|에게|으로|부터|까지|입니다|인가요|은|는|이|가|을|를|에|의|로|와|과|도|만)$/u,
      '',
    );
  }
  if (/\p{Script=Arabic}/u.test(word)) return stemArabic(word);
  return word;
}

/** Article, conjunction and common endings. Source: Larkey et al., "light10", SIGIR 2002. */
function stemArabic(word: string): string {
  const spelled = word.replace(/ى/g, 'ي').replace(/ة/g, 'ه');
  const bare = spelled.replace(/^و(?=..[^ ]{2})/u, '').replace(/^(?:[بكف]?ال|لل)(?=..)/u, '');
  return bare.replace(/(?<=...)(?:ها|ان|ات|ون|ين|يه|ه|ي)$/u, '');
}

function stemLatin(word: string): string {
  if (word.length < 4) return word;
  let stem = word;
  if (stem.endsWith('ies') && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (/[^sui]s$/.test(stem) || stem.endsWith('eis')) stem = stem.slice(0, -1);
  const base = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(stem)?.[1];
  if (base !== undefined && base.length >= 3) stem = base.replace(/([bdfgmnprt])\1$/, '$1');
  else if (stem.length > 5) stem = stem.replace(/(?:en|em)$/, '');
  return stem.length > 4 ? stem.replace(/e$/, '') : stem;
}

/** A text in which terms are looked for. */
export type TermIndex = {
  readonly stems: ReadonlySet<string>;
  readonly words: readonly Term[];
  readonly folded: string;
};

export function indexTerms(text: string): TermIndex {
  const words = termsOf(text);
  return { words, stems: new Set(words.map((term) => term.stem)), folded: foldText(text) };
}

/**
 * How far a text has a term, in [0, 1]: 1 the word or an inflection of it, less for a compound or a likely relative,
 * 0 nothing.
 */
export function matchTerm(term: Term, index: TermIndex): number {
  if (term.dense) return matchDense(term.word, index.folded);
  if (index.stems.has(term.stem)) return 1;
  if (/^\d/.test(term.word)) return 0;
  let best = 0;
  for (const other of index.words) {
    const likeness = likenessOf(term.stem, other.stem);
    if (likeness > best) best = likeness;
  }
  return best;
}

function matchDense(word: string, folded: string): number {
  if (folded.includes(word)) return 1;
  const characters = [...word];
  if (characters.length < 3) return 0;
  let found = 0;
  for (let at = 0; at + 1 < characters.length; at++) {
    if (folded.includes(`${characters[at]}${characters[at + 1]}`)) found++;
  }
  // Squared: half of the pairs of a word are more often another word than a variant.
  return 0.8 * (found / (characters.length - 1)) ** 2;
}

function likenessOf(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.charCodeAt(0) !== long.charCodeAt(0) && !long.endsWith(short)) return 0;
  const latin = short.charCodeAt(0) < 0x250;
  let shared = 0;
  while (shared < short.length && short.charCodeAt(shared) === long.charCodeAt(shared)) shared++;
  // Scripts whose words inflect more than English: a stem of three letters is enough when most of the word is shared.
  if (!latin) return shared >= 3 && shared >= 0.6 * long.length ? 0.8 : 0;
  if (shared >= 6 && shared >= 0.8 * long.length) return 0.8;
  // Compounds: Urlaub in Urlaubsantrag, reimburse in reimbursement.
  if (short.length >= 5 && (shared === short.length || long.endsWith(short))) return 0.6;
  return 0;
}
