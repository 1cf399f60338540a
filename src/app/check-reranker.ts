import { performance } from 'node:perf_hooks';
import { isRagError, messageOf } from '../platform/errors.ts';
import type { AppContext } from './app-context.ts';
import type { DoctorCheck } from './types.ts';

/** A model of one's own may have to be loaded first. */
const TIMEOUT_MS = 60_000;
const QUERY = 'When does the canteen open?';
const PASSAGES = ['The canteen opens at eight.', 'Parking is free on Sundays.'] as const;

/** Has the reranker that is set judge two sentences; a service counts them as one search. */
export async function checkReranker({ rerankers, settings }: AppContext): Promise<DoctorCheck> {
  const name = 'reranker';
  const { model } = settings.rerank;
  if (model === undefined || model === 'none' || !rerankers)
    return { name, status: 'ok', message: 'None is set (rerank.model); searches need none.' };
  const late = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const reranker = await rerankers.named(model);
    const started = performance.now();
    await reranker.rerank({ query: QUERY, passages: PASSAGES, signal: late });
    return { name, status: 'ok', message: `${model} works (${Math.round(performance.now() - started)} ms).` };
  } catch (error) {
    return {
      name,
      status: 'failed',
      message: late.aborted ? `${model} was not done with two sentences in ${TIMEOUT_MS / 1000} s.` : messageOf(error),
      hint: isRagError(error) && !late.aborted ? error.hint : 'Searches go on without it; set another rerank.model.',
    };
  }
}
