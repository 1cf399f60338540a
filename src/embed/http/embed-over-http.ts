import { throwIfAborted } from '../../platform/errors.ts';
import { hasWords } from '../has-words.ts';
import { readVectors } from '../read-vectors.ts';
import { parseShortenedName } from '../shortened-name.ts';
import type { Embedder, EmbedderSettings, OnEmbedded, TextRole } from '../types.ts';
import { askServer, TooLong } from './ask-server.ts';
import { cutAgain, cutToTokens } from './cut-long-text.ts';
import { packBatches } from './pack-batches.ts';
import type { EmbedProtocol } from './protocol.ts';

/** To learn the dimensions. */
const PROBE = 'dimensions';

type Call = { readonly role: TextRole; readonly signal: AbortSignal };

/** An embedder behind requests of JSON. `name` is what follows `provider/`, with `@dimensions` where fewer are wanted. */
export function createHttpEmbedder(name: string, protocol: EmbedProtocol, settings: EmbedderSettings): Embedder {
  const { provider, silentMaxTokens } = protocol;
  const { model, dimensions: asked } = parseShortenedName(name);
  const { knownSpace } = settings;
  const known = knownSpace?.provider === provider && knownSpace.model === name ? knownSpace.dimensions : 0;
  let dimensions = known || (asked ?? 0);
  let isAnswered = known > 0;
  let cutTexts = 0;

  const ask = async (texts: readonly string[], { role, signal }: Call): Promise<Float32Array[]> => {
    const request = { model, role, texts, dimensions: asked };
    const answer = await askServer(request, { name, protocol, settings, signal });
    const vectors = readVectors({ ...answer, count: texts.length, dimensions, mayShorten: asked !== null });
    dimensions = vectors[0]?.length ?? dimensions;
    isAnswered = true;
    return vectors;
  };

  /** Halves where a batch is too much, a shorter text where the batch is one text. */
  const askForBatch = async (texts: readonly string[], call: Call, cuts = 0): Promise<Float32Array[]> => {
    try {
      const vectors = await ask(texts, call);
      if (cuts > 0) cutTexts++;
      return vectors;
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
      if (texts.length > 1) {
        const middle = Math.ceil(texts.length / 2);
        const front = await askForBatch(texts.slice(0, middle), call);
        return [...front, ...(await askForBatch(texts.slice(middle), call))];
      }
      const shorter = cutAgain(texts[0] ?? '', cuts);
      if (shorter === null) throw error.error;
      return await askForBatch([shorter], call, cuts + 1);
    }
  };

  const textFor = (text: string, role: TextRole): string => {
    const whole = `${protocol.prefix(role)}${text}`;
    const sent = silentMaxTokens === undefined ? whole : cutToTokens(whole, silentMaxTokens);
    if (sent !== whole) cutTexts++;
    return sent;
  };

  const embed = async (
    texts: readonly string[],
    role: TextRole,
    parts: { readonly signal?: AbortSignal; readonly onEmbedded?: OnEmbedded },
  ): Promise<(Float32Array | null)[]> => {
    const { signal, onEmbedded } = parts;
    throwIfAborted(signal);
    const vectors = new Array<Float32Array | null>(texts.length).fill(null);
    const wanted = texts.flatMap((text, place) => (hasWords(text) ? [{ place, text: textFor(text, role) }] : []));
    if (wanted.length < texts.length) onEmbedded?.(texts.length - wanted.length);
    if (wanted.length === 0) return vectors;
    const { default: pLimit } = await import('p-limit');
    const limit = pLimit(protocol.concurrency);
    const failed = new AbortController();
    const call = { role, signal: signal ? AbortSignal.any([signal, failed.signal]) : failed.signal };
    let firstError: unknown;
    const embedBatch = async (batch: typeof wanted): Promise<void> => {
      try {
        throwIfAborted(call.signal);
        const texts = batch.map(({ text }) => text);
        const found = await askForBatch(texts, call);
        batch.forEach(({ place }, i) => {
          vectors[place] = found[i] as Float32Array;
        });
        onEmbedded?.(batch.length);
      } catch (error) {
        // What else is under way is of no use now.
        firstError ??= error;
        failed.abort();
      }
    };
    const batches = packBatches(wanted, protocol.limits, ({ text }) => text);
    await Promise.all(batches.map((batch) => limit(() => embedBatch(batch))));
    throwIfAborted(signal);
    if (firstError !== undefined) throw firstError;
    return vectors;
  };

  return {
    get space() {
      return { provider, model: name, dimensions };
    },
    get cutTexts() {
      return cutTexts;
    },
    async prepare(signal) {
      if (!isAnswered) await embed([PROBE], 'query', { signal });
      return { provider, model: name, dimensions };
    },
    embedPassages: (texts, signal, onEmbedded) => embed(texts, 'passage', { signal, onEmbedded }),
    embedQuery: async (text, signal) => (await embed([text], 'query', { signal }))[0] ?? null,
  };
}
