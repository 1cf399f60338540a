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

// English has 40 vowels in 100 letters, Czech 36, hexadecimal dumps 30; letters shifted by a glyph number about 15.
const fewestVowels = 0.18;
const fewestLetters = 200;
const sampleLength = 20_000;

/**
 * Whether text in Latin letters reads like no language, as a font with a wrong character map gives it ("7KLV LV" for
 * "This is"). Short texts are never judged.
 */
export function readsLikeCipher(text: string): boolean {
  // Accents apart from their letters, so that "é" counts as a vowel.
  const plain = text.slice(0, sampleLength).normalize('NFD');
  const letters = plain.match(/[a-z]/gi)?.length ?? 0;
  if (letters < fewestLetters) return false;
  const vowels = plain.match(/[aeiouy]/gi)?.length ?? 0;
  return vowels < fewestVowels * letters;
}
