/**
 * Share of characters, among those that are no white space, which cannot be part of a text: private use, controls and
 * replacement characters. Fonts without a usable Unicode map give these.
 */
export function illegibleShare(text: string): number {
  let illegible = 0;
  let visible = 0;
  for (const character of text) {
    if (/\s/u.test(character)) continue;
    visible++;
    if (/[\p{Co}\p{Cc}\p{Cn}\ufffd]/u.test(character)) illegible++;
  }
  return visible === 0 ? 0 : illegible / visible;
}
