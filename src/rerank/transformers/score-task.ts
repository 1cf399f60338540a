import { messageOf } from '../../platform/errors.ts';
import { type CrossEncoder, isFileMissing, loadCrossEncoder } from './cross-encoder.ts';
import type { LoadProblem, ScoreReply, ScoreTask } from './worker-messages.ts';

const LIBRARY = '@huggingface/transformers';

let loaded: Promise<CrossEncoder> | undefined;

/** Scores one batch; a process has one model, which its first batch loads. Never throws. */
export async function scoreTask({ source, query, passages }: ScoreTask): Promise<ScoreReply> {
  try {
    loaded ??= import('@huggingface/transformers').then((library) => loadCrossEncoder(library, source));
    return { status: 'scored', scores: await (await loaded).score(query, passages) };
  } catch (error) {
    // The next call may find what was missing.
    loaded = undefined;
    return { status: 'failed', problem: problemOf(error), message: messageOf(error).slice(0, 500) };
  }
}

function problemOf(error: unknown): LoadProblem {
  const { code, message, cause } = (error ?? {}) as { code?: unknown; message?: unknown; cause?: unknown };
  if (code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(LIBRARY)) return 'library';
  if (isFileMissing(error)) return 'missing';
  if (cause !== undefined && /fetch failed|timed? ?out|socket/i.test(String(message))) return 'unreachable';
  return 'unusable';
}
