import type { DocumentConditions } from '../../domain/search.ts';
import { documentType } from './document-type.ts';
import { isoMoment, lastMomentBefore, periodOfIsoDate } from './period.ts';
import { questionStart } from './query-kind.ts';

/** A condition on documents as it stood in the query. */
export type QueryFilter = {
  readonly written: string;
  readonly conditions: DocumentConditions;
  /** True for `-type:pdf`: the documents that it names are left out. */
  readonly negated: boolean;
};

export type Operators = {
  /** The query without operators. */
  readonly rest: string;
  readonly filters: readonly QueryFilter[];
  /** Words and phrases that a passage must not have. */
  readonly excluded: readonly string[];
  /** What looks like an operator and was read as words: `since:soon`, a word with a dash at the end of a sentence. */
  readonly unread: readonly string[];
};

/** More operators than anybody types; what follows them is words. */
const MAX_OPERATORS = 32;

/** Quotes come first, so that nothing inside of them is an operator. */
const piece =
  /(?<=^|\s)(?<sign>-?)(?<key>[A-Za-z]{2,10}):(?:"(?<quotedValue>[^"]{1,400})"|(?<value>[^\s"“”„«»]{1,400}))(?=\s|$)|(?<=^|\s)-(?:"(?<excludedPhrase>[^"]+)"|“(?<excludedCurly>[^”]+)”|(?<excludedWord>\p{L}[^\s"“”„«»]*))(?=\s|$)|"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»/gu;

/** `--flag`, `-n`, `a | b` and the names of programs: there a word with a dash is an option. */
const commandLine =
  /(?:^|\s)(?:--[A-Za-z0-9]|-[A-Za-z0-9]{1,2}(?=\s|$)|\|(?=\s|$)|(?:tar|grep|ls|chmod|chown|ps|ssh|curl|wget|sed|awk|gcc|kubectl|rsync|ffmpeg) -)/;

/** `-also known as-`: dashes in a pair are punctuation. */
const pairedDash = /\p{L}-(?=\s|$)/u;

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const hasWord = /[\p{L}\p{N}]/u;

/** `-n` and `-rn` are options of programs; words that are left out have more letters. */
const MIN_EXCLUDED_LENGTH = 3;

/**
 * Takes `type:pdf path:docs/ tag:x symbol:name lang:de kind:invoice in:collection since:2024-03 before:2024-06 until: after:`, each also with a dash
 * before it, and `-word` and `-"a phrase"` out of a query. Whatever is none of these with certainty stays as words:
 * other prefixes, values that are no date, dashes before digits, inside of words, and on command lines; in a sentence,
 * words with a dash that stand before its end. `literal` names pieces that are words this time.
 */
export function readOperators(text: string, literal: ReadonlySet<string> = new Set()): Operators {
  const filters: QueryFilter[] = [];
  const excluded: string[] = [];
  const unread: string[] = [];
  const areDashesWords = commandLine.test(text) || pairedDash.test(text);
  let count = 0;
  let rest = '';
  let from = 0;
  for (const match of text.matchAll(piece)) {
    const { sign, key, quotedValue, value, excludedPhrase, excludedCurly, excludedWord } = match.groups ?? {};
    const [written] = match;
    if (count >= MAX_OPERATORS || literal.has(written)) continue;
    if (key !== undefined) {
      const conditions = conditionsOf(key.toLowerCase(), (quotedValue ?? value) as string);
      if (!conditions) {
        if (dateKeys.has(key.toLowerCase())) unread.push(written);
        continue;
      }
      filters.push({ written, conditions, negated: sign === '-' });
    } else if (excludedWord !== undefined) {
      if (areDashesWords || !isExcludable(excludedWord, text, match.index)) {
        if (!areDashesWords && endsInDashes(text, match.index)) unread.push(written);
        continue;
      }
      excluded.push(excludedWord);
    } else {
      const phrase = excludedPhrase ?? excludedCurly;
      if (phrase === undefined || !hasWord.test(phrase)) continue;
      excluded.push(phrase.trim());
    }
    count++;
    rest += text.slice(from, match.index);
    // What is defined is also what is looked for.
    if (key?.toLowerCase() === 'symbol' && sign === '') rest += quotedValue ?? value;
    from = match.index + written.length;
  }
  rest = `${rest}${text.slice(from)}`.replace(/\s+/g, ' ').trim();
  // "Everything but this" is no search; the words of it are.
  if (excluded.length > 0 && !hasWord.test(rest)) return readOperators(text, new Set([...literal, ...negatives(text)]));
  return { rest: count === 0 ? text : rest, filters, excluded, unread };
}

