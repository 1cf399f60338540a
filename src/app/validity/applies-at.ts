import type { TimeAsked } from '../../retrieve/query/time-asked.ts';
import type { Version } from './document-versions.ts';

/** When a version begins, as it says itself; else the day that it bears. */
const beginOf = ({ stated }: Version): number | null => stated.from ?? stated.dated;

/** Whether a document applies at the time asked for, by what it and its successor say. */
export function appliesAt(version: Version, { kind, period }: TimeAsked): boolean {
  const { stated, successor } = version;
  if (stated.status === 'draft') return false;
  if (kind === 'before') return version.predecessor === null;
  if (stated.from !== null && stated.from >= period.after) return false;
  if (stated.after !== null) return stated.after > period.first;
  const end = successor && beginOf(successor);
  if (end !== null && end !== undefined) return end > period.first;
  return kind === 'at' || (successor === null && stated.status === null);
}
