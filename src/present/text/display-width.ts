/** East Asian wide and full-width blocks and emoji, as terminals draw them. Source: Unicode Annex 11, shortened to blocks. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const ZERO = /[\p{Mn}\p{Me}\u200b-\u200f\u2060\ufeff]/u;
const ASCII = /^[ -~]*$/;

/** Columns that one code point takes: 0, 1 or 2. */
export const characterWidth = (character: string): number =>
  character <= '~' ? 1 : ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;

/** Columns that an escaped text takes on a terminal. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text, cut to so many columns with an ellipsis where it is longer. */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let taken = 0;
  let end = 0;
  for (const character of text) {
    taken += characterWidth(character);
    if (taken > width - 1) break;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}

/** As `cutToWidth`, but keeps the end: what matters of a path. */
export function cutStartToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = [...text];
  let taken = 1;
  let start = characters.length;
  while (start > 0 && taken + characterWidth(characters[start - 1]!) <= width) {
    start--;
    taken += characterWidth(characters[start]!);
  }
  return `…${characters.slice(start).join('')}`;
}
