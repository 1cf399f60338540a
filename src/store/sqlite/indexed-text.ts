import { nameWords } from '../../domain/name-words.ts';
import type { IndexedText } from './lexical.ts';

type TextOf = {
  readonly title: string;
  readonly uri: string;
  readonly ordinal: number;
  readonly headingPath: readonly string[];
  readonly body: string;
};

/** What the word index gets of a passage. */
export const indexedText = ({ title, uri, ordinal, headingPath, body }: TextOf): IndexedText => ({
  title: titleColumn(title, uri, ordinal),
  headings: headingsBelowTitle(headingPath, title),
  body,
});

/** The name of the file counts for the first passage only: in all of them it would say nothing about any. */
function titleColumn(title: string, uri: string, ordinal: number): string {
  const name = ordinal === 0 ? nameWords(uri, title) : '';
  return name === '' ? title : `${title}\n${name}`;
}

/** The title has a column of its own; as the first heading it would count twice. */
const headingsBelowTitle = (headingPath: readonly string[], title: string): string =>
  (headingPath[0] === title ? headingPath.slice(1) : headingPath).join('\n');
