import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { RagError, throwIfAborted } from '../platform/errors.ts';
import { createProcessPool, type ProcessPool, WorkerLost } from '../platform/process-pool.ts';
import { installCommand } from './transformers/install-command.ts';
import { rerankWorkerEntry } from './transformers/rerank-worker-entry.ts';
import type { ModelSource, ScoreReply, ScoreTask } from './transformers/worker-messages.ts';
import type { Reranker, RerankerDriver, RerankerSettings } from './types.ts';

/**
 * Cross-encoders on this machine, by transformers.js: `transformers/<folder>` or `transformers/<name on the Hub>`. The
 * library is an optional install. The model runs in a process of its own, since inference is synchronous there: an
 * abort would not be seen before its end.
 */
export const transformersDriver: RerankerDriver = {
  provider: 'transformers',
  example: 'Xenova/ms-marco-MiniLM-L-6-v2',
  create: createTransformersReranker,
};

/** Pairs that are scored at once: after an abort at most so many are finished. */
const BATCH = 8;
/** Loading may begin with a download of a gigabyte. */
const TIMEOUT_MS = 15 * 60_000;
/** The largest rerankers in use take half of this. */
const MAX_MEMORY_BYTES = 16 * 2 ** 30;

function createTransformersReranker(model: string, settings: RerankerSettings): Reranker {
  const name = `transformers/${model}`;
  let pool: ProcessPool<ScoreTask, ScoreReply> | undefined;
  const close = () => {
    pool?.close();
    pool = undefined;
  };
  return {
    name,
    close,
    async rerank({ query, passages, signal }) {
      throwIfAborted(signal);
      if (passages.length === 0) return [];
      const source = sourceOf(model, name, settings);
      pool ??= createProcessPool<ScoreTask, ScoreReply>({
        entry: settings.transformers.workerEntry ?? rerankWorkerEntry(),
        size: 1,
        timeoutMs: TIMEOUT_MS,
        maxMemoryBytes: MAX_MEMORY_BYTES,
      });
      const scores = new Array<number>(passages.length).fill(0);
      // Passages of like length make batches with little padding.
      const order = passages.map((_, i) => i).sort((a, b) => lengthOf(passages, b) - lengthOf(passages, a));
      for (let start = 0; start < order.length; start += BATCH) {
        const batch = order.slice(start, start + BATCH);
        const task = { source, query, passages: batch.map((i) => passages[i] as string) };
        const reply = await untilAborted(runTask(pool, task, name), signal);
        if (reply.status === 'failed') throw problemError(reply, { source, name });
        batch.forEach((passage, i) => {
          scores[passage] = reply.scores[i] as number;
        });
      }
      return scores;
    },
  };
}

const lengthOf = (passages: readonly string[], i: number): number => (passages[i] as string).length;

/** `owner/name`, or a name alone. */
const HUB_NAME = /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/;

/** A folder where there is one, else a name of the Hub. Throws MODEL_NOT_FOUND for what is neither. */
function sourceOf(model: string, name: string, { transformers }: RerankerSettings): ModelSource {
  const { cacheFolder, endpoint, offline } = transformers;
  const folder = resolve(model.startsWith('~/') ? join(homedir(), model.slice(2)) : model);
  const isFolder = existsSync(join(folder, 'config.json'));
  if (!isFolder && (existsSync(folder) || !HUB_NAME.test(model))) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `"${name}": ${existsSync(folder) ? `${folder} has no config.json` : `there is no folder ${folder}`}.`,
      hint: 'Name a folder with config.json, tokenizer.json and onnx/model.onnx, or a model of the Hub as owner/name.',
      details: { folder },
    });
  }
  return { model: isFolder ? folder : model, isFolder, cacheFolder, endpoint, offline };
}

async function runTask(pool: ProcessPool<ScoreTask, ScoreReply>, task: ScoreTask, name: string): Promise<ScoreReply> {
  try {
    return await pool.run(task);
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
    if (error.reason === 'closed') throw new RagError('ABORTED', { message: 'Interrupted.', cause: error });
    throw new RagError(error.reason === 'timeout' ? 'MODEL_TIMEOUT' : 'MODEL_FAILED', {
      message: `The process with "${name}" was lost: ${error.reason === 'crash' ? 'it crashed.' : error.message}`,
      hint: 'Choose a smaller model; `rag doctor` tries the one that is set.',
      cause: error,
    });
  }
}

/** Waits no longer when the signal fires. The batch that the process has is finished there; no other is sent. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  return new Promise((settle, reject) => {
    const stop = () => reject(new RagError('ABORTED', { message: 'Interrupted.', cause: signal.reason }));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(settle, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function problemError(
  { problem, message }: Extract<ScoreReply, { status: 'failed' }>,
  { source, name }: { source: ModelSource; name: string },
): RagError {
  const details = { model: name };
  const said = message.replace(/\s+/g, ' ').trim();
  switch (problem) {
    case 'library':
      return new RagError('MODEL_NOT_FOUND', {
        message: `"${name}" needs the package @huggingface/transformers, which is not installed.`,
        hint: `Run \`${installCommand()}\`.`,
        details,
      });
    case 'missing':
      return missingError(said, { source, name });
    case 'unreachable':
      return new RagError('MODEL_UNREACHABLE', {
        message: `"${name}" cannot be downloaded: ${source.endpoint} does not answer (${said}).`,
        hint: 'Check the network, set HF_ENDPOINT to a mirror, or name a folder: transformers/<folder>.',
        details,
      });
    case 'unusable':
      return new RagError('MODEL_FAILED', {
        message: `"${name}" cannot rerank: ${said}`,
        hint: 'Choose a cross-encoder in ONNX form, such as transformers/Xenova/ms-marco-MiniLM-L-6-v2.',
        details,
      });
  }
}

function missingError(said: string, { source, name }: { source: ModelSource; name: string }): RagError {
  const { isFolder, offline, cacheFolder, endpoint } = source;
  const error = (message: string, hint: string) =>
    new RagError('MODEL_NOT_FOUND', { message: `"${name}" ${message}`, hint, details: { model: name } });
  if (isFolder)
    return error(`lacks a file: ${said}`, 'The folder must have config.json, tokenizer.json and ONNX files.');
  if (offline) {
    return error(
      `is not in ${cacheFolder}, and nothing is downloaded while offline.`,
      'Search once without --offline to download it, or name a folder: transformers/<folder>.',
    );
  }
  return error(
    `cannot be had from ${endpoint}: ${said}`,
    'Check the name; the model must have tokenizer.json and an ONNX form (onnx/model.onnx).',
  );
}
