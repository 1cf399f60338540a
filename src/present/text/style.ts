import { Chalk } from 'chalk';

type Paint = (text: string) => string;

/** How parts of the output are set off. All are the identity where there is no colour. */
export type Style = {
  readonly bold: Paint;
  readonly dim: Paint;
  /** Words of a passage that match the query. */
  readonly match: Paint;
  /** A place that can be opened. */
  readonly place: Paint;
  readonly good: Paint;
  readonly caution: Paint;
  readonly bad: Paint;
};

const plain: Paint = (text) => text;

export const plainStyle: Style = {
  bold: plain,
  dim: plain,
  match: plain,
  place: plain,
  good: plain,
  caution: plain,
  bad: plain,
};

/** Whether there is colour at all is decided by the settings, not by chalk: the eight colours of every terminal theme. */
const chalk = new Chalk({ level: 1 });

export const colorStyle: Style = {
  bold: chalk.bold,
  dim: chalk.dim,
  match: chalk.bold.yellow,
  place: chalk.cyan,
  good: chalk.green,
  caution: chalk.yellow,
  bad: chalk.red,
};

/** Whom the text is for. */
export type Page = {
  readonly style: Style;
  /** Columns that lines are wrapped to. */
  readonly width: number;
  /** Absolute path; files below it are named relative to it. */
  readonly workingFolder: string;
};
