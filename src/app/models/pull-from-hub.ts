import { existsSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRagError, messageOf, RagError, throwIfAborted } from '../../platform/errors.ts';
import { isRunning } from '../../platform/is-running.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { parseServerAddress } from '../../platform/model-server/server-address.ts';
import { isHubName } from '../../platform/transformers/model-source.ts';
import { createEventChannel } from '../ingest/event-channel.ts';
import { checkDownloaded } from './check-downloaded.ts';
import { type Download, DownloadRefused, downloadFile } from './download-file.ts';
import { localModels } from './local-models.ts';
import type { PullEvent, PullOptions } from './pull-types.ts';

/** The largest models that are of use on a processor have half of this. */
const MAX_BYTES = 20_000_000_000;
/** The largest vocabularies have a fifth of this; weights alone are larger. */
const MAX_TEXT_BYTES = 200_000_000;
/** Often enough for a progress bar. */
const TELL_EVERY_BYTES = 1_000_000;
/** What stays free on the disk whatever is downloaded. */
const MIN_FREE_BYTES = 200_000_000;

const REQUIRED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;
/** Pooling, length and prompts of embedding models, templates and limits of chat models. */
const OPTIONAL = [
  '1_Pooling/config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
  'generation_config.json',
  'special_tokens_map.json',
  'chat_template.jinja',
] as const;
/** The first that is there. The quantized form is a quarter as large, and the first that is loaded. */
const MODEL_FILES = ['onnx/model_quantized.onnx', 'onnx/model.onnx'] as const;

type PullFromHubOptions = PullOptions & {
  /** Of the Hub, or of a mirror. */
  readonly endpoint: string;
  readonly cacheFolder: string;
  /** Download it although it is there. */
  readonly again?: boolean;
};

/**
 * Downloads a model in ONNX form into the folder that transformers.js reads. Its files come into a folder beside, and
 * take their places when all are whole, config.json last: a model that was stopped half-way is none, and the next run
 * goes on with it. Throws MODEL_NOT_FOUND, MODEL_UNREACHABLE, MODEL_AUTH, MODEL_FAILED, DB_BUSY, ABORTED.
 */
export async function* pullFromHub(model: string, options: PullFromHubOptions): AsyncGenerator<PullEvent> {
  const { cacheFolder, again = false, signal } = options;
  const { url: endpoint, headers } = parseServerAddress(options.endpoint, { setting: 'huggingface.endpoint' });
  const name = `transformers/${model}`;
  if (!isHubName(model)) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `"${name.slice(0, 200)}" is no name of the Hub.`,
      hint: 'Write transformers/<owner>/<name>.',
    });
  }
  const target = join(cacheFolder, model);
  const there = localModels(cacheFolder).find((each) => each.name === model);
  if (there?.problem === null && !again) {
    yield { type: 'pull-end', report: { name, where: target, bytes: 0, isNew: false } };
    return;
  }
  const staging = join(cacheFolder, '.pull', model.replaceAll('/', '--'));
  const release = claim(staging, name);
  try {
    const channel = createEventChannel<PullEvent>();
    const downloaded = downloadAll(model, staging, { ...options, endpoint, headers }, channel.push).finally(
      channel.end,
    );
    // Thrown below; until then nobody else must take it for unhandled.
    downloaded.catch(() => {});
    yield* channel;
    const { files, bytes } = await downloaded;
    throwIfAborted(signal);
    const last = (file: string): number => Number(file === 'config.json');
    rmSync(join(target, 'config.json'), { force: true });
    for (const file of [...files].sort((a, b) => last(a) - last(b))) {
      makeFolder(dirname(join(target, file)));
      renameSync(join(staging, file), join(target, file));
    }
    rmSync(staging, { recursive: true, force: true });
    yield { type: 'pull-end', report: { name, where: target, bytes, isNew: true } };
  } catch (error) {
    throw pullError(error, { name, endpoint, signal });
  } finally {
    release();
  }
}

