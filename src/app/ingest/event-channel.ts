/**
 * Lets callbacks feed an `AsyncIterable`: `push` never waits, the reader takes events in order.
 * The reader ends when `end` was called and everything was taken; `fail` is thrown after what came before it.
 */
export type EventChannel<Event> = AsyncIterable<Event> & {
  push(event: Event): void;
  end(): void;
  fail(error: unknown): void;
};

export function createEventChannel<Event>(): EventChannel<Event> {
  let events: Event[] = [];
  let state: { kind: 'open' } | { kind: 'ended' } | { kind: 'failed'; error: unknown } = { kind: 'open' };
  let wake: (() => void) | undefined;
  const notify = () => wake?.();
  return {
    push(event) {
      events.push(event);
      notify();
    },
    end() {
      state = { kind: 'ended' };
      notify();
    },
    fail(error) {
      state = { kind: 'failed', error };
      notify();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const taken = events;
        events = [];
        yield* taken;
        if (events.length > 0) continue;
        if (state.kind === 'failed') throw state.error;
        if (state.kind === 'ended') return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    },
  };
}
