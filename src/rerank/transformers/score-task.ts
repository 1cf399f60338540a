import { loadFailureOf } from '../../platform/transformers/load-problem.ts';
import { type CrossEncoder, loadCrossEncoder } from './cross-encoder.ts';
import type { ScoreReply, ScoreTask } from './worker-messages.ts';

let loaded: Promise<CrossEncoder> | undefined;

/** Scores one batch; a process has one model, which its first batch loads. Never throws. */
export async function scoreTask({ source, query, passages }: ScoreTask): Promise<ScoreReply> {
  try {
    loaded ??= loadCrossEncoder(source);
    return { status: 'scored', scores: await (await loaded).score(query, passages) };
  } catch (error) {
    // The next call may find what was missing.
    loaded = undefined;
    return loadFailureOf(error);
  }
}