async function downloadAll(
  model: string,
  staging: string,
  { endpoint, headers, fetch, signal }: PullFromHubOptions & Pick<Download, 'headers'>,
  tell: (event: PullEvent) => void,
): Promise<{ files: readonly string[]; bytes: number }> {
  const files: string[] = [];
  let before = 0;
  let told = 0;
  let bytes = 0;
  const get = async (file: string): Promise<boolean> => {
    throwIfAborted(signal);
    let size = 0;
    const result = await downloadFile({
      url: `${endpoint}/${model}/resolve/main/${file}`,
      headers,
      file: join(staging, file),
      fetch,
      signal,
      onBytes(done, total) {
        size = done;
        if (!file.startsWith('onnx/') && (total ?? done) > MAX_TEXT_BYTES) throw tooLarge(file, endpoint);
        checkRoom(staging, before + (total ?? done), (total ?? done) - done);
        if (done > 0 && done !== total && before + done < told + TELL_EVERY_BYTES) return;
        told = before + done;
        tell({ type: 'pull-progress', what: file, done: told, total: before + (total ?? done) });
      },
    }).catch((error: unknown) => {
      if (size > MAX_TEXT_BYTES && !file.startsWith('onnx/')) rmSync(join(staging, `${file}.part`), { force: true });
      throw error;
    });
    if (result.status === 'missing') return false;
    checkDownloaded(join(staging, file), { file, endpoint });
    files.push(file);
    before += size;
    bytes += result.bytes;
    return true;
  };
  for (const file of REQUIRED) {
    if (!(await get(file))) throw lacks(model, file, endpoint);
  }
  let isThere = false;
  for (const file of MODEL_FILES) {
    isThere = await get(file);
    if (!isThere) continue;
    // Weights beyond two gigabytes stand in a file of their own.
    await get(`${file}_data`);
    break;
  }
  if (!isThere) throw lacks(model, 'onnx/model.onnx', endpoint);
  for (const file of OPTIONAL) await get(file);
  return { files, bytes };
}

const tooLarge = (file: string, endpoint: string): RagError =>
  new RagError('MODEL_FAILED', {
    message: `What ${endpoint} gives as ${file} has more than ${MAX_TEXT_BYTES / 1e6} MB.`,
    hint: 'No model has such a file; check HF_ENDPOINT.',
  });

function checkRoom(folder: string, allBytes: number, stillToCome: number): void {
  if (allBytes > MAX_BYTES) {
    throw new RagError('MODEL_FAILED', {
      message: `The model has more than ${MAX_BYTES / 1e9} GB.`,
      hint: 'Choose a smaller one.',
    });
  }
  const { bavail, bsize } = statfsSync(folder);
  if (stillToCome + MIN_FREE_BYTES <= bavail * bsize) return;
  throw new RagError('MODEL_FAILED', {
    message: `${Math.ceil(stillToCome / 1e6)} MB are still to come, and the disk of ${folder} has ${Math.floor((bavail * bsize) / 1e6)} MB left.`,
    hint: 'Free some room, or set XDG_CACHE_HOME to a folder on another disk.',
  });
}

/** So that two processes do not write into the same files; one that is gone holds nothing. */
function claim(staging: string, name: string): () => void {
  const file = `${staging}.pid`;
  makeFolder(dirname(file));
  makeFolder(staging);
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (pid > 0 && isRunning(pid)) {
      throw new RagError('DB_BUSY', {
        message: `Another rag process (pid ${pid}) downloads ${name}.`,
        hint: 'Wait for it to finish.',
      });
    }
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
}

const lacks = (model: string, file: string, endpoint: string): RagError =>
  new RagError('MODEL_NOT_FOUND', {
    message: `${endpoint} has no ${file} of "${model}".`,
    hint: 'Check the name; the model must have tokenizer.json and an ONNX form, as those of onnx-community and Xenova do.',
  });

function pullError(
  error: unknown,
  { name, endpoint, signal }: { name: string; endpoint: string; signal: AbortSignal | undefined },
): unknown {
  if (isRagError(error)) return error;
  if (signal?.aborted) return new RagError('ABORTED', { message: 'Interrupted.', cause: error });
  if (error instanceof DownloadRefused) {
    const isRefusal = error.status === 401 || error.status === 403;
    return new RagError(isRefusal ? 'MODEL_AUTH' : 'MODEL_UNREACHABLE', {
      message: `${endpoint} answers with status ${error.status} when it is asked for ${name}.`,
      hint: isRefusal
        ? 'It is not there, or one must log in for it; choose a model that is open to all.'
        : 'Try again later: what is downloaded is kept.',
      cause: error,
    });
  }
  const cause = (error as { cause?: unknown }).cause;
  return new RagError('MODEL_UNREACHABLE', {
    message: `${name} could not be downloaded: ${messageOf(cause ?? error)}.`,
    hint: 'Check the network, or set HF_ENDPOINT to a mirror; run it again to go on where it ended.',
    cause: error,
  });
}
