import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of `30d`, `12h`, `2w` or a bare number of days. */
export function parseDays(text: string): number {
  const [, number, unit = 'd'] = /^(\d{1,5})\s*([mhdw])?$/.exec(text.trim()) ?? [];
  if (number !== undefined) return Number(number) * (UNIT_MS[unit] as number);
  throw new InvalidArgumentError('It must be a time such as 30d, 12h or 2w.');
}
