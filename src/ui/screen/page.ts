import type { HighlightCode } from '../markdown/highlight-code.ts';
import { type Paint, paintColor, paintPlain } from '../markdown/styled-text.ts';

/** How the screen is drawn. */
export type ChatPage = {
  /** Of the terminal. */
  readonly columns: number;
  readonly rows: number;
  readonly hasColor: boolean;
  readonly workingFolder: string;
  readonly highlight?: HighlightCode;
};

/** Longer lines are hard to read. */
const WIDEST = 110;

/** Columns of text: the last one stays free, since many terminals go to the next line behind it. */
export const textWidth = ({ columns }: { readonly columns: number }): number =>
  Math.max(10, Math.min(WIDEST, columns - 1));

export const paintOf = ({ hasColor }: ChatPage): Paint => (hasColor ? paintColor : paintPlain);
