import type { Finding } from './types.ts';

/**
 * Whether a finding is one that the user said is no matter: its text or its value is in the list in any case, an address
 * ends as an entry that begins with `@`, or an entry with `*` at one of its ends matches.
 */
export function createAllowList(entries: readonly string[]): (finding: Finding, text: string) => boolean {
  const exact = new Set<string>();
  const endings: string[] = [];
  const beginnings: string[] = [];
  for (const entry of entries.map((each) => each.trim().toLowerCase())) {
    if (entry.startsWith('@')) endings.push(entry);
    else if (entry.startsWith('*')) endings.push(entry.slice(1));
    else if (entry.endsWith('*')) beginnings.push(entry.slice(0, -1));
    else exact.add(entry);
  }
  if (entries.length === 0) return () => false;
  return ({ span, value }, text) =>
    [value.toLowerCase(), text.slice(span.start, span.end).toLowerCase()].some(
      (each) =>
        exact.has(each) ||
        endings.some((end) => each.endsWith(end)) ||
        beginnings.some((start) => each.startsWith(start)),
    );
}
