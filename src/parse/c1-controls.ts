// What windows-1252 has in place of the control characters U+0080 to U+009F; five places are empty.
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/**
 * Text in which windows-1252 was read as ISO 8859-1, as Node 20's TextDecoder does, with its quotes, dashes and euro
 * signs put right. No text has C1 control characters on purpose.
 */
export const replaceC1Controls = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80]!);
