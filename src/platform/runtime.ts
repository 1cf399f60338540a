/** What a stage may need of the outside world, passed in so that tests can pass their own. */
export type Runtime = {
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof globalThis.fetch;
  readonly signal?: AbortSignal;
};

export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number;
};

export type Log = {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
};

export const systemClock: Clock = { now: () => Date.now() };

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {} };

export const systemRuntime: Runtime = { clock: systemClock, log: silentLog, fetch: globalThis.fetch };
