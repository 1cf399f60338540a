/** Characters before and after a value in which a word may say what it is. */
const BEFORE = 60;
const AFTER = 25;

/** Words of what is numbered and is nobody's. */
const OTHER_NUMBERS =
  /\b(?:order|invoice|receipt|tracking|shipment|isbn|issn|ean|upc|gtin|sku|part|serial|article|item|version|release|build|timestamp|doi|imei|ticket|case|reference|ref|commit|hash|sha\d*|md5|uuid|chapter|section|page|figure|table|job|batch|lot|model|catalog(?:ue)?|bestell\w*|auftrag\w*|rechnung\w*|sendung\w*|artikel\w*|teile\w*|serien\w*|vorgang\w*|kapitel|abschnitt|seite|commande|facture|colis|r[eé]f[eé]rence|pedido|factura|env[ií]o|ordine|fattura|bestelling|factuur|zam[oó]wieni\w*|faktura|ordernummer)\b/giu;

/**
 * How the words around a place speak for a value: 1 when one of `words` stands near and no other name of a number is
 * nearer, -1 when such a name stands before it, else 0. Looks at some ninety characters.
 */
export function wordsNear(text: string, span: { start: number; end: number }, words: RegExp): 1 | 0 | -1 {
  const before = text.slice(Math.max(0, span.start - BEFORE), span.start);
  if (!hasLetter(before) && !hasLetter(text.slice(span.end, span.end + AFTER))) return 0;
  const own = lastIndex(before, words);
  const other = lastIndex(before, OTHER_NUMBERS);
  if (own >= 0 && own >= other) return 1;
  if (other >= 0 && before.length - other <= 40) return -1;
  const after = text.slice(span.end, span.end + AFTER);
  const line = after.split('\n', 1)[0] as string;
  return saysOne(line, words) ? 1 : 0;
}

/** Whether one of the words stands within the characters before. */
export const isSaidBefore = (text: string, start: number, words: RegExp, reach = BEFORE): boolean =>
  saysOne(text.slice(Math.max(0, start - reach), start), words);

function lastIndex(text: string, words: RegExp): number {
  let found = -1;
  for (const { index } of text.matchAll(global(words))) found = index;
  return found;
}

/** Numbers stand among numbers mostly, and words take time to look for. */
const hasLetter = (text: string): boolean => /[A-Za-z\u00aa-\uffff]/.test(text);

const saysOne = (text: string, words: RegExp): boolean => hasLetter(text) && text.search(words) >= 0;

const globals = new WeakMap<RegExp, RegExp>();

function global(pattern: RegExp): RegExp {
  if (pattern.global) return pattern;
  const known = globals.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags}g`);
  globals.set(pattern, known);
  return known;
}

/**
 * Any of the words as a whole word, in any case; a word may end in `*` for what follows, a space is any white space. In
 * scripts without spaces between words it may stand in others.
 */
export const anyOf = (...words: readonly string[]): RegExp => {
  const sources = words.map((word) => ({
    isSpaced: !UNSPACED.test(word),
    source: word
      .replace(/[.+?^${}()|[\]\\/]/g, '\\$&')
      .replace(/\*/g, '[\\p{L}\\p{N}]{0,20}')
      .replace(/ /g, '[\\s._-]?'),
  }));
  const spaced = sources.filter(({ isSpaced }) => isSpaced).map(({ source }) => source);
  const others = sources.filter(({ isSpaced }) => !isSpaced).map(({ source }) => source);
  // One look at the letter before for all of them.
  const bounded = `(?<![\\p{L}\\p{N}])(?:${spaced.join('|')})(?![\\p{L}\\p{N}])`;
  return new RegExp([...(spaced.length > 0 ? [bounded] : []), ...others].join('|'), 'iu');
};

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
