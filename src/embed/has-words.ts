/** Whether a text has a letter or a digit. A vector of anything else says nothing. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
