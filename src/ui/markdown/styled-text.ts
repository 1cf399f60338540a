import stringWidth from 'string-width';
import { escapeLine } from '../../present/text/escape-terminal.ts';

/** Of the sixteen colours that a terminal's theme defines, those that are readable on light and on dark. */
export type Color = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray';

export type Look = {
  readonly color?: Color;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly inverse?: true;
};

/** A run of text without line ends and without anything that a terminal would obey. */
export type StyledText = { readonly text: string; readonly look: Look };

/** One line of the screen, or one that is still to be wrapped. */
export type StyledLine = readonly StyledText[];

const NO_LOOK: Look = {};

/** Foreign text, made harmless: the only way by which text becomes StyledText. */
export const styled = (text: string, look: Look = NO_LOOK): StyledText => ({
  text: escapeLine(text.replaceAll('\t', '    ')),
  look,
});

export const lineOf = (text: string, look: Look = NO_LOOK): StyledLine => (text === '' ? [] : [styled(text, look)]);

const ASCII = /^[ -~]*$/;

/** Columns that a text takes on a terminal. */
export const widthOf = (text: string): number => (ASCII.test(text) ? text.length : stringWidth(text));

export const lineWidth = (line: StyledLine): number => line.reduce((sum, { text }) => sum + widthOf(text), 0);

export const plainText = (line: StyledLine): string => line.map(({ text }) => text).join('');

const COLOR_CODES: Readonly<Record<Color, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  gray: 90,
};

const codesOf = ({ color, bold, dim, italic, underline, strike, inverse }: Look): number[] => [
  ...(bold ? [1] : []),
  ...(dim ? [2] : []),
  ...(italic ? [3] : []),
  ...(underline ? [4] : []),
  ...(inverse ? [7] : []),
  ...(strike ? [9] : []),
  ...(color ? [COLOR_CODES[color]] : []),
];

/** Makes a line a string for the terminal. */
export type Paint = (line: StyledLine) => string;

/** Without colour nothing but what stands for the cursor is set off. */
export const paintPlain: Paint = (line) =>
  line.map(({ text, look }) => (look.inverse ? `\u001b[7m${text}\u001b[27m` : text)).join('');

export const paintColor: Paint = (line) =>
  line
    .map(({ text, look }) => {
      const codes = codesOf(look);
      return codes.length === 0 || text === '' ? text : `\u001b[${codes.join(';')}m${text}\u001b[0m`;
    })
    .join('');
