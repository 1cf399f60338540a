export type BatchLimits = {
  readonly maxTexts: number;
  /** Of all texts of one request together. */
  readonly maxTokens: number;
};

/** Bytes of UTF-8 for a token, on the safe side: English has four, and Chinese three a character. */
const BYTES_PER_TOKEN = 3;

/** More tokens than a text has with any tokenizer in use, but for rare scripts and noise. */
export const mostTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN) + 2;

/** Items in their order, in batches within the limits; a text above `maxTokens` is a batch of its own. */
export function packBatches<Item>(
  items: readonly Item[],
  { maxTexts, maxTokens }: BatchLimits,
  textOf: (item: Item) => string,
): Item[][] {
  const batches: Item[][] = [];
  let tokens = 0;
  for (const item of items) {
    const own = mostTokens(textOf(item));
    const batch = batches.at(-1);
    if (batch && batch.length < maxTexts && tokens + own <= maxTokens) {
      batch.push(item);
      tokens += own;
    } else {
      batches.push([item]);
      tokens = own;
    }
  }
  return batches;
}
