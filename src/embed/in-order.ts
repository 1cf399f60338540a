/** `{index, embedding}` in any order, as OpenAI's and Mistral's and Voyage's answers are. */
export function inOrder(data: unknown): unknown {
  if (!Array.isArray(data)) return undefined;
  const items = data as ({ readonly index?: unknown; readonly embedding?: unknown } | null)[];
  const sorted: unknown[] = [];
  const isNumbered = items.every((item) => Number.isInteger(item?.index));
  items.forEach((item, i) => {
    sorted[isNumbered ? (item?.index as number) : i] = item?.embedding;
  });
  // One that comes twice leaves a gap, which is no vector; an index outside makes the list longer than it may be.
  return Array.from(sorted.slice(0, items.length + 1));
}
