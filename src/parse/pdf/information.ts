import { isJunkTitle } from '../junk-title.ts';

export type PdfInformation = {
  readonly title: string | null;
  readonly modifiedAt: string | null;
  readonly metadata: Record<string, unknown>;
};

/** Title, author and dates from the document information dictionary; titles that say nothing are dropped. */
export function readInformation(info: Readonly<Record<string, unknown>>): PdfInformation {
  const text = (key: string): string | null => {
    const value = info[key];
    if (typeof value !== 'string') return null;
    const clean = value
      .replace(/[\u0000-\u001f\ufffd]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .normalize('NFC');
    return clean === '' ? null : clean.slice(0, 500);
  };
  const title = text('Title');
  const created = pdfDate(text('CreationDate'));
  const modified = pdfDate(text('ModDate'));
  const metadata: Record<string, unknown> = {};
  for (const [name, value] of [
    ['author', text('Author')],
    ['subject', text('Subject')],
    ['keywords', text('Keywords')],
    ['created', created],
    ['producer', text('Producer')],
    ['creator', text('Creator')],
  ] as const)
    if (value !== null) metadata[name] = value;
  return { title: title && !isJunkTitle(title) ? title : null, modifiedAt: modified ?? created, metadata };
}

/** `D:YYYYMMDDHHmmSSOHH'mm'` (ISO 32000-1, 7.9.4) as ISO 8601 in UTC; null where it is no date. */
export function pdfDate(value: string | null): string | null {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:([+-])(\d\d)'?(\d\d)?|Z)?/.exec(value ?? '');
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part, index) => (part === undefined ? Number(index === 1 || index === 2) : Number(part)));
  const offsetMinutes = (match[7] === '-' ? -1 : 1) * (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0));
  const time = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - offsetMinutes * 60_000;
  if (Number.isNaN(time) || month! < 1 || month! > 12 || day! > 31 || year! < 1900 || year! > 2200) return null;
  return new Date(time).toISOString();
}
