/** What went wrong between us and a model server, before it is told to people. */
export type FaultKind =
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'timeout'; readonly phase: 'first-byte' | 'idle'; readonly afterMs: number }
  /** No connection, or one that was closed before the answer began. `code` is Node's, such as ECONNREFUSED. */
  | { readonly kind: 'network'; readonly code: string; readonly reason: string }
  /** The server reported an error inside a stream that had begun with status 200. */
  | { readonly kind: 'server'; readonly body: string }
  | { readonly kind: 'malformed'; readonly excerpt: string }
  /** The stream ended without its end mark. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Carries a fault through libraries that only know how to throw. */
export class ModelFault extends Error {
  readonly fault: FaultKind;

  constructor(fault: FaultKind, cause?: unknown) {
    super(`model fault: ${fault.kind}`, cause === undefined ? undefined : { cause });
    this.name = 'ModelFault';
    this.fault = fault;
  }
}
