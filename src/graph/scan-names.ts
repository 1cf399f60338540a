import { CharacterClass, classOf } from './character-class.ts';
import { kindOfName } from './kind-rules.ts';
import {
  abbreviations,
  connectors,
  emptyNames,
  honorifics,
  looseConnectors,
  months,
  sentenceStarters,
} from './name-words.ts';
import type { Occurrence } from './occurrence.ts';
import { numberAt } from './scan-numbers.ts';

/** A longer run of capitalised words is a heading or a line in title case, not a name. */
const MAX_WORDS = 9;
const MAX_QUOTED_LENGTH = 70;
const MAX_WORD_LENGTH = 64;
/** Lines of at least this length are broken by an editor, not by the author. */
const WRAPPED_LENGTH = 50;
const numberWords =
  /^(?:Q[1-4]|Invoice|Rechnung|Ticket|Order|Case|Contract|Bestellung|Vertrag|Facture|ISO|IEC|IEEE|RFC|DIN|EN|ANSI|NIST|ITU|ECMA|PEP|BS|CVE|US|[A-Z][A-Z0-9]{1,9})(?:-\d.*)?$/;

type Word = { readonly start: number; readonly end: number; readonly isCapital: boolean; readonly isInner: boolean };

export type NameScan = {
  readonly occurrences: Occurrence[];
  /** Single words that begin a sentence: names only if they stand inside a sentence elsewhere. */
  readonly doubtful: Occurrence[];
};

/**
 * Runs of capitalised words, with what joins them, numbers with their units, and quoted titles. `claimed` are spans
 * in order that belong to links and addresses: nothing is looked for inside them.
 */
export function scanNames(text: string, claimed: readonly Occurrence[]): NameScan {
  const occurrences: Occurrence[] = [];
  const doubtful: Occurrence[] = [];
  let run: Word[] = [];
  let runBegins = false;
  let before = '';
  let previousEnd = -1;
  let previous = '';
  let next = 0;

  const close = (): void => {
    if (run.length > 0) emitRun(text, run, runBegins, before, occurrences, doubtful);
    run = [];
  };

  let position = 0;
  let begins = true;
  while (position < text.length) {
    const claim = claimed[next];
    if (claim && position >= claim.start) {
      close();
      position = Math.max(position, claim.end);
      previousEnd = -1;
      begins = false;
      next++;
      continue;
    }
    const unit = text.charCodeAt(position);
    const kind = classOf(unit);
    if (kind === CharacterClass.other || kind === CharacterClass.mark || kind === CharacterClass.space) {
      if (unit === 46 || unit === 33 || unit === 63) begins ||= endsSentence(text, position, previous);
      else if (unit === 34 || unit === 0x201c || unit === 0x201e || unit === 0xab) {
        const quoted = quotedTitle(text, position);
        if (quoted) {
          close();
          occurrences.push(quoted);
          position = quoted.end;
          previousEnd = -1;
          begins = false;
        }
      } else if (
        (unit === 36 || unit === 0x20ac || unit === 0xa3 || unit === 0xa5 || unit === 0x20b9) &&
        position + 1 < text.length
      ) {
        const amount = numberAt(text, position);
        if (amount) {
          close();
          occurrences.push(amount);
          position = amount.end;
          continue;
        }
      } else if (unit === 35 && classOf(text.charCodeAt(position + 1) || 32) === CharacterClass.digit) {
        const number = numberAt(text, position);
        if (number) occurrences.push(number);
      }
      position++;
      continue;
    }
    if (kind === CharacterClass.newline) {
      if (run.length > 0 && !isWrapped(text, position)) close();
      if (!isWrapped(text, position)) begins = true;
      position++;
      continue;
    }
    if (kind === CharacterClass.caseless) {
      close();
      position++;
      begins = false;
      continue;
    }
    if (kind === CharacterClass.digit) {
      const number = numberAt(text, position);
      if (number) {
        close();
        occurrences.push(number);
        position = number.end;
        previousEnd = -1;
        begins = false;
        continue;
      }
    }
    const end = wordEnd(text, position);
    const isJoined = run.length > 0 && joins(text, previousEnd, position, previous);
    if (run.length > 0 && !isJoined) close();
    if (kind === CharacterClass.upper) {
      const word = text.slice(position, end);
      if (numberWords.test(word) || months.has(word.toLowerCase())) {
        const number = numberAt(text, position);
        if (number) {
          close();
          occurrences.push(number);
          position = number.end;
          previousEnd = -1;
          begins = false;
          continue;
        }
      }
      if (run.length === 0) {
        runBegins = begins;
        before = previousEnd >= 0 && position - previousEnd <= 2 ? previous : '';
      }
      run.push({ start: position, end, isCapital: true, isInner: !begins });
      previous = word;
    } else {
      const word = text.slice(position, end);
      const follows = run.length > 0 && (kind === CharacterClass.digit ? end - position <= 4 : connectors.has(word));
      if (run.length > 0 && !follows) close();
      else if (follows) run.push({ start: position, end, isCapital: kind === CharacterClass.digit, isInner: true });
      if (kind === CharacterClass.lower && isCodeWord(text, position, end)) {
        occurrences.push({ start: position, end, kind: 'symbol' });
      }
      previous = word;
    }
    previousEnd = end;
    position = end;
    begins = false;
  }
  close();
  return { occurrences, doubtful };
}

