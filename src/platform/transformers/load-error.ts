import { RagError } from '../errors.ts';
import { parseServerAddress } from '../model-server/server-address.ts';
import { WorkerLost } from '../process-pool.ts';
import { installCommand } from './install-command.ts';
import type { LoadFailure } from './load-problem.ts';
import type { ModelSource } from './model-source.ts';

export type ModelPurpose = {
  readonly source: ModelSource;
  /** `transformers/<model>`. */
  readonly name: string;
  /** What it is asked to do: `rerank`. */
  readonly verb: string;
  /** What to take instead of a model that cannot do it. */
  readonly unusableHint: string;
};

/** The failure to load or run a model on this machine as people are told it, with the command that mends it. */
export function loadError({ problem, message }: LoadFailure, purpose: ModelPurpose): RagError {
  const { source, name, verb, unusableHint } = purpose;
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
        message: `"${name}" cannot be downloaded: ${shownAddress(source)} does not answer (${said}).`,
        hint: 'Check the network, set HF_ENDPOINT to a mirror, or name a folder: transformers/<folder>.',
        details,
      });
    case 'unusable':
      return new RagError('MODEL_FAILED', {
        message: `"${name}" cannot ${verb}: ${said}`,
        hint: unusableHint,
        details,
      });
  }
}

function missingError(said: string, { source, name }: { source: ModelSource; name: string }): RagError {
  const { isFolder, offline, isAskedFor, cacheFolder } = source;
  const error = (message: string, hint: string) =>
    new RagError('MODEL_NOT_FOUND', { message: `"${name}" ${message}`, hint, details: { model: name } });
  if (isFolder)
    return error(`lacks a file: ${said}`, 'The folder must have config.json, tokenizer.json and ONNX files.');
  if (offline) {
    return error(
      `is not in ${cacheFolder}, and nothing is downloaded while offline.`,
      `Run \`rag models pull ${name}\` without --offline to download it, or name a folder: transformers/<folder>.`,
    );
  }
  if (!isAskedFor) {
    return error(
      `is not in ${cacheFolder}, and nothing is downloaded unless it is asked for.`,
      `Run \`rag models pull ${name}\` to download it.`,
    );
  }
  return error(
    `cannot be had from ${shownAddress(source)}: ${said}`,
    'Check the name; the model must have tokenizer.json and an ONNX form (onnx/model.onnx).',
  );
}

/** Without the password that it may hold. */
const shownAddress = ({ endpoint }: ModelSource): string =>
  parseServerAddress(endpoint, { setting: 'huggingface.endpoint' }).url;

/** What the loss of the process with a model means; other errors as they are. */
export function lostError(error: unknown, name: string): unknown {
  if (!(error instanceof WorkerLost)) return error;
  if (error.reason === 'closed') return new RagError('ABORTED', { message: 'Interrupted.', cause: error });
  return new RagError(error.reason === 'timeout' ? 'MODEL_TIMEOUT' : 'MODEL_FAILED', {
    message: `The process with "${name}" was lost: ${error.reason === 'crash' ? 'it crashed.' : error.message}`,
    hint: 'Choose a smaller model; `rag doctor` tries the one that is set.',
    cause: error,
  });
}
