import { throwIfAborted } from '../platform/errors.ts';
import { folderOf, isModelFolder } from '../platform/transformers/model-source.ts';
import { hasWords } from './has-words.ts';
import { familyOrDefault } from './model-families.ts';
import { readVectors } from './read-vectors.ts';
import { parseShortenedName } from './shortened-name.ts';
import type { EncoderProcess } from './transformers/encoder-process.ts';
import type { Embedder, EmbedderDriver, EmbedderSettings, OnEmbedded, TextRole } from './types.ts';

/**
 * Models on this machine, by transformers.js: `transformers/<folder>` or `transformers/<name on the Hub>`. The library is
 * an optional install. A folder is known by its absolute path, wherever it is asked for.
 */
export const transformersDriver: EmbedderDriver = {
  provider: 'transformers',
  example: 'Xenova/all-MiniLM-L6-v2',
  create: createTransformersEmbedder,
};

/** Texts that are embedded at once: after an abort at most so many are finished. */
const BATCH_TEXTS = 8;
/** Of a batch, padding included: attention over long texts takes memory by the square. */
const BATCH_LENGTH = 24_000;
/** To learn the dimensions. */
const PROBE = 'dimensions';

function createTransformersEmbedder(asked: string, settings: EmbedderSettings): Embedder {
  const { transformers, knownSpace } = settings;
  const { model: given, dimensions: wanted } = parseShortenedName(asked);
  const model = isModelFolder(given) ? folderOf(given) : given;
  const ownName = wanted === null ? model : `${model}@${wanted}`;
  const name = `transformers/${ownName}`;
  const { query, passage, pooling, maxTokens } = familyOrDefault(model);
  const known = knownSpace?.provider === 'transformers' && knownSpace.model === ownName ? knownSpace.dimensions : 0;
  let process: EncoderProcess | undefined;
  let dimensions = known || (wanted ?? 0);
  let isAnswered = known > 0;
  let cutTexts = 0;

  const embedBatch = async (texts: readonly string[], role: TextRole, signal?: AbortSignal) => {
    // A search of another model's vectors need not load what starts processes.
    const { createEncoderProcess } = await import('./transformers/encoder-process.ts');
    const defaults = { query, passage, pooling, maxTokens };
    process ??= createEncoderProcess(model, { name, defaults, transformers });
    const { vectors, cutTexts: cut } = await process.embed(texts, role, signal);
    cutTexts += cut;
    const read = readVectors({
      vectors,
      count: texts.length,
      dimensions,
      mayShorten: wanted !== null,
      sender: `"${name}"`,
    });
    dimensions = read[0]?.length ?? dimensions;
    isAnswered = true;
    return read;
  };

  const embed = async (
    texts: readonly string[],
    role: TextRole,
    parts: { readonly signal?: AbortSignal; readonly onEmbedded?: OnEmbedded },
  ): Promise<(Float32Array | null)[]> => {
    const { signal, onEmbedded } = parts;
    throwIfAborted(signal);
    const vectors = new Array<Float32Array | null>(texts.length).fill(null);
    const places = texts.flatMap((text, place) => (hasWords(text) ? [place] : []));
    if (places.length < texts.length) onEmbedded?.(texts.length - places.length);
    const lengthOf = (place: number): number => (texts[place] as string).length;
    // Texts of like length make batches with little padding, and the longest first show what memory it takes.
    places.sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
    while (places.length > 0) {
      const most = Math.max(1, Math.min(BATCH_TEXTS, Math.floor(BATCH_LENGTH / lengthOf(places[0] as number))));
      const batch = places.splice(0, most);
      const found = await embedBatch(
        batch.map((place) => texts[place] as string),
        role,
        signal,
      );
      batch.forEach((place, i) => {
        vectors[place] = found[i] as Float32Array;
      });
      onEmbedded?.(batch.length);
    }
    return vectors;
  };

  return {
    get space() {
      return { provider: 'transformers', model: ownName, dimensions };
    },
    get cutTexts() {
      return cutTexts;
    },
    async prepare(signal) {
      if (!isAnswered) await embed([PROBE], 'query', { signal });
      return { provider: 'transformers', model: ownName, dimensions };
    },
    embedPassages: (texts, signal, onEmbedded) => embed(texts, 'passage', { signal, onEmbedded }),
    embedQuery: async (text, signal) => (await embed([text], 'query', { signal }))[0] ?? null,
    close: () => process?.close(),
  };
}
