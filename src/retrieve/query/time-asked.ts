import { readNewestAsked } from './newest-asked.ts';
import type { Period } from './period.ts';
import { readPeriod } from './read-period.ts';

/** The time that a question is about. */
export type TimeAsked = {
  /** `now` where the question says so, or nothing; `before`: what was, before what is now. */
  readonly kind: 'now' | 'at' | 'before';
  readonly period: Period;
  /** The words of the question that say so; empty where it says nothing. */
  readonly written: string;
};

const MAX_LENGTH = 400;
const lead =
  /\b(?<word>as of|in|on|during|until|before|at|for|of|by|from)(?: the)?(?: end of| beginning of| start of)? (?=\S)/gi;
/** Where a date counted from today begins without a word before it. */
const counted =
  /\b(?=(?:last|previous|this) (?:day|week|month|quarter|year)\b|yesterday\b|(?:an?|\d+|two|three|few) \w+ ago\b)/gi;
const former =
  /\b(?:previous(?:ly)?|former(?:ly)?|prior|used to(?: be)?|no longer|(?<!how )old(?:er)?|earlier|superseded)\b|\bbefore(?=\W*$)|\bbefore (?:the|that|this) (?:change|new|current)/i;
const year = /(?<![\d.,-])(?:19|20)\d\d(?![\d.,%-])/;

/** Reads "as of March 2024", "in 2025", "latest", "the previous rule"; dates in UTC, as seen at `now`. */
export async function readTimeAsked(text: string, now: number): Promise<TimeAsked> {
  const present = { first: now, after: now + 1 };
  if (text.length > MAX_LENGTH) return { kind: 'now', period: present, written: '' };
  for (const match of [...text.matchAll(lead), ...text.matchAll(counted)]) {
    const at = match.index + match[0].length;
    const found = await readPeriod(text.slice(at), now);
    if (!found) continue;
    const written = text.slice(match.index, at + found.length);
    const isBefore = match.groups?.word?.toLowerCase() === 'before';
    const { first } = found.period;
    return { kind: 'at', period: isBefore ? { first: first - 1, after: first } : found.period, written };
  }
  const newest = await readNewestAsked(text, now);
  if (newest) return { kind: 'now', period: present, written: newest.written };
  const bare = year.exec(text);
  const period = bare && (await readPeriod(bare[0], now))?.period;
  if (bare && period) return { kind: 'at', period, written: bare[0] };
  const old = former.exec(text);
  return old ? { kind: 'before', period: present, written: old[0] } : { kind: 'now', period: present, written: '' };
}
