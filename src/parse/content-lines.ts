/** A property of a calendar or a card: `GROUP.NAME;PARAM=a,b:value`, unfolded. */
export type ContentLine = {
  readonly group: string | null;
  /** Upper-case. */
  readonly name: string;
  /** By upper-case name; values as they stand. A bare one of vCard 2.1 (`TEL;HOME:`) counts as TYPE. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  readonly value: string;
};

/** Longer values are pictures and attachments. */
const MAX_VALUE_LENGTH = 100_000;
const MAX_PARAMS = 50;

/**
 * The content lines of iCalendar and vCard text; lines that are none are left out. Soft line breaks of quoted-printable
 * values are joined. Linear. Sources: RFC 5545 (3.1), RFC 6350 (3.2), vCard 2.1 (2.1.3).
 */
export function* contentLines(text: string): Generator<ContentLine> {
  let pieces: string[] = [];
  let length = 0;
  let isQuotedPrintable = false;
  const finish = (): ContentLine | null => {
    const line = pieces.join('');
    pieces = [];
    length = 0;
    return contentLine(line);
  };
  const add = (piece: string): void => {
    if (length < MAX_VALUE_LENGTH) pieces.push(piece.slice(0, MAX_VALUE_LENGTH));
    length += piece.length;
  };
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    start = end + 1;
    const softBreak = isQuotedPrintable && (pieces.at(-1)?.endsWith('=') ?? false);
    if (pieces.length > 0 && (softBreak || line.startsWith(' ') || line.startsWith('\t'))) {
      if (softBreak) pieces[pieces.length - 1] = pieces.at(-1)!.slice(0, -1);
      add(softBreak ? line : line.slice(1));
      continue;
    }
    if (pieces.length > 0) {
      const whole = finish();
      if (whole) yield whole;
    }
    if (line.trim() === '') continue;
    isQuotedPrintable = /^[^:]{0,200};(?:ENCODING=)?QUOTED-PRINTABLE/i.test(line.slice(0, 250));
    add(line);
  }
  if (pieces.length > 0) {
    const whole = finish();
    if (whole) yield whole;
  }
}

function contentLine(line: string): ContentLine | null {
  const head = /^(?:([A-Za-z\d-]{1,40})\.)?([A-Za-z\d-]{1,60})(?=[;:])/.exec(line);
  if (!head) return null;
  const params = new Map<string, string[]>();
  const param =
    /;([A-Za-z\d-]{1,60})(?:=((?:"[^"\n]{0,2000}"|[^";:,\n]{0,2000})(?:,(?:"[^"\n]{0,2000}"|[^";:,\n]{0,2000}))*))?/y;
  let at = head[0].length;
  for (let count = 0; count < MAX_PARAMS && line[at] === ';'; count++) {
    param.lastIndex = at;
    const found = param.exec(line);
    if (!found) break;
    at = param.lastIndex;
    const bare = found[2] === undefined;
    const name = bare ? 'TYPE' : found[1]!.toUpperCase();
    const values = bare
      ? [found[1]!]
      : (found[2]!.match(/"[^"]*"|[^,]+/g) ?? []).map((value) => value.replaceAll('"', ''));
    params.set(name, [...(params.get(name) ?? []), ...values].slice(0, MAX_PARAMS));
  }
  const colon = line[at] === ':' ? at : line.indexOf(':', at);
  if (colon < 0) return null;
  return { group: head[1]?.toLowerCase() ?? null, name: head[2]!.toUpperCase(), params, value: line.slice(colon + 1) };
}

/** A text value: `\n`, `\,`, `\;` and `\\` stand for a line end and for themselves. */
export const unescapeText = (value: string): string =>
  value.replace(/\\([nN,;:\\])/g, (_, character: string) => (character.toLowerCase() === 'n' ? '\n' : character));

/** The parts of a value between separators that have no backslash before them. */
export function splitValue(value: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === separator) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(value.slice(start));
  return parts;
}
