import { isRagError, RagError, throwIfAborted } from '../../platform/errors.ts';
import { waitFor } from '../../platform/model-server/retry-delay.ts';
import type { Clock } from '../../platform/runtime.ts';
import type { GenerateEvent, GenerateRequest, Generator } from '../types.ts';
import { circuitState, HALF_OPEN_AFTER_MS, isProviderFailure } from './circuit.ts';
import type { Gate } from './gate.ts';
import type { CircuitStore, Member } from './types.ts';

export type MultiplexerOptions = {
  /** In the order in which they are asked; at least one. */
  readonly members: readonly Member[];
  readonly circuits: CircuitStore;
  readonly gateOf: (provider: string) => Gate;
  readonly clock: Clock;
  /** Longest silence of a model before the next is asked. The last is left its own time. */
  readonly firstTokenMs: number;
  /** Longest time for all of them together, to the end of the answer. */
  readonly deadlineMs: number;
  /** The caller has an answer of its own when no model gives one: then no model is waited for any longer. */
  readonly hasLastResort?: boolean;
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
};

type Failure = readonly [name: string, error: RagError];

/** `isProbed`: another call tries its provider just now. */
type Candidate = Member & { readonly isProbed?: true };

/**
 * One model out of several. They are asked one after the other until the first text comes; from then on the answer is of
 * that model alone, and its faults end it. A wrong key, an unknown model or a prompt that is too long moves on as well,
 * and is told. A provider whose circuit is open is asked last, or not at all where there is a last resort.
 * Throws the error of the only model, or one that tells what each of them said; MODEL_TIMEOUT past the deadline; ABORTED.
 */
export function createMultiplexer(options: MultiplexerOptions): Generator {
  const { members, circuits, clock, wait = waitFor } = options;
  const name = members[0]?.generator.name ?? '';

  async function* generate(request: GenerateRequest, signal?: AbortSignal): AsyncGenerator<GenerateEvent> {
    throwIfAborted(signal);
    const over = new AbortController();
    const deadline = new AbortController();
    const outer = AbortSignal.any([over.signal, deadline.signal, ...(signal ? [signal] : [])]);
    wait(options.deadlineMs, outer).then(
      () => deadline.abort(),
      // The call has ended before.
      () => {},
    );
    const failures = new Map<string, RagError>();
    const { ready, open } = inOrder();
    for (const { generator } of open) failures.set(generator.name, circuitOpen(generator.name));
    const next = (): Candidate | undefined => ready.shift() ?? (options.hasLastResort ? undefined : open.shift());
    try {
      for (let member = next(); member; member = next()) {
        const { generator, provider } = member;
        if (!mayBeAsked(member)) {
          failures.set(generator.name, circuitOpen(generator.name));
          open.push({ ...member, isProbed: true });
          continue;
        }
        failures.delete(generator.name);
        const isLast = ready.length + open.length === 0 && !options.hasLastResort;
        const call = startCall(member, request, outer);
        let isSound = true;
        try {
          const first = await call.first(isLast ? null : options.firstTokenMs);
          for (const [from, error] of inMemberOrder(failures)) yield failoverEvent(from, error, generator.name);
          if (first) yield first;
          yield* call.rest(first);
          return;
        } catch (error) {
          isSound = false;
          throwIfAborted(signal);
          const told = deadline.signal.aborted ? pastDeadline(generator.name, options.deadlineMs) : error;
          if (call.wasAsked() && isProviderFailure(told)) circuits.countFailure(provider, clock.now());
          if (!isRagError(told) || call.hasBegun() || deadline.signal.aborted || !movesOn(told)) throw told;
          failures.set(generator.name, told);
        } finally {
          call.end();
          if (isSound && call.hasBegun()) circuits.clearFailures(provider);
        }
      }
    } finally {
      over.abort();
    }
    throw allFailed(inMemberOrder(failures));
  }

  /** Those that may be asked, and those whose circuit is open. */
  function inOrder(): { readonly ready: Candidate[]; readonly open: Candidate[] } {
    const stateOf = ({ provider }: Member) => circuitState(circuits.circuit(provider), clock.now());
    const isOpen = (member: Member) => stateOf(member) === 'open';
    return { ready: members.filter((member) => !isOpen(member)), open: members.filter(isOpen) };
  }

  /** One call at a time, of all processes, tries a provider whose circuit is half-open. */
  function mayBeAsked({ provider, isProbed }: Candidate): boolean {
    const now = clock.now();
    const circuit = circuits.circuit(provider);
    if (isProbed || !circuit || circuitState(circuit, now) !== 'half-open') return true;
    return circuits.claimProbe(provider, circuit.failedAt, now);
  }

  function inMemberOrder(failures: ReadonlyMap<string, RagError>): Failure[] {
    return members.flatMap(({ generator }) => {
      const error = failures.get(generator.name);
      return error ? [[generator.name, error] as const] : [];
    });
  }

  /** A call whose first event can be waited for with a bound, and that is left without waiting for it. */
  function startCall({ generator, provider }: Member, request: GenerateRequest, outer: AbortSignal) {
    const left = new AbortController();
    const signal = AbortSignal.any([outer, left.signal]);
    let events: AsyncIterator<GenerateEvent> | null = null;
    let leave = () => {};
    let begun = false;
    return {
      /** False while the call waits for its turn, which is no fault of the provider. */
      wasAsked: () => events !== null,
      hasBegun: () => begun,
      /** Null when the stream had nothing in it. */
      async first(boundMs: number | null): Promise<GenerateEvent | null> {
        leave = await options.gateOf(provider).enter(signal);
        events = generator.generate(request, signal)[Symbol.asyncIterator]();
        const timer = new AbortController();
        const next = events.next();
        try {
          const late = boundMs === null ? [] : [isLate(boundMs, AbortSignal.any([signal, timer.signal]))];
          const result = await Promise.race([next, ...late]);
          if (result === 'late') {
            const error = silent(generator.name, boundMs ?? 0);
            left.abort(error);
            throw error;
          }
          begun = !result.done;
          return result.done ? null : result.value;
        } finally {
          timer.abort();
          // Of a model that was left, what it says later is of no interest.
          next.catch(() => {});
        }
      },
      async *rest(first: GenerateEvent | null): AsyncGenerator<GenerateEvent> {
        for (let event = first; event !== null; ) {
          const { done, value } = await (events as AsyncIterator<GenerateEvent>).next();
          if (done) return;
          yield value.type === 'finish' ? { model: generator.name, ...value } : value;
          event = value;
        }
      },
      end() {
        left.abort();
        leave();
        // Not awaited: what hangs in `next` would hang in `return` too.
        events?.return?.().catch(() => {});
      },
    };
  }

  /** Never resolves when the signal fires first. */
  const isLate = (boundMs: number, signal: AbortSignal): Promise<'late'> =>
    new Promise((resolve) => {
      wait(boundMs, signal).then(
        () => resolve('late'),
        () => {},
      );
    });

  return { name, generate };
}

