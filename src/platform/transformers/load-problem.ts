import { messageOf } from '../errors.ts';

/** Why there is no model: the library is not installed, its files are not there, the Hub does not answer, or the rest. */
export type LoadProblem = 'library' | 'missing' | 'unreachable' | 'unusable';

/** What a process with a model replies when it has none. */
export type LoadFailure = { readonly status: 'failed'; readonly problem: LoadProblem; readonly message: string };

const LIBRARY = '@huggingface/transformers';

export const loadFailureOf = (error: unknown): LoadFailure => ({
  status: 'failed',
  problem: problemOf(error),
  message: messageOf(error).slice(0, 500),
});

function problemOf(error: unknown): LoadProblem {
  const { code, message, cause } = (error ?? {}) as { code?: unknown; message?: unknown; cause?: unknown };
  if (code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(LIBRARY)) return 'library';
  if (isFileMissing(error)) return 'missing';
  if (cause !== undefined && /fetch failed|timed? ?out|socket/i.test(String(message))) return 'unreachable';
  return 'unusable';
}

/** How the library says that a file is not on the Hub, or not in the cache. */
export const isFileMissing = (error: unknown): boolean =>
  /could not locate file|not found locally|file was not found|Unauthorized access to file/i.test(String(error));
