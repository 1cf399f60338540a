import { escapeBlock } from '../../present/text/escape-terminal.ts';
import { type Color, type Look, type StyledLine, type StyledText, styled } from './styled-text.ts';

/** Lines of a piece of code, coloured by its language. */
export type HighlightCode = (code: string, language: string) => StyledLine[];

/** Code beyond this is shown without colours: looking for its parts would hold the screen up. */
const MAX_LENGTH = 20_000;

const COLORS: Readonly<Record<string, Color>> = {
  comment: 'gray',
  quote: 'gray',
  keyword: 'magenta',
  literal: 'magenta',
  'selector-tag': 'magenta',
  type: 'yellow',
  'title class_': 'yellow',
  built_in: 'cyan',
  number: 'cyan',
  symbol: 'cyan',
  string: 'green',
  regexp: 'green',
  addition: 'green',
  'meta string': 'green',
  title: 'blue',
  section: 'blue',
  name: 'blue',
  attr: 'blue',
  attribute: 'blue',
  variable: 'yellow',
  'template-variable': 'yellow',
  tag: 'blue',
  meta: 'gray',
  deletion: 'red',
};

// Escape bytes of the code itself are written out before, so these stand for colours only.
const OPEN = '\u001b<';
const CLOSE = '\u001b>';
const MARKS = /\u001b<(\w+);|\u001b>/g;

export const plainCode: HighlightCode = (code) => code.split('\n').map((line) => (line === '' ? [] : [styled(line)]));

/** Loads the library and its common languages: about a tenth of a second, so only when code is to be shown. */
export async function loadHighlighter(): Promise<HighlightCode> {
  const { common, createEmphasize } = await import('emphasize');
  const emphasize = createEmphasize(common);
  const sheet = Object.fromEntries(
    Object.entries(COLORS).map(([name, color]) => [name, (text: string) => `${OPEN}${color};${text}${CLOSE}`]),
  );
  return (code, language) => {
    if (code.length > MAX_LENGTH || !emphasize.registered(language)) return plainCode(code, language);
    try {
      return readMarks(emphasize.highlight(language, escapeBlock(code), sheet).value);
    } catch {
      // A grammar that fails on the code: it is shown without colours.
      return plainCode(code, language);
    }
  };
}

function readMarks(marked: string): StyledLine[] {
  const lines: StyledText[][] = [[]];
  const open: Look[] = [];
  const add = (text: string): void => {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)!.push(styled(part, open.at(-1) ?? {}));
    });
  };
  let end = 0;
  for (const match of marked.matchAll(MARKS)) {
    add(marked.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[1]) open.push({ color: match[1] as Color });
    else open.pop();
  }
  add(marked.slice(end));
  return lines;
}
