import { RagError } from '../../platform/errors.ts';

/**
 * Bounds for stored times, which are ISO 8601 in UTC with milliseconds, so that comparing text compares time.
 * A bound is a year, a month, a day, or a point in time; without a zone it is UTC. Throws USAGE for anything else.
 */
export const firstMoment = (date: string): string => iso(date, parse(date).first);

/** The first moment that a year, month, day or point in time does not include any more. */
export const momentAfter = (date: string): string => iso(date, parse(date).after);

const period = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const point = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

function parse(date: string): { first: number; after: number } {
  const instant = point.exec(date);
  if (instant) {
    const zone = (instant[3] ?? 'Z').toUpperCase().replace(/^(.\d\d)(\d\d)$/, '$1:$2');
    const first = Date.parse(`${instant[1]}T${instant[2]}${zone}`);
    return { first, after: first + 1 };
  }
  const [, year, month, day] = (period.exec(date) ?? []).map(Number);
  if (year === undefined) throw notADate(date);
  if (day) return { first: Date.UTC(year, month! - 1, day), after: Date.UTC(year, month! - 1, day + 1) };
  if (month) return { first: Date.UTC(year, month - 1), after: Date.UTC(year, month) };
  return { first: Date.UTC(year, 0), after: Date.UTC(year + 1, 0) };
}

function iso(date: string, time: number): string {
  const month = Number(date.slice(5, 7) || 1);
  const day = Number(date.slice(8, 10) || 1);
  if (Number.isNaN(time) || month < 1 || month > 12 || day < 1 || day > 31) throw notADate(date);
  return new Date(time).toISOString();
}

const notADate = (date: string): RagError =>
  new RagError('USAGE', {
    message: `"${date.slice(0, 40)}" is no date.`,
    hint: 'Give a year, a month, a day or a time: 2026, 2026-03, 2026-03-31 or 2026-03-31T14:00Z.',
  });