/** Letters, digits, marks, underscores; an apostrophe, hyphen or ampersand between letters. */
function wordEnd(text: string, start: number): number {
  let position = start + 1;
  for (; position < text.length; position++) {
    const unit = text.charCodeAt(position);
    const kind = classOf(unit);
    if (kind >= CharacterClass.lower && kind !== CharacterClass.caseless) continue;
    if (unit === 95) continue;
    if (unit === 39 || unit === 0x2019 || unit === 45 || unit === 38) {
      const after = classOf(text.charCodeAt(position + 1) || 32);
      if (
        after === CharacterClass.lower ||
        after === CharacterClass.upper ||
        (unit === 45 && after === CharacterClass.digit)
      )
        continue;
    }
    break;
  }
  return position;
}

function joins(text: string, from: number, to: number, previous: string): boolean {
  if (from < 0) return false;
  const gap = text.slice(from, to);
  if (gap === ' ' || gap === '\n' || gap === '  ' || gap === ' & ') return true;
  return gap === '. ' && (previous.length === 1 || abbreviations.has(previous.toLowerCase()));
}

/** A full stop ends no sentence after an initial or an abbreviation, or inside a number or a name. */
function endsSentence(text: string, position: number, previous: string): boolean {
  const after = classOf(text.charCodeAt(position + 1) || 10);
  if (after >= CharacterClass.lower) return false;
  return !(text.charCodeAt(position) === 46 && (previous.length === 1 || abbreviations.has(previous.toLowerCase())));
}

/** A line break inside a paragraph of long lines is a space. */
function isWrapped(text: string, position: number): boolean {
  if (text.slice(Math.max(0, position - WRAPPED_LENGTH), position).includes('\n') || position < WRAPPED_LENGTH)
    return false;
  const after = classOf(text.charCodeAt(position + 1) || 10);
  return after === CharacterClass.lower || after === CharacterClass.upper;
}

function isCodeWord(text: string, start: number, end: number): boolean {
  if (end - start < 4 || end - start > MAX_WORD_LENGTH) return false;
  let parts = 0;
  for (let i = start + 1; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 39 || unit === 0x2019 || unit === 45) return false;
    if ((unit === 95 && i + 1 < end) || classOf(unit) === CharacterClass.upper) parts++;
  }
  return parts > 0;
}

const quotePairs: Readonly<Record<string, string>> = {
  '"': '"',
  '\u201c': '\u201d',
  '\u201e': '\u201c',
  '\u00ab': '\u00bb',
};

/** What stands in quotation marks and is written as titles are. */
function quotedTitle(text: string, position: number): Occurrence | null {
  const length = text
    .slice(position + 1, position + 1 + MAX_QUOTED_LENGTH)
    .indexOf(quotePairs[text[position] as string] as string);
  if (length < 2) return null;
  const close = position + 1 + length;
  const inner = text.slice(position + 1, close).replace(/[,.]$/, '');
  if (!/^[\p{Lu}\p{N}]/u.test(inner) || /[.?!;:\n] /.test(inner) || inner.includes('\n')) return null;
  const words = inner.split(' ');
  const capitals = words.filter(
    (word) => /^[\p{Lu}\p{N}]/u.test(word) || connectors.has(word) || sentenceStarters.has(word),
  );
  if (words.length > MAX_WORDS || capitals.length < words.length) return null;
  return { start: position + 1, end: position + 1 + inner.length, kind: 'work' };
}