const dateKeys: ReadonlySet<string> = new Set(['since', 'after', 'before', 'until']);

/** Whether only words with a dash stand from here on. */
const endsInDashes = (text: string, index: number): boolean =>
  /^(?:\s*-\p{L}[\p{L}\p{N}\p{M}]{2,})+\s*$/u.test(text.slice(index));

const negatives = (text: string): string[] =>
  [...text.matchAll(piece)].flatMap(([written, , key]) =>
    written.startsWith('-') && key === undefined ? [written] : [],
  );

function isExcludable(word: string, text: string, index: number): boolean {
  if (word.length < MIN_EXCLUDED_LENGTH && !unspaced.test(word)) return false;
  // `-aside-` and `-a/b` are no words that are left out.
  if (!/[\p{L}\p{N}\p{M}]$/u.test(word) || /[/\\=()]/.test(word)) return false;
  const before = text.slice(0, index);
  const questionEnd = before.lastIndexOf('?');
  const isSentence = questionStart.test(text) || before.trim().split(/\s+/).length > MAX_WORDS_BEFORE;
  return !isSentence || questionEnd >= 0;
}

/** After more words than a search has, a dash is punctuation. */
const MAX_WORDS_BEFORE = 7;

const typeName = /^\.?[A-Za-z0-9][A-Za-z0-9.+-]{0,11}$/;
const collectionName = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** `parse`, `Parser.parse`, `std::vector`, `Parser#parse`. */
const symbolName = /^[\p{L}_$~@][\p{L}\p{M}\p{N}_$.:#~-]{0,119}$/u;

const languageCode = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?$/;
const kindName = /^[A-Za-z]{2,20}$/;

/** Null where the key is unknown or its value makes no sense, so that `std::vector` and `note:x` stay words. */
function conditionsOf(key: string, value: string): DocumentConditions | null {
  const values = value.split(',').filter((each) => each !== '');
  if (values.length === 0) return null;
  switch (key) {
    case 'type':
      return values.every((each) => typeName.test(each)) ? { types: values.map(documentType) } : null;
    case 'path':
      return value.startsWith(':') ? null : { paths: [value] };
    case 'tag':
      return values.some((each) => each.startsWith(':')) ? null : { tags: values };
    case 'symbol':
      return values.every((each) => symbolName.test(each)) ? { symbols: values } : null;
    case 'lang':
    case 'language':
      return values.every((each) => languageCode.test(each)) ? { languages: values } : null;
    case 'kind':
      return values.every((each) => kindName.test(each)) ? { kinds: values } : null;
    case 'in':
    case 'collection':
      return values.every((each) => collectionName.test(each)) ? { collections: values } : null;
    default:
      return datesOf(key, value);
  }
}

function datesOf(key: string, value: string): DocumentConditions | null {
  const period = periodOfIsoDate(value);
  if (!period) return null;
  if (key === 'since') return { since: isoMoment(period.first) };
  if (key === 'after') return { since: isoMoment(period.after) };
  if (key === 'before') return { until: lastMomentBefore(period.first) };
  return key === 'until' ? { until: lastMomentBefore(period.after) } : null;
}
