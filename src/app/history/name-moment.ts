import { RagError } from '../../platform/errors.ts';
import type { Store } from '../../store/types.ts';
import type { NamedMoment } from './types.ts';

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * The moment of a snapshot, or of a date or time: a year, month or day means its last moment, and without a zone a time is
 * UTC. Throws USAGE for what is none, NOT_FOUND for a name that no snapshot has.
 */
export function nameMoment(store: Pick<Store, 'snapshots'>, name: string): NamedMoment {
  const snapshots = store.snapshots();
  const snapshot = snapshots.find((each) => each.name === name);
  if (snapshot) return { name, moment: { generation: snapshot.generation }, at: snapshot.at };
  const time = timeOf(name);
  if (time !== null) {
    const at = new Date(time).toISOString();
    return { name, moment: { at }, at };
  }
  const names = snapshots.map((each) => each.name);
  throw new RagError('NOT_FOUND', {
    message: `"${name.slice(0, 60)}" is neither a snapshot nor a date.`,
    hint:
      names.length > 0
        ? `Snapshots are ${names.slice(-5).join(', ')}; a date is 2026-03-01 or 2026-03-01T14:00Z.`
        : 'Give a date such as 2026-03-01 or 2026-03-01T14:00Z; there are no snapshots yet (`rag snapshot create`).',
  });
}

/** In milliseconds; null for what is no date. */
function timeOf(text: string): number | null {
  const point = TIME.exec(text);
  if (point) {
    const zone = (point[3] ?? 'Z').toUpperCase().replace(/^(.\d\d)(\d\d)$/, '$1:$2');
    const time = Date.parse(`${point[1]}T${point[2]}${zone}`);
    return Number.isNaN(time) || !isDay(point[1] as string) ? null : time;
  }
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number);
  if (year === undefined || (month !== undefined && (month < 1 || month > 12))) return null;
  if (day) return isDay(text) ? Date.UTC(year, month! - 1, day + 1) - 1 : null;
  return (month ? Date.UTC(year, month) : Date.UTC(year + 1, 0)) - 1;
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
