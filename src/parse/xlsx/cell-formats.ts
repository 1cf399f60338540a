import { attribute, readXml } from '../xml.ts';

// Built-in number formats that show a date or a time (ECMA-376 part 1, 18.8.30, with the East Asian ones).
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether the cell style of an index shows its number as a date or time. */
export function readDateStyles(bytes: Uint8Array | null, part: string): (style: number) => boolean {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCells = false;
  if (bytes)
    readXml(bytes, part, {
      open(name, attributes) {
        if (name === 'numFmt')
          codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) formats.push(Number(attribute(attributes, 'numFmtId') ?? 0));
      },
      close(name) {
        if (name === 'cellXfs') inCells = false;
      },
    });
  const isDate = formats.map((id) => {
    const code = codes.get(id);
    return code === undefined ? isBuiltInDate(id) : isDateFormat(code);
  });
  return (style) => isDate[style] ?? false;
}

/** Whether a format code has a day, month, year, hour or second in it, outside quotes, escapes and brackets. */
export function isDateFormat(code: string): boolean {
  const bare = code.split(';')[0]!.replace(/"[^"]*"|\\.|_.|\*./g, '');
  // [h] counts hours past a day: a length of time, still stored as days.
  return /[dmyhs]/i.test(bare.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').replace(/general/gi, ''));
}

const dayMs = 86_400_000;

/** A serial day number as an ISO date, date-time or time of day; what lies outside the calendar stays a number. */
export function serialToIso(serial: number, date1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null;
  const rounded = Math.round(serial * 86_400) / 86_400;
  const seconds = Math.round((rounded - Math.floor(rounded)) * 86_400);
  if (rounded < 1 && !date1904) return clock(seconds);
  // Excel counts a 29 February 1900 that never was: days before it are one off.
  const days = date1904
    ? Math.floor(rounded) + 1462
    : Math.floor(rounded) < 60
      ? Math.floor(rounded) + 1
      : Math.floor(rounded);
  const date = new Date(Date.UTC(1899, 11, 30) + days * dayMs).toISOString().slice(0, 10);
  return seconds === 0 ? date : `${date}T${clock(seconds)}`;
}

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);
