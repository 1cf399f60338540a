import { identifierWords } from '../domain/identifier-words.ts';
import { stemsOf } from './word-agreement.ts';

/** A name that shares fewer words with the query is another one. */
const LEAST_SHARE = 0.6;

/** What a query says that has the whole name and more. */
const SAYS_NAME = 0.5;

/** A pasted page names nothing. */
const MAX_WORDS = 24;

/** Names of a passage that are compared; a passage of more definitions is a list. */
const MAX_NAMES = 12;

/**
 * How far a passage defines what the words of a query name, in [0, 1], from the headings of a passage of source code ("class Parser",
 * "parse"): 1 where the query is the name, alone or with that of its holder, in any spelling (`parseConfig`, `parse_config`, "parse
 * config"); .5 where the query has a name of several words in it; else the square of the F1 of both words, 0 where that is below .6.
 */
export function createNameAgreement(terms: readonly string[]): (headingPath: readonly string[]) => number {
  const asked = stemsOf(identifierWords(terms.join(' ')).join(' '));
  if (asked.length === 0 || asked.length > MAX_WORDS) return () => 0;
  const sequence = ` ${asked.join(' ')} `;
  const agreementOf = (name: string): number => {
    const words = stemsOf(identifierWords(name).join(' '));
    if (words.length === 0) return 0;
    const shared = [...new Set(words)].filter((each) => asked.includes(each)).length;
    const share = (2 * shared) / (new Set(words).size + new Set(asked).size);
    if (share === 1) return 1;
    const says = words.length > 1 && sequence.includes(` ${words.join(' ')} `) ? SAYS_NAME : 0;
    // Squared: with the share itself, questions in sentences found what is called almost as they are worded (recall@1 -2 points).
    return Math.max(says, share >= LEAST_SHARE ? share * share : 0);
  };
  return (headingPath) => {
    const names = namesIn(headingPath.at(-1) ?? '');
    const [holder] = namesIn(headingPath.at(-2) ?? '');
    return Math.max(
      0,
      ...names
        .slice(0, MAX_NAMES)
        .map((name) => Math.max(agreementOf(name), holder ? agreementOf(`${holder} ${name}`) : 0)),
    );
  };
}

/** "class Parser" is Parser; passages of several tiny definitions name them all, by commas. */
const namesIn = (title: string): string[] =>
  title
    .split(', ')
    .map((each) => each.replace(/^[a-z]+ (?=\S)/, ''))
    .filter((each) => each !== '');
