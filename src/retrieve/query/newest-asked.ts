import { readPeriod } from './read-period.ts';

/** Whether a question wants what is newest; `until`: as of the end of then, milliseconds since 1970. */
export type NewestAsked = { readonly written: string; readonly until: number | null };

const newest =
  /\b(?:latest|newest|most recent(?:ly)?|currently|(?:the|our|my|your) current(?= (?!of|in|through|flow|is)\w)|up[- ]to[- ]date|nowadays|as of (?:now|today)|right now|these days)\b/i;
const asOf = /\bas of (?=\S)/i;
const MAX_LENGTH = 400;

/** Reads "latest", "most recent", "current", "as of March 2024"; null when a question says nothing of it. */
export async function readNewestAsked(text: string, now: number): Promise<NewestAsked | null> {
  if (text.length > MAX_LENGTH) return null;
  const found = newest.exec(text);
  if (found) return { written: found[0], until: null };
  const at = asOf.exec(text);
  if (!at) return null;
  const rest = text.slice(at.index + at[0].length);
  const period = await readPeriod(rest, now);
  return period && { written: `${at[0]}${rest.slice(0, period.length)}`, until: period.period.after };
}
