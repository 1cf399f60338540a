import { identifierWords } from '../../../src/domain/identifier-words.ts';
import type { CodeSymbol } from '../../../src/parse/code/types.ts';

export type CodeQuestion = {
  readonly kind: 'name' | 'words' | 'documentation';
  readonly text: string;
  readonly language: string;
  readonly documentId: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly definedAt: number;
};

type Found = {
  readonly symbol: CodeSymbol;
  readonly text: string;
  readonly language: string;
  readonly path: string;
  readonly documentId: string;
};

/** Shorter names are words of everyday, shorter sentences say nothing of their own. */
const MIN_NAME_LENGTH = 4;
const MIN_SENTENCE_WORDS = 5;

/** Questions for each definition that can be told apart by its name, or by that and its holder's. */
export function questionsOf(found: readonly Found[]): CodeQuestion[] {
  const named = found.filter(({ symbol }) => symbol.kind !== 'test' && symbol.kind !== 'constant');
  const calledSo = countBy(named, ({ symbol }) => lastName(symbol));
  const calledSoThere = countBy(named, ({ symbol }) => fullName(symbol));
  return named.flatMap((each): CodeQuestion[] => {
    const { symbol, text, language, path, documentId } = each;
    const last = lastName(symbol);
    if (last.length < MIN_NAME_LENGTH || !/^[\p{L}_$][\p{L}\p{N}_$.:-]*$/u.test(last)) return [];
    const place = { language, documentId, path, definedAt: symbol.definedAt, line: lineOf(text, symbol.definedAt) };
    const questions: CodeQuestion[] = [];
    const name = calledSo.get(last) === 1 ? last : calledSoThere.get(fullName(symbol)) === 1 ? fullName(symbol) : null;
    if (name !== null) {
      questions.push({ ...place, kind: 'name', text: name });
      const words = identifierWords(name);
      if (identifierWords(last).length > 1) questions.push({ ...place, kind: 'words', text: words.join(' ') });
    }
    const sentence =
      symbol.documentation && firstSentence(text.slice(symbol.documentation.start, symbol.documentation.end), last);
    if (sentence) questions.push({ ...place, kind: 'documentation', text: sentence });
    return questions;
  });
}

const lastName = ({ path }: CodeSymbol): string => path.at(-1) ?? '';
const fullName = ({ path }: CodeSymbol): string => path.slice(-2).join('.');

/** The first sentence of a comment without its marks and without the name; null when it is too short to be one. */
function firstSentence(comment: string, name: string): string | null {
  const plain = comment
    .replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/+!?|#+|--+|"""|'''|[rRuUbB]?["']{1,3})/gm, '')
    .replace(/\*\/|"""|'''|<[^>]{1,40}>|\{@\w+\s|[`}]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = plain.split(/(?<=[.!?:])\s|\s@\w+|\s:param/)[0] ?? '';
  const without = sentence.split(' ').filter((word) => !word.toLowerCase().includes(name.toLowerCase()));
  return without.length >= MIN_SENTENCE_WORDS ? without.join(' ').slice(0, 300) : null;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;
