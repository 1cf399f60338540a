import type { EntityKind } from './entity-kinds.ts';
import { kindRules } from './kind-rules.ts';

/** Words of names that are spelt in several ways, each by one of them. */
const spellings: ReadonlyMap<string, string> = new Map(
  `corp corporation, inc incorporated, ltd limited, co company, intl international, univ university, dept department, assoc association,
  bros brothers, govt government, natl national, mfg manufacturing, centre center, theatre theater, defence defense, licence license,
  programme program, labour labor, harbour harbor, colour color, honour honor, neighbour neighbor`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** A word differs from another by little when they are this near (Jaro-Winkler); test/graph/name-similarity.test.ts says why. */
export const MIN_WORD_SIMILARITY = 0.95;
const MIN_LETTERS = 6;
/** A name of one word has nothing else to be known by. */
const MIN_LETTERS_ALONE = 9;
const MIN_SIMILARITY_ALONE = 0.97;

const roman = /^[ivxlcdm]+$/;

const wordsWhere = (kind: EntityKind, ...places: readonly string[]): ReadonlySet<string> =>
  new Set(kindRules.flatMap((rule) => (rule.kind === kind && places.includes(rule.where) ? [...rule.words] : [])));
const givenNames = wordsWhere('person', 'first word');
/** Words that make a name one of an organisation, place or event: another such word makes it another. */
const telling = new Set(
  (['organisation', 'place', 'event', 'work', 'product'] as const).flatMap((kind) => [
    ...wordsWhere(kind, 'first word', 'last word', 'any word', 'whole name'),
  ]),
);

/** The words of a normalised name, each in one spelling. */
export const comparedWords = (normalized: string): string[] =>
  normalized.split(' ').map((word) => {
    const known = spellings.get(word) ?? word;
    return known.length < MIN_LETTERS_ALONE ? known : known.replace(/is(?=ation|ing|ed$)/, 'iz');
  });

/**
 * How like two normalised names of one kind are, in [0, 1]; 0 when they are to be held for two. Equal but for spelling
 * and spaces is 1; else all words but one are equal, and that one is longer than a slip of the pen makes another word of:
 * names with other numbers, other given names or another last letter are two.
 */
export function nameSimilarity(a: string, b: string, kind: EntityKind): number {
  const [left, right] = [comparedWords(a), comparedWords(b)];
  const [joinedLeft, joinedRight] = [left.join(''), right.join('')];
  if (joinedLeft === joinedRight) {
    // A space alone makes another name of "Christ Church"; in a longer name it is a way to spell it.
    const isSpelling = left.length === right.length || Math.max(left.length, right.length) > 2;
    return isSpelling && joinedLeft.length >= MIN_LETTERS ? 1 : 0;
  }
  if (/\d/.test(a) || /\d/.test(b) || left.length !== right.length) return 0;
  const differing = left.flatMap((word, i) => (word === right[i] ? [] : [i]));
  if (differing.length !== 1) return 0;
  const [x, y] = [left[differing[0] as number] as string, right[differing[0] as number] as string];
  const isAlone = left.length === 1;
  const shortest = Math.min(x.length, y.length);
  if (shortest < (isAlone ? MIN_LETTERS_ALONE : MIN_LETTERS)) return 0;
  if (!/^\p{Script=Latin}+$/u.test(x + y) || x.slice(0, 2) !== y.slice(0, 2)) return 0;
  if (roman.test(x) || roman.test(y)) return 0;
  if ((givenNames.has(x) && givenNames.has(y)) || telling.has(x) || telling.has(y)) return 0;
  const isPlural = x === `${y}s` || y === `${x}s`;
  if (isPlural ? kind === 'person' : x.at(-1) !== y.at(-1)) return 0;
  const similarity = jaroWinkler(x, y);
  return similarity >= (isAlone ? MIN_SIMILARITY_ALONE : MIN_WORD_SIMILARITY) ? similarity : 0;
}

/**
 * In [0, 1]: the share of letters that stand in both at about the same place, less half of those that changed places,
 * raised for up to four equal letters at the start. Source: Winkler, Section on Survey Research Methods, 1990.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const isTaken = new Uint8Array(b.length);
  const matched: string[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
      if (isTaken[j] || a[i] !== b[j]) continue;
      isTaken[j] = 1;
      matched.push(a[i] as string);
      break;
    }
  }
  if (matched.length === 0) return 0;
  let moved = 0;
  let next = 0;
  for (let j = 0; j < b.length; j++) if (isTaken[j] && matched[next++] !== b[j]) moved++;
  const { length } = matched;
  const jaro = (length / a.length + length / b.length + (length - moved / 2) / length) / 3;
  let prefix = 0;
  while (prefix < 4 && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
