import { sha256Short } from '../../platform/hash.ts';
import { programVersion } from '../../platform/version.ts';
import type { GenerateEvent, GenerateRequest, Generator } from '../types.ts';
import type { ReplyStore } from './types.ts';

/** Above this a model is asked to vary, and the same question is meant to have another answer. */
const MAX_TEMPERATURE = 0.2;
/** Answers have a few kilobytes. */
const MAX_KEPT_LENGTH = 100_000;

/**
 * Gives the reply of an equal request again, where one is kept: as one text, with `usage.cached`. Kept are whole replies
 * of the model that was named, never those of a fallback, and only of requests that ask for the likeliest words.
 */
export function cachedGenerator(generator: Generator, store: ReplyStore, onHit: (reply: CacheHit) => void): Generator {
  return {
    name: generator.name,
    async *generate(request, signal) {
      if (request.temperature === undefined || request.temperature > MAX_TEMPERATURE) {
        yield* generator.generate(request, signal);
        return;
      }
      const key = replyKey(generator.name, request);
      const kept = store.reply(key);
      if (kept) {
        const { text, model, inputTokens, outputTokens } = kept;
        onHit({ model, inputTokens, outputTokens });
        yield { type: 'text-delta', text };
        yield { type: 'finish', reason: 'stop', usage: { inputTokens, outputTokens, cached: true }, model };
        return;
      }
      yield* keeping(generator.generate(request, signal), (text, usage) => {
        const model = generator.name;
        store.keepReply(key, { text, model, inputTokens: usage.inputTokens, outputTokens: usage.outputTokens });
      });
    },
  };
}

export type CacheHit = { readonly model: string; readonly inputTokens: number; readonly outputTokens: number };

type Finish = Extract<GenerateEvent, { type: 'finish' }>;

async function* keeping(
  events: AsyncIterable<GenerateEvent>,
  keep: (text: string, usage: Finish['usage']) => void,
): AsyncGenerator<GenerateEvent> {
  let text = '';
  let isOfAnother = false;
  for await (const event of events) {
    if (event.type === 'failover') isOfAnother = true;
    else if (event.type === 'text-delta') text += event.text;
    else if (event.reason === 'stop' && !isOfAnother && text.trim() !== '' && text.length <= MAX_KEPT_LENGTH)
      keep(text, event.usage);
    yield event;
  }
}

/** Everything that a reply depends on: equal keys, equal requests. */
const replyKey = (name: string, { system, messages, maxOutputTokens, temperature }: GenerateRequest): Uint8Array =>
  sha256Short(
    JSON.stringify([
      programVersion(),
      name,
      system ?? null,
      messages.map(({ role, content }) => [role, content]),
      maxOutputTokens ?? null,
      temperature ?? null,
    ]),
  );