function emitRun(
  text: string,
  run: Word[],
  begins: boolean,
  before: string,
  occurrences: Occurrence[],
  doubtful: Occurrence[],
): void {
  let first = 0;
  let last = run.length - 1;
  const wordAt = (i: number): string => text.slice(run[i]?.start, run[i]?.end);
  while (last >= first && !run[last]?.isCapital) last--;
  let stripped = false;
  let honorific = '';
  while (
    first <= last &&
    (!run[first]?.isCapital ||
      (isSentenceStarter(wordAt(first)) &&
        !isAllCapitals(wordAt(first)) &&
        (begins || first > 0 || first === last || !romanceArticles.has(wordAt(first)))))
  ) {
    first++;
    stripped = true;
  }
  if (first < last && honorifics.has(wordAt(first).toLowerCase())) {
    honorific = wordAt(first);
    first++;
  }
  if (first > last || last - first >= MAX_WORDS) return;
  const start = run[first]?.start as number;
  const end = run[last]?.end as number;
  if (end - start < 2) return;
  const name = text.slice(start, end).replace(/['’]s$/, '');
  const found = {
    start,
    end: start + name.length,
    kind: kindOfName(name, (honorific || (stripped ? '' : before)).toLowerCase(), wordAfter(text, start + name.length)),
  };
  if (first === last) {
    const isOwn = /^\p{Lu}[\p{Lu}\p{N}&]+$|\p{Ll}\p{Lu}|\d|_/u.test(name);
    if (/^\d/.test(name) || name.length < 2 || isEmptyName(name)) return;
    (begins && first === 0 && !isOwn ? doubtful : occurrences).push(found);
    return;
  }
  const join = run.findIndex((_, i) => i > first && i < last && looseConnectors.has(wordAt(i)));
  const capitalsOf = (part: readonly Word[]): number => part.filter(({ isCapital }) => isCapital).length;
  const [left, right] =
    join < 0 ? [run.slice(first, last + 1), []] : [run.slice(first, join), run.slice(join + 1, last + 1)];
  const areTwo = capitalsOf(left) > 1 && capitalsOf(right) > 1 && right[0]?.isCapital === true;
  const isEmpty = run.slice(first, last + 1).every(({ start, end }) => isEmptyPart(text.slice(start, end)));
  if (!areTwo && !isEmpty) occurrences.push(found);
  if (join < 0) return;
  emitPart(text, left, occurrences);
  emitPart(text, right, occurrences);
}

const isEmptyPart = (word: string): boolean => isEmptyName(word) || connectors.has(word) || /^\d+$/.test(word);

/** "Simon and Garfunkel" is also "Simon" and "Garfunkel"; two full names are two only. */
function emitPart(text: string, run: readonly Word[], occurrences: Occurrence[]): void {
  const capitals = run.filter(({ isCapital }) => isCapital);
  const start = capitals[0]?.start ?? 0;
  const end = capitals.at(-1)?.end ?? 0;
  const name = text.slice(start, end).replace(/['’]s$/, '');
  if (name.length < 3 || (capitals.length === 1 && (sentenceStarters.has(name.toLowerCase()) || isEmptyName(name))))
    return;
  occurrences.push({ start, end: start + name.length, kind: kindOfName(name, '', '') });
}

const isEmptyName = (name: string): boolean => emptyNames.has(name.toLowerCase().replaceAll('’', "'"));

/** The word that follows in the same sentence, in lower case, or empty. */
function wordAfter(text: string, end: number): string {
  if (text.charCodeAt(end) !== 32 || classOf(text.charCodeAt(end + 1)) !== CharacterClass.lower) return '';
  return text.slice(end + 1, wordEnd(text, end + 1)).toLowerCase();
}

const isAllCapitals = (word: string): boolean => word.length > 1 && word === word.toUpperCase();

/** Inside a sentence they begin a name: Los Angeles, La Paz. */
const romanceArticles = new Set(['Los', 'Las', 'El', 'La', 'Le', 'Les', 'Il', 'Lo']);

/** As it stands, or before an apostrophe: "He'd", "That's". */
const isSentenceStarter = (word: string): boolean => sentenceStarters.has(word.toLowerCase().replace(/['’].*$/, ''));