/** What says that this model gives no answer, while another one may. */
const movesOn = ({ code }: RagError): boolean =>
  code.startsWith('MODEL_') || code === 'BUDGET_EXCEEDED' || code === 'OFFLINE' || code === 'PRIVACY_REFUSED';

const failoverEvent = (from: string, error: RagError, to: string): GenerateEvent => ({
  type: 'failover',
  from,
  to,
  reason: error.message.replace(/\.$/, ''),
});

const circuitOpen = (name: string): RagError =>
  new RagError('MODEL_UNREACHABLE', {
    message: `"${name}" failed several times in a row and is left alone for ${HALF_OPEN_AFTER_MS / 1000} s.`,
    hint: 'Ask again in half a minute.',
    details: { model: name, circuit: 'open' },
  });

const silent = (name: string, afterMs: number): RagError =>
  new RagError('MODEL_TIMEOUT', {
    message: `"${name}" had said nothing after ${afterMs / 1000} s.`,
    hint: 'A large model may still be loading, or think before it writes: raise models.firstTokenMs.',
    details: { model: name },
  });

const pastDeadline = (name: string, deadlineMs: number): RagError =>
  new RagError('MODEL_TIMEOUT', {
    message: `"${name}" was not done after ${deadlineMs / 1000} s.`,
    hint: 'Choose a faster model, ask for less, or raise models.deadlineMs.',
    details: { model: name },
  });

/** The error of the only one as it is; else all of them in one, with the code of the model that was asked for first. */
function allFailed(failures: readonly Failure[]): RagError {
  const first = failures[0]?.[1];
  if (first && failures.length === 1) return first;
  return new RagError(first?.code ?? 'MODEL_FAILED', {
    message: `No model answered. ${failures.map(([name, { message }]) => `${name}: ${message}`).join(' ')}`,
    hint: first?.hint,
    details: { failures: failures.map(([model, { code }]) => ({ model, code })) },
    cause: first,
  });
}
