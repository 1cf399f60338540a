import type { GenerateEvent, GenerateRequest, Generator } from '../generate/types.ts';
import { type RagError, throwIfAborted } from '../platform/errors.ts';

export type GeneratorScript = {
  readonly name?: string;
  /** The deltas of every answer, or what makes them of a request. */
  readonly deltas: readonly string[] | ((request: GenerateRequest) => readonly string[]);
  readonly reason?: 'stop' | 'length' | 'other';
  /** Why it ended; then the reason is `other` unless it is given. */
  readonly note?: string;
  /** Thrown after `failAfter` deltas (default 0). */
  readonly error?: RagError;
  readonly failAfter?: number;
};

export type ScriptedGenerator = Generator & { readonly requests: readonly GenerateRequest[] };

/** A generator that says what it was told to say, and keeps what it was asked. One token a delta. */
export function scriptedGenerator(script: GeneratorScript): ScriptedGenerator {
  const requests: GenerateRequest[] = [];
  return {
    name: script.name ?? 'scripted/test',
    requests,
    async *generate(request, signal): AsyncGenerator<GenerateEvent> {
      throwIfAborted(signal);
      requests.push(request);
      const deltas = typeof script.deltas === 'function' ? script.deltas(request) : script.deltas;
      for (const [index, text] of deltas.entries()) {
        if (script.error && index === (script.failAfter ?? 0)) throw script.error;
        yield { type: 'text-delta', text };
        throwIfAborted(signal);
      }
      if (script.error) throw script.error;
      yield {
        type: 'finish',
        reason: script.reason ?? (script.note === undefined ? 'stop' : 'other'),
        ...(script.note !== undefined && { note: script.note }),
        usage: { inputTokens: request.messages.length, outputTokens: deltas.length },
      };
    },
  };
}
