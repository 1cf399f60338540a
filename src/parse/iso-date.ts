/**
 * A date as documents write it to ISO 8601 in UTC; null for what is no date or lies outside the years 1000 to 9999.
 * Takes ISO forms, RFC 2822 and "2 March 2020"; a bare number is no date.
 */
export function isoDate(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (text.length < 8 || text.length > 60 || !/\d/.test(text)) return null;
  // Without a zone a date-time is read as UTC, not as the zone of whoever ingests it.
  const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/.exec(text);
  const spaced = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?([+-]\d{2}):?(\d{2})$/.exec(text);
  const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const source = local
    ? `${local[1]}T${local[2]}Z`
    : spaced
      ? `${spaced[1]}T${spaced[2]}${spaced[3]}:${spaced[4]}`
      : slashes
        ? `${slashes[3]}-${slashes[1]!.padStart(2, '0')}-${slashes[2]!.padStart(2, '0')}`
        : /^\d+$/.test(text)
          ? ''
          : /^\d{4}-/.test(text) || /GMT|UTC|[+-]\d{4}|Z$/.test(text)
            ? text
            : `${text} UTC`;
  const time = Date.parse(source);
  if (Number.isNaN(time)) return null;
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 1000 && year <= 9999 ? date.toISOString() : null;
}
