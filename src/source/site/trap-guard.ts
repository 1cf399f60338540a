/** A path with more parts has grown out of relative links that miss their base. */
const MAX_SEGMENTS = 16;
/** Filters and orders of one list; a site that says more with queries has its pages in a sitemap. */
const MAX_QUERIES_OF_A_PATH = 50;
const MAX_PARAMETERS = 8;
/** Months or days that a site with an archive may well have. */
const MAX_DATE_PAGES = 120;
/** Years that a calendar shows ahead, and from which on there are web pages at all. */
const YEARS_AHEAD = 2;
const FIRST_YEAR = 1970;

/** Says of each new address of a site why it leads into a trap; null when it does not. Counts as it is asked. */
export type TrapGuard = (url: URL) => string | null;

/** Addresses that programs make without end: paths that grow, queries in all combinations, calendars. */
export function createTrapGuard(nowMs: number): TrapGuard {
  const queriesOf = new Map<string, number>();
  const datesBelow = new Map<string, number>();
  const lastYear = new Date(nowMs).getUTCFullYear() + YEARS_AHEAD;
  return (url) => {
    const segments = url.pathname.split('/').filter((segment) => segment !== '');
    if (segments.length > MAX_SEGMENTS) return `its path has ${segments.length} parts`;
    const repeated = repeatedPart(segments);
    if (repeated !== null) return `its path repeats "${repeated}"`;
    const date = dateOf(segments, url.searchParams);
    if (date && (date.year > lastYear || date.year < FIRST_YEAR)) return `it is a page of the year ${date.year}`;
    if (date && count(datesBelow, date.below) > MAX_DATE_PAGES) {
      return `more than ${MAX_DATE_PAGES} pages of ${date.below} are a date only`;
    }
    if (url.search === '') return null;
    const parameters = url.search.split('&').length;
    if (parameters > MAX_PARAMETERS) return `its query has ${parameters} parts`;
    return count(queriesOf, url.pathname) > MAX_QUERIES_OF_A_PATH
      ? `more than ${MAX_QUERIES_OF_A_PATH} addresses differ from it in their query only`
      : null;
  };
}

/** One part three times in a row, two parts three times in a row, or one part anywhere four times. */
function repeatedPart(segments: readonly string[]): string | null {
  for (const length of [1, 2, 3]) {
    for (let at = 0; at + 3 * length <= segments.length; at++) {
      const isRepeated = Array.from({ length: 2 * length }, (_, i) => at + i).every(
        (i) => segments[i] === segments[i + length],
      );
      if (isRepeated) return segments.slice(at, at + length).join('/');
    }
  }
  const seen = new Map<string, number>();
  for (const segment of segments) if (!/^\d+$/.test(segment) && count(seen, segment) > 3) return segment;
  return null;
}

/** Of a page that is named by nothing but a date: `/events/2031/05/`, `/log/2026-03-02`, `/calendar?month=2031-05`. */
function dateOf(segments: readonly string[], query: URLSearchParams): { year: number; below: string } | null {
  const path = segments.join('/');
  const inPath = /^(.*?)(?:^|\/)(\d{4})(?:[/-]\d{1,2}){1,2}$/.exec(path);
  if (inPath) return { year: Number(inPath[2]), below: `/${inPath[1]}` };
  for (const [name, value] of query) {
    const written = /^(?:date|day|month|week|year|from|start)$/i.test(name) && /^(\d{4})(?:-\d{1,2}){0,2}$/.exec(value);
    if (written) return { year: Number(written[1]), below: `/${path}` };
  }
  return null;
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
