/** A day or time of ISO 8601 as the log writes it; without a zone, a day is of UTC and a time of here. */
export const momentOf = (written: string | undefined): string | undefined =>
  written === undefined ? undefined : new Date(written.replace(' ', 'T')).toISOString();
