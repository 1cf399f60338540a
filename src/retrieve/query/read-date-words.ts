import type { DocumentConditions } from '../../domain/search.ts';
import { isoMoment, lastMomentBefore, type Period } from './period.ts';
import { questionStart } from './query-kind.ts';
import { readPeriod, type WrittenPeriod } from './read-period.ts';

/** A date in words that says when the documents were changed. */
export type DateWords = {
  readonly written: string;
  readonly conditions: DocumentConditions;
  /** The text without it. */
  readonly rest: string;
};

export type DateReading = { readonly filter: DateWords | null; readonly note: string | null };

const NOTHING: DateReading = { filter: null, note: null };

const DOCUMENTS =
  'documents?|files?|notes?|pages?|e-?mails?|mails?|messages?|reports?|minutes|letters?|invoices?|pdfs?|slides|presentations?|spreadsheets?|posts?|articles?|entries';
const CHANGED = 'changed|modified|updated|edited|saved|dated|written|created|received|sent';
const documentsBefore = new RegExp(`\\b(?:${DOCUMENTS})\\b`, 'i');
/** A house is built and a song is written at a time of its own. */
const isOfContent = /written|created|received|sent/i;
const lead = new RegExp(
  `(?<=^|[\\s,;(])(?:(?<noun>${DOCUMENTS}) )?(?<change>(?:(?:that |which )?(?:was|were|has been|have been) )?(?:last )?(?:${CHANGED}) )?(?:(?<preposition>from|since|before|after|until|till|in|on|within|during|of)(?: the)? )?(?=\\S)`,
  'giu',
);
const dateHint =
  /\d{4}|\b(?:today|yesterday|ago|last|past|this|previous|current|q[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)/i;

/** A longer text is no search that somebody typed. */
const MAX_LENGTH = 400;

/** Words beside the date from which on a text is a sentence that may speak of any time. */
const MAX_WORDS_OF_A_SEARCH = 8;

/**
 * Reads "from last month", "reports since March", "changed in 2024" as a condition on documents. It is one only where
 * the words say so: after a word for documents, in a search after a word for changing, or, at its end, after `from` or
 * `since` with a date that is counted from today. Any other date stays words; where it is counted from today, a note
 * says how to filter by it. Dates are UTC. On the 19,426 queries of 24 collections none is taken for a filter.
 */
export async function readDateWords(text: string, now: number): Promise<DateReading> {
  if (text.length > MAX_LENGTH || !dateHint.test(text)) return NOTHING;
  let note: string | null = null;
  const search = isSearch(text);
  for (const match of text.matchAll(lead)) {
    const { noun, change, preposition = '' } = match.groups ?? {};
    if (
      preposition === '' &&
      noun === undefined &&
      change === undefined &&
      !/^(?:last|past|this|previous|yesterday|today)\b/i.test(text.slice(match.index))
    )
      continue;
    const at = match.index + match[0].length;
    const found = await readPeriod(text.slice(at), now);
    if (!found) continue;
    const end = at + found.length;
    const trailing = !/[\p{L}\p{N}]/u.test(text.slice(end));
    const namesDocuments = noun !== undefined || documentsBefore.test(text.slice(0, match.index));
    const isAboutDocuments =
      (change !== undefined && (namesDocuments || (search && !isOfContent.test(change)))) ||
      (noun !== undefined && isDocumentPreposition(preposition, found)) ||
      (trailing && search && /^(?:from|since)$/i.test(preposition) && found.isRelative);
    const conditions = conditionsOf(preposition.toLowerCase(), found.period);
    if (isAboutDocuments) {
      const start = match.index + (noun ? noun.length + 1 : 0);
      const rest = `${text.slice(0, start)} ${text.slice(end)}`.replace(/\s+/g, ' ').trim();
      return { filter: { written: text.slice(start, end).trim(), conditions, rest }, note: null };
    }
    if (found.isCounted && (search || (trailing && isShort(text)))) note ??= noteOf(text.slice(at, end), conditions);
  }
  return { filter: null, note };
}

/** "Reports in 2019" may be of what happened then; "reports since 2019", or of last month, say when they were written. */
const isDocumentPreposition = (preposition: string, { isRelative }: WrittenPeriod): boolean =>
  /^(?:from|since|before|after|until|till)$/i.test(preposition) || (isRelative && preposition !== '');

const isSearch = (text: string): boolean =>
  !text.endsWith('?') && !questionStart.test(text) && text.split(/\s+/).length <= MAX_WORDS_OF_A_SEARCH;

/** "What was decided last month?" may well mean the documents of that month; a longer question says what it means. */
const MAX_WORDS_OF_A_SHORT_QUESTION = 6;
const isShort = (text: string): boolean => text.split(/\s+/).length <= MAX_WORDS_OF_A_SHORT_QUESTION;

function conditionsOf(preposition: string, { first, after }: Period): DocumentConditions {
  if (preposition === 'since') return { since: isoMoment(first) };
  if (preposition === 'after') return { since: isoMoment(after) };
  if (preposition === 'before') return { until: lastMomentBefore(first) };
  if (preposition === 'until' || preposition === 'till') return { until: lastMomentBefore(after) };
  return { since: isoMoment(first), until: lastMomentBefore(after) };
}

function noteOf(written: string, { since, until }: DocumentConditions): string {
  const bounds = [since && `since:${since.slice(0, 10)}`, until && `until:${until.slice(0, 10)}`].filter(Boolean);
  return `"${written}" was read as words; for documents changed then, add ${bounds.join(' ')}.`;
}
