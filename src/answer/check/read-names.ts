import { stopWords } from '../stop-words.ts';
import { foldText } from '../text-terms.ts';
import type { NameFact } from './facts.ts';

type Word = { readonly text: string; readonly span: { readonly start: number; readonly end: number } };

/** Addresses, paths, e-mail, versions, codes with digits, names of code. */
const IDENTIFIER =
  /(?:https?:\/\/|www\.)[^\s<>"')\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\p{L}\p{N}])v?\d+(?:\.\d+){2,}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}_./-])(?=[\p{L}\p{N}_./-]*\p{L})(?=[\p{L}_./-]*\p{N})[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*|(?<![\p{L}\p{N}_])\p{L}[\p{L}\p{N}]*(?:_[\p{L}\p{N}]+)+|(?<![\p{L}\p{N}_])\p{Ll}+(?:\p{Lu}\p{Ll}+)+/gu;
/** A figure with what it counts, an ordinal or a decade is no code. */
const AMOUNT =
  /^(?:\d+(?:[.,]\d+)*(?:st|nd|rd|th|er|s|x|k|m|g|h|bn|mn|mm|cm|km|kg|mg|kb|mb|gb|tb|kw|mw|ms|am|pm|min|hrs?|yrs?|[-–]\p{Ll}+(?:[-–]\p{Ll}+)*)|\d+(?:[-–/]\d+)+|\p{Ll}+-(?:1\d|20)\d\ds?)$/iu;
const CAPITALISED = /(?<![\p{L}\p{N}_])\p{Lu}[\p{L}\p{M}\p{N}]*(?:['’.&-]\p{L}[\p{L}\p{M}\p{N}]*)*/gu;
/** What may stand inside of a name; the words on either side of it are one name. */
const JOINT =
  /^(?:\s|\.\s|\s(?:of|de|del|della|di|da|dos|van|von|der|den|du|la|le|al|bin|ibn|y|&)\s(?:(?:the|la|der|den)\s)?)$/u;
/** And words that begin sentences with a capital and are empty. */
const TITLES = new Set(
  `mr mrs ms miss dr prof professor sir lord lady dame president minister mister herr frau monsieur madame senor senora
  st saint inc ltd corp gmbh co every another several both either`.split(/\s+/),
);
const KATAKANA = /[\p{Script=Katakana}ー]{2,}/gu;
const UNCASED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}]/u;

/** The names of a text, but for those within `isTaken`, in order. A language that capitalises nouns has names of two words only. */
export function readNames(text: string, isTaken: (start: number, end: number) => boolean): NameFact[] {
  const names: NameFact[] = [];
  const taken = new Uint8Array(text.length);
  const add = (words: readonly Word[], isIdentifier: boolean, isSure: boolean): void => {
    const span = { start: words[0]!.span.start, end: words.at(-1)!.span.end };
    names.push({ kind: 'name', text: text.slice(span.start, span.end), span, words, isIdentifier, isSure });
  };
  for (const match of text.matchAll(IDENTIFIER)) {
    const word = {
      text: match[0].replace(/[.,;:!?]+$/, ''),
      span: { start: match.index, end: match.index + match[0].length },
    };
    if (AMOUNT.test(word.text) || isTaken(word.span.start, word.span.end) || UNCASED.test(word.text)) continue;
    if (!/\p{L}|\d+\.\d+\.\d+/u.test(word.text)) continue;
    taken.fill(1, word.span.start, word.span.end);
    add([word], true, true);
  }
  for (const match of text.matchAll(KATAKANA)) {
    add([{ text: match[0], span: { start: match.index, end: match.index + match[0].length } }], false, true);
  }
  const nounsAreCapital = capitalisesNouns(text);
  let open: Word[] = [];
  const close = (): void => {
    const words = open.filter(({ text: own }) => !isEmpty(own));
    const [first] = words;
    if (first) {
      const atStart = startsSentence(text, first.span.start);
      const isAcronym = /^\p{Lu}{2}/u.test(first.text) && /\p{Ll}/u.test(text);
      const isSure =
        isAcronym || (nounsAreCapital ? words.length > 1 && open[0] === first : words.length > 1 || !atStart);
      add(words, false, isSure);
    }
    open = [];
  };
  for (const match of text.matchAll(CAPITALISED)) {
    const word = { text: match[0], span: { start: match.index, end: match.index + match[0].length } };
    if (taken[word.span.start] === 1 || isTaken(word.span.start, word.span.end)) continue;
    const previous = open.at(-1);
    if (previous && !JOINT.test(text.slice(previous.span.end, word.span.start))) close();
    open.push(word);
  }
  close();
  return names.sort((a, b) => a.span.start - b.span.start);
}

function isEmpty(word: string): boolean {
  const folded = foldText(word).replace(/['’]s$/, '');
  return TITLES.has(folded) || (stopWords.has(folded) && !/^\p{Lu}{2}/u.test(word)) || /^\p{Lu}$/u.test(word);
}

const startsSentence = (text: string, at: number): boolean =>
  /(?:^|[.!?:;•|*#>–—-]|["“„«([])\s*$/.test(text.slice(Math.max(0, at - 4), at)) || text.slice(0, at).trim() === '';

/** German, by its articles: there a capital says nothing about names. */
const capitalisesNouns = (text: string): boolean =>
  (
    text.match(
      /(?<![\p{L}])(?:der|die|das|den|dem|des|ein|eine|einen|einer|und|ist|nicht|für|mit|wird|werden|sind|auf|bei|im|von|zu)(?![\p{L}])/gu,
    ) ?? []
  ).length >= 2;
