export type DigitGroup = { readonly start: number; readonly end: number };

/** Groups of digits with nothing but what people put into a number between them. */
export type NumberRun = readonly DigitGroup[];

/** A run of groups that may be a number. */
export type NumberWindow = {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** Lengths of the groups: '3 2 4'. */
  readonly layout: string;
  /** A hyphen or a dot ties it to a further letter or digit, so it may be a part of something else. */
  readonly isJoined: boolean;
  readonly lineBreaks: number;
  /** Further groups of digits stand right beside it on its line, as in a table of numbers or a longer one. */
  readonly hasNeighbours: boolean;
};

/** Characters between two groups at most: `) - (`, or a line break with the indent after it. */
const MAX_GAP = 4;
/** The longest number that any rule asks for. */
export const MAX_DIGITS = 19;
const MAX_GROUPS = 19;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isAsciiLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isLetter = (code: number): boolean =>
  isAsciiLetter(code) || (code >= 0xc0 && code < 0x250) || (code >= 0x370 && code < 0x530);
/** Space, tab, line break, ( ) - . / */
const isGap = (code: number): boolean =>
  code === 32 || code === 9 || code === 10 || code === 40 || code === 41 || code === 45 || code === 46 || code === 47;

/** All runs with at least `minDigits` digits, in one pass over the text. */
export function* numberRuns(text: string, minDigits: number): Generator<NumberRun> {
  let groups: DigitGroup[] = [];
  let digits = 0;
  let gap = 0;
  let position = 0;
  const { length } = text;
  while (position < length) {
    const code = text.charCodeAt(position);
    if (isDigit(code)) {
      const start = position;
      while (position < length && isDigit(text.charCodeAt(position))) position++;
      groups.push({ start, end: position });
      digits += position - start;
      gap = 0;
      continue;
    }
    if (groups.length > 0 && (++gap > MAX_GAP || !isGap(code))) {
      if (digits >= minDigits) yield groups;
      groups = [];
      digits = 0;
      gap = 0;
    }
    position++;
  }
  if (digits >= minDigits) yield groups;
}

/** Digits of a row of groups; what else is told of it is made only for those that may be a number. */
export type WindowDigits = { readonly digits: string; readonly start: number; describe(): NumberWindow };

export type WindowOptions = {
  isWanted(digits: number): boolean;
  /** Whether a number may begin with a group; any may when left out. */
  mayStart?(first: number): boolean;
};

/** Every row of groups of a run with as many digits as are wanted, none of which is the tail of a word. */
export function* windowsOf(
  text: string,
  run: NumberRun,
  { isWanted, mayStart }: WindowOptions,
): Generator<WindowDigits> {
  for (let first = 0; first < run.length; first++) {
    const { start } = run[first] as DigitGroup;
    if (isLetter(text.charCodeAt(start - 1)) || (mayStart && !mayStart(first))) continue;
    let digits = '';
    for (let last = first; last < run.length && last < first + MAX_GROUPS; last++) {
      const group = run[last] as DigitGroup;
      if (digits.length + group.end - group.start > MAX_DIGITS) break;
      digits += text.slice(group.start, group.end);
      if (!isWanted(digits.length) || isLetter(text.charCodeAt(group.end))) continue;
      yield { digits, start, describe: () => windowOf(text, run, first, last) };
    }
  }
}

function windowOf(text: string, run: NumberRun, first: number, last: number): NumberWindow {
  const groups = run.slice(first, last + 1);
  const { start } = groups[0] as DigitGroup;
  const { end } = groups.at(-1) as DigitGroup;
  const written = text.slice(start, end);
  return {
    start,
    end,
    digits: groups.length === 1 ? written : groups.map((group) => text.slice(group.start, group.end)).join(''),
    layout: groups.map((group) => group.end - group.start).join(' '),
    isJoined: isJoinedBefore(text, start) || isJoinedAfter(text, end),
    lineBreaks: groups.length === 1 ? 0 : written.split('\n').length - 1,
    hasNeighbours: isBeside(text, run[first - 1], run[first]) || isBeside(text, run[last], run[last + 1]),
  };
}

/** Whether one group follows another on the same line. */
const isBeside = (text: string, one: DigitGroup | undefined, next: DigitGroup | undefined): boolean =>
  one !== undefined && next !== undefined && !text.slice(one.end, next.start).includes('\n');

const isWordPart = (code: number): boolean => isDigit(code) || isLetter(code);
const ties = (code: number): boolean => code === 45 || code === 46;

const isJoinedBefore = (text: string, start: number): boolean =>
  ties(text.charCodeAt(start - 1)) && isWordPart(text.charCodeAt(start - 2));
const isJoinedAfter = (text: string, end: number): boolean =>
  ties(text.charCodeAt(end)) && isWordPart(text.charCodeAt(end + 1));
