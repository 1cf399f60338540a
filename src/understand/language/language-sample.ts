/** Characters of each stretch, and where the stretches begin as shares of the text: a start may be in another language. */
const STRETCH_LENGTH = 1000;
const STARTS = [0, 0.35, 0.7];

/** Fenced code, inline code, tags, addresses, and what has a digit in it. */
const noise =
  /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`|<[^<>\n]{1,200}>|\b[a-z]+:\/\/\S+|[\w@.+-]{0,60}[\d@_][\w@.+-]{0,60}/gi;

/** Running text from some places of a document, of bounded length, without what is in no language. */
export function languageSample(text: string): string {
  const isShort = text.length <= STRETCH_LENGTH * STARTS.length * 1.5;
  const stretches = isShort
    ? [text]
    : STARTS.map((share) => {
        const start = Math.floor(share * text.length);
        return text.slice(start, start + STRETCH_LENGTH * 1.5);
      });
  return stretches
    .map((stretch) => stretch.replace(noise, ' ').slice(0, isShort ? undefined : STRETCH_LENGTH))
    .join(' ')
    .slice(0, STRETCH_LENGTH * STARTS.length);
}
