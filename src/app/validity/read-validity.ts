import { isoDate } from '../../parse/iso-date.ts';

/** What a document says of the time in which it applies. */
export type StatedValidity = {
  /** Milliseconds since 1970; null where it does not say. */
  readonly from: number | null;
  /** The first moment at which it no longer applies. */
  readonly after: number | null;
  readonly status: 'superseded' | 'archived' | 'draft' | null;
  /** File names, paths or titles, as they are written. */
  readonly supersedes: readonly string[];
  readonly supersededBy: readonly string[];
  /** The day that the document bears; null where it bears none. */
  readonly dated: number | null;
};

const DAY_MS = 86_400_000;
/** Who says in the text when it applies says so at the top. */
export const HEAD_LENGTH = 1500;

const FIELDS = {
  from: ['validfrom', 'effective', 'effectivedate', 'effectivefrom', 'inforcefrom', 'inforcesince', 'startdate'],
  until: ['validuntil', 'validto', 'validthrough', 'expires', 'expiry', 'expirydate', 'expirationdate', 'enddate'],
  supersedes: ['supersedes', 'replaces', 'obsoletes'],
  supersededBy: ['supersededby', 'replacedby', 'obsoletedby'],
  status: ['status', 'state'],
  dated: ['date', 'issued', 'published', 'updated'],
} as const;

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
const DATE = `(\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)? ${MONTH},? \\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})`;
const FROM =
  'effective(?: date| from| as of| on)?|(?:in force|applicable) (?:since|from|as of)|(?:valid|applies|applied) (?:from|since|as of)';
const UNTIL =
  'expires?(?: on)?|expiry date|expiration date|(?:valid|in force|applies|applied) (?:until|till|to|through)';
const gap = '\\W{0,6}(?:on |the )?';
const fromLine = new RegExp(`\\b(?:${FROM})${gap}${DATE}`, 'i');
const untilLine = new RegExp(`\\b(?:${UNTIL})${gap}${DATE}`, 'i');
const fromTo = new RegExp(`\\b(?:applied|applies|valid|in force) from ${DATE} (?:to|until|till|through) ${DATE}`, 'i');
const name =
  '(?:\\[[^\\[\\]]{1,120}\\]\\(([^()\\s]{1,200})\\)|["“]([^"”\\n]{1,120})["”]|([\\w./-]{1,120}\\.[a-z]{2,5})\\b)';
const replaces = new RegExp(`\\b(?:replaces|supersedes|obsoletes)\\W{0,4}(?:the )?(?:document |file )?${name}`, 'gi');
const replacedBy = new RegExp(
  `\\b(?:replaced|superseded|obsoleted) by\\W{0,4}(?:the )?(?:document |file )?${name}`,
  'gi',
);
const statusLine =
  /^\W{0,6}status\W{1,6}(superseded|obsolete|replaced|withdrawn|archived|deprecated|expired|draft)\b/im;

/** Reads fields of the metadata, and lines at the top of the text such as "Effective date: 1 March 2026". Never throws. */
export function readValidity(metadata: Readonly<Record<string, unknown>>, head: string): StatedValidity {
  const top = head.slice(0, HEAD_LENGTH);
  const fields = new Map(
    Object.entries(metadata).map(([key, value]) => [key.toLowerCase().replace(/[^a-z]/g, ''), value]),
  );
  const fieldOf = (names: readonly string[]): unknown => names.map((each) => fields.get(each)).find((value) => value);
  const both = fromTo.exec(top);
  const from = timeOf(fieldOf(FIELDS.from)) ?? timeOf(both?.[1]) ?? timeOf(fromLine.exec(top)?.[1]);
  const until = timeOf(fieldOf(FIELDS.until)) ?? timeOf(both?.[2]) ?? timeOf(untilLine.exec(top)?.[1]);
  return {
    from,
    after: until === null ? null : until + DAY_MS,
    status: statusOf(fieldOf(FIELDS.status)) ?? statusOf(statusLine.exec(top)?.[1]),
    supersedes: [...namesOf(fieldOf(FIELDS.supersedes)), ...namesIn(top, replaces)],
    supersededBy: [...namesOf(fieldOf(FIELDS.supersededBy)), ...namesIn(top, replacedBy)],
    dated: timeOf(fieldOf(FIELDS.dated)),
  };
}

export const saysNothing = ({ from, after, status, supersedes, supersededBy }: StatedValidity): boolean =>
  from === null && after === null && status === null && supersedes.length === 0 && supersededBy.length === 0;

function timeOf(value: unknown): number | null {
  const text = value instanceof Date ? value.toISOString() : value;
  const read = isoDate(typeof text === 'string' ? text.replace(/(\d)(?:st|nd|rd|th)\b/, '$1') : text);
  return read === null ? null : Date.parse(read);
}

function statusOf(value: unknown): StatedValidity['status'] {
  const text = typeof value === 'string' ? value.toLowerCase().trim() : '';
  if (/^(?:superseded|obsolete|replaced|withdrawn|expired)/.test(text)) return 'superseded';
  if (/^(?:archived?|deprecated)/.test(text)) return 'archived';
  return /^draft/.test(text) ? 'draft' : null;
}

const namesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string' && each !== '');

const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, link, quoted, file]) => decoded(link ?? quoted ?? file ?? ''));

function decoded(target: string): string {
  try {
    return decodeURIComponent(target.replace(/#.*$/, ''));
  } catch {
    // A stray per cent sign: the name is what is written.
    return target;
  }
}
