import { memoryCircuits } from '../../../src/generate/multiplex/circuit.ts';
import { createMultiplexer, type MultiplexerOptions } from '../../../src/generate/multiplex/create-multiplexer.ts';
import { createGate } from '../../../src/generate/multiplex/gate.ts';
import type { CircuitStore, Member } from '../../../src/generate/multiplex/types.ts';
import type { GenerateEvent, GenerateRequest, Generator } from '../../../src/generate/types.ts';
import { RagError, type RagErrorCode } from '../../../src/platform/errors.ts';

export const REQUEST: GenerateRequest = { messages: [{ role: 'user', content: 'What is it?' }], temperature: 0 };

/** What a model does when it is asked. `silent` says nothing until it is left. */
export type Behaviour =
  | { readonly kind: 'answers'; readonly deltas: readonly string[] }
  | {
      readonly kind: 'fails';
      readonly code: RagErrorCode;
      readonly status?: number;
      readonly after?: readonly string[];
    }
  | { readonly kind: 'silent'; readonly after?: readonly string[] };

/** A model whose behaviour can be changed between calls. */
export function actor(name: string, behaviour: Behaviour) {
  const state = { behaviour, calls: 0, running: 0, mostRunning: 0 };
  const generator: Generator = {
    name,
    async *generate(_request, signal): AsyncGenerator<GenerateEvent> {
      state.calls++;
      state.mostRunning = Math.max(state.mostRunning, ++state.running);
      try {
        yield* perform(state.behaviour, name, signal);
      } finally {
        state.running--;
      }
    },
  };
  return { state, member: { generator, provider: name.split('/')[0] ?? name } satisfies Member };
}

async function* perform(
  behaviour: Behaviour,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<GenerateEvent> {
  const texts = behaviour.kind === 'answers' ? behaviour.deltas : (behaviour.after ?? []);
  for (const text of texts) yield { type: 'text-delta', text };
  if (behaviour.kind === 'fails') {
    throw new RagError(behaviour.code, {
      message: `${name} failed with ${behaviour.code}.`,
      hint: `Mend ${name}.`,
      details: behaviour.status === undefined ? {} : { status: behaviour.status },
    });
  }
  if (behaviour.kind === 'silent') {
    await new Promise((_, reject) => {
      const stop = () => reject(new RagError('ABORTED', { message: 'Interrupted.' }));
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
    });
  }
  yield { type: 'finish', reason: 'stop', usage: { inputTokens: 10, outputTokens: texts.length } };
}

/** A clock and a wait that pass when told: `advance` ends every wait that is due. */
export function manualTime(start = 1_000_000) {
  let now = start;
  const waiting = new Set<{ readonly at: number; readonly end: () => void }>();
  return {
    clock: { now: () => now },
    wait: (delayMs: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        const entry = { at: now + delayMs, end: resolve };
        waiting.add(entry);
        signal.addEventListener('abort', () => {
          waiting.delete(entry);
          reject(signal.reason);
        });
      }),
    advance(ms: number): void {
      now += ms;
      for (const entry of waiting) {
        if (entry.at > now) continue;
        waiting.delete(entry);
        entry.end();
      }
    },
    /** Lengths of the waits under way, shortest first. */
    waits: () => [...waiting].map(({ at }) => at - now).sort((a, b) => a - b),
  };
}

export type Time = ReturnType<typeof manualTime>;

export function multiplexerOf(
  members: readonly Member[],
  options: Partial<MultiplexerOptions> & { readonly time?: Time; readonly circuits?: CircuitStore } = {},
): Generator {
  const { time = manualTime(), ...rest } = options;
  const gate = createGate({ maxConcurrent: 100, requestsPerMinute: 0, ...time });
  return createMultiplexer({
    members,
    circuits: memoryCircuits(),
    gateOf: () => gate,
    firstTokenMs: 5000,
    deadlineMs: 60_000,
    ...time,
    ...rest,
  });
}

/** Lets what is ready to run do so, without time passing. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
