/** Longer ones are pasted pages; the log keeps what they begin with. In UTF-16 units. */
const MAX_LENGTH = 500;

/** As typed, without line breaks and what is beyond a question's length. Never ends within a surrogate pair. */
export const cutQuestion = (text: string): string => {
  const folded = foldSpaces(text);
  if (folded.length <= MAX_LENGTH) return folded;
  const end = /[\uD800-\uDBFF]/.test(folded[MAX_LENGTH - 1] ?? '') ? MAX_LENGTH - 1 : MAX_LENGTH;
  return folded.slice(0, end);
};

/** Equal for questions that differ only in case, spaces, the form of letters and marks at their end. */
export const normalizeQuestion = (text: string): string =>
  cutQuestion(text)
    .toLowerCase()
    .replace(/[\s?!.…]+$/u, '');

/** One space where there were several, none around; composed letters. What a search makes of the text is the same. */
export const foldSpaces = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
