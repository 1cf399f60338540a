import { isRagError, messageOf } from '../../platform/errors.ts';
import type { JobError } from '../../store/types.ts';

/** What may be over the next time: a lock, a server, a network. Everything else fails in the same way again. */
const RETRYABLE: ReadonlySet<string> = new Set([
  'DB_BUSY',
  'DB_FAILED',
  'SOURCE_FAILED',
  'MODEL_UNREACHABLE',
  'MODEL_RATE_LIMITED',
  'MODEL_TIMEOUT',
  'MODEL_BROKEN_STREAM',
  'MODEL_FAILED',
  'INTERNAL',
]);

export const isRetryable = ({ code }: Pick<JobError, 'code'>): boolean => RETRYABLE.has(code);

/** A stack is for whoever looks for the fault; deeper it says no more. */
const MAX_STACK_LENGTH = 4000;

/** What was thrown, as it is kept with the job. */
export function jobErrorOf(thrown: unknown): JobError {
  const stack = thrown instanceof Error ? thrown.stack?.slice(0, MAX_STACK_LENGTH) : undefined;
  if (!isRagError(thrown))
    return { code: 'INTERNAL', message: `Unexpected: ${messageOf(thrown)}`, ...(stack && { stack }) };
  const { code, message, hint } = thrown;
  return { code, message, ...(hint && { hint }), ...(stack && { stack }) };
}

/** Of a job whose process ended under it. */
export const INTERRUPTED = 'INTERRUPTED';
