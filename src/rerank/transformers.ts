import { throwIfAborted } from '../platform/errors.ts';
import { loadError } from '../platform/transformers/load-error.ts';
import { createModelProcess } from '../platform/transformers/model-process.ts';
import { modelSourceOf } from '../platform/transformers/model-source.ts';
import { workerEntry } from '../platform/transformers/worker-entry.ts';
import type { ScoreReply, ScoreTask } from './transformers/worker-messages.ts';
import type { Reranker, RerankerDriver, RerankerSettings } from './types.ts';

/**
 * Cross-encoders on this machine, by transformers.js: `transformers/<folder>` or `transformers/<name on the Hub>`. The
 * library is an optional install.
 */
export const transformersDriver: RerankerDriver = {
  provider: 'transformers',
  example: 'Xenova/ms-marco-MiniLM-L-6-v2',
  create: createTransformersReranker,
};

/** Pairs that are scored at once: after an abort at most so many are finished. */
const BATCH = 8;

const UNUSABLE = 'Choose a cross-encoder in ONNX form, such as transformers/Xenova/ms-marco-MiniLM-L-6-v2.';

function createTransformersReranker(model: string, settings: RerankerSettings): Reranker {
  const name = `transformers/${model}`;
  const entry = () => settings.transformers.workerEntry ?? workerEntry('rerank-worker');
  const process = createModelProcess<ScoreTask, ScoreReply>(entry, name);
  return {
    name,
    close: process.close,
    async rerank({ query, passages, signal }) {
      throwIfAborted(signal);
      if (passages.length === 0) return [];
      const source = modelSourceOf(model, name, settings.transformers);
      const scores = new Array<number>(passages.length).fill(0);
      // Passages of like length make batches with little padding.
      const order = passages.map((_, i) => i).sort((a, b) => lengthOf(passages, b) - lengthOf(passages, a));
      for (let start = 0; start < order.length; start += BATCH) {
        const batch = order.slice(start, start + BATCH);
        const task = { source, query, passages: batch.map((i) => passages[i] as string) };
        const reply = await process.run(task, signal);
        if (reply.status === 'failed') throw loadError(reply, { source, name, verb: 'rerank', unusableHint: UNUSABLE });
        batch.forEach((passage, i) => {
          scores[passage] = reply.scores[i] as number;
        });
      }
      return scores;
    },
  };
}

const lengthOf = (passages: readonly string[], i: number): number => (passages[i] as string).length;
