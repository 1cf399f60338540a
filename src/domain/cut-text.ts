/** The beginning of a text, at most so many UTF-16 code units, with no character cut in two. */
export const cutText = (text: string, maxLength: number): string =>
  text.length <= maxLength ? text : text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
