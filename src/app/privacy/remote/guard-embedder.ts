import type { Embedder } from '../../../embed/types.ts';
import type { RemoteGuard } from './remote-guard.ts';

/**
 * The embedder, which is given texts without personal data. What the user refuses to send has no vector, and is found by
 * its words; so is what a question asks for that may not be sent.
 */
export function guardEmbedder(embedder: Embedder, guard: RemoteGuard): Embedder {
  const sentText = async (text: string): Promise<string> => (await guard.send([text])).texts[0]?.text ?? '';
  return {
    get space() {
      return embedder.space;
    },
    get cutTexts() {
      return embedder.cutTexts;
    },
    ...(embedder.prepare && { prepare: (signal?: AbortSignal) => embedder.prepare!(signal) }),
    async embedPassages(texts, signal, onEmbedded) {
      const places: number[] = [];
      for (const [place, text] of texts.entries()) if (!(await guard.refuses(text))) places.push(place);
      if (places.length < texts.length) onEmbedded?.(texts.length - places.length);
      const given: string[] = [];
      for (const place of places) given.push(await sentText(texts[place] as string));
      const vectors = given.length > 0 ? await embedder.embedPassages(given, signal, onEmbedded) : [];
      const all: (Float32Array | null)[] = texts.map(() => null);
      places.forEach((place, index) => {
        all[place] = vectors[index] ?? null;
      });
      return all;
    },
    embedQuery: async (text, signal) =>
      (await guard.refuses(text)) ? null : await embedder.embedQuery(await sentText(text), signal),
    close: () => embedder.close?.(),
  };
}
