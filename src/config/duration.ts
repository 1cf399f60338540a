const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** Milliseconds of `500ms`, `2s`, `1.5 s` or `1m`, rounded up; null when it is no duration. A bare number is none. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]{1,3})$/i.exec(text.trim());
  const unit = UNIT_MS[match?.[2]?.toLowerCase() ?? ''];
  return match && unit !== undefined ? Math.ceil(Number(match[1]) * unit) : null;
}
