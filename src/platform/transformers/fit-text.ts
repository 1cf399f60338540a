import { cutText } from '../../domain/cut-text.ts';

/** No tokenizer in use makes tokens longer than this on average; what is beyond is not even looked at. */
export const MAX_TOKEN_LENGTH = 12;
/** Each cut is in proportion, so a few suffice for any text. */
const MAX_CUTS = 12;

/** The beginning of a text that has `maxTokens` at most by `count`. A cut by the tokenizer would take the mark at the end too. */
export function fitText(whole: string, maxTokens: number, count: (text: string) => number): string {
  let text = whole;
  for (let cut = 0; cut < MAX_CUTS && text !== ''; cut++) {
    const tokens = count(text);
    if (tokens <= maxTokens) return text;
    text = cutText(text, Math.min(text.length - 1, Math.floor((text.length * Math.max(0, maxTokens)) / tokens)));
  }
  return text;
}
