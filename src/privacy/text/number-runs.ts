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

/** Every row of groups of a run with `minDigits` to MAX_DIGITS digits, none of which is the tail of a word. */
export function* windowsOf(text: string, run: NumberRun, minDigits: number): Generator<NumberWindow> {
  for (let first = 0; first < run.length; first++) {
    const { start } = run[first] as DigitGroup;
    if (isLetter(text.charCodeAt(start - 1))) continue;
    let digits = '';
    let layout = '';
    for (let last = first; last < Math.min(run.length, first + MAX_GROUPS); last++) {
      const group = run[last] as DigitGroup;
      const length = group.end - group.start;
      if (digits.length + length > MAX_DIGITS) break;
      digits += text.slice(group.start, group.end);
      layout += last === first ? length : ` ${length}`;
      if (digits.length < minDigits || isLetter(text.charCodeAt(group.end))) continue;
      yield {
        start,
        end: group.end,
        digits,
        layout,
        isJoined: isJoinedBefore(text, start) || isJoinedAfter(text, group.end),
        lineBreaks: countLineBreaks(text, start, group.end),
      };
    }
  }
}

const isWordPart = (code: number): boolean => isDigit(code) || isLetter(code);
const ties = (code: number): boolean => code === 45 || code === 46;

const isJoinedBefore = (text: string, start: number): boolean =>
  ties(text.charCodeAt(start - 1)) && isWordPart(text.charCodeAt(start - 2));
const isJoinedAfter = (text: string, end: number): boolean =>
  ties(text.charCodeAt(end)) && isWordPart(text.charCodeAt(end + 1));

function countLineBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
