/** `1 document`, `2,000 documents`. */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${groupDigits(count)} ${count === 1 ? noun : plural}`;

/** 12345 -> 12,345. Independent of the locale, so that output can be compared. */
export const groupDigits = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** Bytes with a decimal unit: 512 B, 1.5 kB, 20 MB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Milliseconds as people say them: 40 ms, 3.2 s, 4 min 05 s, 2 h 10 min. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A score or a raw value with three significant decimals. */
export const formatScore = (score: number): string => (Math.abs(score) >= 100 ? score.toFixed(1) : score.toFixed(3));

/** The day of an ISO time, or a dash. */
export const formatDay = (time: string | null): string => (time === null ? '-' : time.slice(0, 10));
