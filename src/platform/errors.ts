/** Every code that an edge (exit status, HTTP status, MCP error) may have to map. */
export type RagErrorCode =
  | 'USAGE'
  | 'CONFIG_INVALID'
  | 'DB_NOT_RAGSTONE'
  | 'DB_TOO_NEW'
  | 'DB_READ_ONLY'
  | 'DB_DAMAGED'
  | 'DB_BUSY'
  | 'DB_MISSING'
  /** The file is encrypted and no key, or another one, was given; or the cipher is not installed. */
  | 'DB_KEY'
  | 'DB_FAILED'
  | 'SPACE_MISMATCH'
  | 'SOURCE_MISSING'
  | 'SOURCE_REFUSED'
  | 'SOURCE_FAILED'
  | 'PARSE_FAILED'
  | 'PARSE_TIMEOUT'
  | 'PARSE_MEMORY'
  | 'PARSE_ENCRYPTED'
  | 'PARSE_NO_TEXT'
  | 'PARSE_TOO_LARGE'
  | 'PARSE_UNSUPPORTED'
  /** No document that anyone wrote: binary data, a lock file, a key. Left out, not failed. */
  | 'PARSE_LEFT_OUT'
  /** It holds personal data, and the user said that such is to be refused. */
  | 'PRIVACY_REFUSED'
  /** A program that the user asked for is not installed. */
  | 'PROGRAM_MISSING'
  | 'NOT_FOUND'
  | 'MODEL_UNKNOWN'
  | 'MODEL_NOT_FOUND'
  | 'MODEL_UNREACHABLE'
  | 'MODEL_AUTH'
  | 'MODEL_RATE_LIMITED'
  | 'MODEL_CONTEXT_TOO_LONG'
  | 'MODEL_TIMEOUT'
  | 'MODEL_BROKEN_STREAM'
  | 'MODEL_FAILED'
  /** What a model would cost goes above what the user set. */
  | 'BUDGET_EXCEEDED'
  | 'OFFLINE'
  /** It was asked for by somebody else, or stands in a folder that is not trusted. */
  | 'NOT_TRUSTED'
  /** A program that was run ended with a fault. */
  | 'COMMAND_FAILED'
  | 'ABORTED'
  | 'INTERNAL';

type RagErrorParts = {
  message: string;
  /** What to do about it. */
  hint?: string;
  details?: Record<string, unknown>;
  cause?: unknown;
};

/** The one error of the project: says what happened, with values, and then what to do. */
export class RagError extends Error {
  readonly code: RagErrorCode;
  readonly hint: string | undefined;
  readonly details: Record<string, unknown>;

  constructor(code: RagErrorCode, parts: RagErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'RagError';
    this.code = code;
    this.hint = parts.hint;
    this.details = parts.details ?? {};
  }
}

export const isRagError = (error: unknown): error is RagError => error instanceof RagError;

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Throws `ABORTED` when the signal has fired; call it between steps of long work. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RagError('ABORTED', { message: 'Interrupted.', cause: signal.reason });
}
