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
const sgr =
  (on: string, off: string): Paint =>
  (text) =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

export const plainStyle: Style = {
  bold: plain,
  dim: plain,
  match: plain,
  place: plain,
  good: plain,
  caution: plain,
  bad: plain,
};

/** The eight colours that every terminal theme defines, and no others. */
export const colorStyle: Style = {
  bold: sgr('1', '22'),
  dim: sgr('2', '22'),
  match: sgr('1;33', '22;39'),
  place: sgr('36', '39'),
  good: sgr('32', '39'),
  caution: sgr('33', '39'),
  bad: sgr('31', '39'),
};

/** Whom the text is for. */
export type Page = {
  readonly style: Style;
  /** Columns that lines are wrapped to. */
  readonly width: number;
  /** Absolute path; files below it are named relative to it. */
  readonly workingFolder: string;
};
