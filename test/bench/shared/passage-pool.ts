import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBeir, readBeir } from '../../../src/evaluate/read-beir.ts';
import { randomFrom } from './random.ts';

export type Passage = { readonly title: string; readonly text: string };

/** Short enough to be one chunk each, so that a number of passages is a number of chunks. In UTF-16 units. */
const MAX_PASSAGE_LENGTH = 1200;

/** Scripts whose words have spaces: the vectors of others say nothing, and their searches cost less. */
const isSpaced = (text: string): boolean => !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);

/**
 * Distinct passages and questions of the collections in BEIR layout below a folder, a passage of each in turn, so that
 * a small pool is a mixture like a large one.
 */
export function readPassagePool(root: string): { readonly passages: Passage[]; readonly questions: string[] } {
  const folders = existsSync(root)
    ? readdirSync(root)
        .map((name) => join(root, name))
        .filter(isBeir)
    : [];
  const sets = folders.map(readBeir);
  const seen = new Set<string>();
  const passages = inTurn(sets.map(({ documents }) => documents)).flatMap(({ title, text }) => {
    const cut = cutAtWord(text);
    if (cut.length < 40 || !isSpaced(cut) || seen.has(cut)) return [];
    seen.add(cut);
    return [{ title, text: cut }];
  });
  const questions = inTurn(sets.map(({ queries }) => queries)).flatMap(({ text }) => (isSpaced(text) ? [text] : []));
  return { passages, questions };
}

function cutAtWord(text: string): string {
  if (text.length <= MAX_PASSAGE_LENGTH) return text.trim();
  const end = text.lastIndexOf(' ', MAX_PASSAGE_LENGTH);
  return text.slice(0, end > 0 ? end : MAX_PASSAGE_LENGTH).trim();
}

function inTurn<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

/** Names that one generated passage says, besides its own. */
const NAMES_PER_PASSAGE = 4;

/** Ranks of words and of names follow Zipf's law, as those of any language do. */
const ZIPF_EXPONENT = 1.05;

/**
 * Passages of words of the built-in vocabulary about people who name each other, so that the graph has work: each is
 * titled with a name of its own, and says some of the others. The same for the same seed.
 */
export function generatePassages(count: number, seed = 1): Passage[] {
  const random = randomFrom(seed);
  const words = readFileSync(new URL('../../../src/embed/builtin/vocab.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((piece) => /^[a-z]{3,}$/.test(piece));
  const pickWord = zipf(words.length, random);
  const pickName = zipf(Math.max(1, count), random);
  const wordAt = (i: number): string => words[i % words.length] as string;
  // Two words of the long tail: no two numbers give the same name below the square of their count.
  const nameOf = (i: number): string =>
    `${capital(wordAt(3000 + (i % 4001)))} ${capital(wordAt(7001 + ((i * 7 + Math.floor(i / 4001)) % 9973)))}`;
  const sentence = (name: string | null): string => {
    const text = Array.from({ length: 9 + Math.floor(random() * 9) }, () => wordAt(pickWord()));
    if (name) text.splice(1 + Math.floor(random() * 6), 0, name);
    return `${capital(text.join(' '))}.`;
  };
  return Array.from({ length: count }, (_, i) => {
    const names = [nameOf(i), ...Array.from({ length: NAMES_PER_PASSAGE }, () => nameOf(pickName()))];
    return { title: nameOf(i), text: [...names.map(sentence), sentence(null), sentence(null)].join(' ') };
  });
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function zipf(size: number, random: () => number): () => number {
  const cumulative = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < size; i++) {
    total += 1 / (i + 10) ** ZIPF_EXPONENT;
    cumulative[i] = total;
  }
  return () => {
    const target = random() * total;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
