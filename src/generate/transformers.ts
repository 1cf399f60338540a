import { isRagError, RagError, throwIfAborted } from '../platform/errors.ts';
import { loadError, lostError } from '../platform/transformers/load-error.ts';
import { modelSourceOf } from '../platform/transformers/model-source.ts';
import { stripThinking } from './strip-thinking.ts';
import { LOAD_TIMEOUT_MS, type TextProcess, textProcess } from './transformers/text-process.ts';
import { waitForReply } from './transformers/wait-for-reply.ts';
import type { TextReply } from './transformers/worker-messages.ts';
import type { GenerateEvent, Generator, GeneratorDriver, GeneratorSettings } from './types.ts';

/**
 * Language models on this machine, by transformers.js: `transformers/<folder>` or `transformers/<name on the Hub>`. The
 * library is an optional install. The model runs in a process of its own, which can be killed: inference cannot be
 * stopped from inside before its next token.
 */
export const transformersDriver: GeneratorDriver = { provider: 'transformers', create: createTransformersGenerator };

const UNUSABLE =
  'Choose a model in ONNX form that follows instructions, such as transformers/onnx-community/Qwen2.5-0.5B-Instruct.';

function createTransformersGenerator(model: string, settings: GeneratorSettings): Generator {
  const name = `transformers/${model}`;
  return {
    name,
    check: () => void modelSourceOf(model, name, settings.transformers),
    async *generate(request, signal) {
      throwIfAborted(signal);
      const source = modelSourceOf(model, name, settings.transformers);
      const process = textProcess(source, settings.transformers.workerEntry);
      const endTurn = await takeTurn(process, signal);
      const wait = (work: Promise<TextReply>, afterMs: number): Promise<TextReply> =>
        waitForReply(work, { signal, afterMs, onTimeout: () => timeoutError(name, afterMs) }).catch(
          (error: unknown) => {
            if (isRagError(error) && error.code === 'MODEL_TIMEOUT') process.close();
            throw lostError(error, name);
          },
        );
      const check = (reply: TextReply): TextReply => {
        if (reply.status !== 'failed') return reply;
        throw loadError(reply, { source, name, verb: 'write', unusableHint: UNUSABLE });
      };
      try {
        const begun = check(await wait(process.ask({ kind: 'begin', source, request }), LOAD_TIMEOUT_MS));
        if (begun.status === 'too-long') throw tooLongError(begun, name);
        const inputTokens = begun.status === 'begun' ? begun.promptTokens : 0;
        const next = async (textLength: number): Promise<TextReply> => {
          const afterMs = textLength === 0 ? settings.firstByteTimeoutMs : settings.idleTimeoutMs;
          throwIfAborted(signal);
          try {
            return check(await wait(process.ask({ kind: 'next' }), afterMs));
          } catch (error) {
            throw textLength === 0 ? error : brokenError(error, { name, textLength });
          }
        };
        yield* stripThinking(readAnswer(next, inputTokens));
      } finally {
        endTurn();
      }
    },
  };
}

async function* readAnswer(
  next: (textLength: number) => Promise<TextReply>,
  inputTokens: number,
): AsyncGenerator<GenerateEvent> {
  for (let textLength = 0; ; ) {
    const reply = await next(textLength);
    if (reply.status === 'text') {
      textLength += reply.text.length;
      yield { type: 'text-delta', text: reply.text };
    }
    if (reply.status !== 'done') continue;
    const { reason, outputTokens } = reply;
    yield { type: 'finish', reason, usage: { inputTokens, outputTokens } };
    return;
  }
}

/** What happened after the answer had begun. */
function brokenError(error: unknown, { name, textLength }: { name: string; textLength: number }): unknown {
  if (!isRagError(error) || error.code !== 'MODEL_FAILED') return error;
  return new RagError('MODEL_BROKEN_STREAM', {
    message: `The answer of "${name}" broke off after ${textLength} characters: ${error.message}`,
    hint: 'Try again; if it happens every time, choose another model.',
    details: { model: name, textLength },
    cause: error,
  });
}

/** Waits for the answers before; gives what ends the turn. */
async function takeTurn(process: TextProcess, signal: AbortSignal | undefined): Promise<() => void> {
  const turn = process.take();
  try {
    return await waitForReply(turn, { signal, afterMs: LOAD_TIMEOUT_MS, onTimeout: () => new Error('no turn came') });
  } catch (error) {
    void turn.then((endTurn) => endTurn());
    throw error;
  }
}

const timeoutError = (name: string, afterMs: number): RagError =>
  new RagError('MODEL_TIMEOUT', {
    message: `"${name}" gave no text for ${Math.round(afterMs / 100) / 10} s, and its process was ended.`,
    hint: 'Choose a smaller model, or raise generate.firstByteTimeoutMs and generate.idleTimeoutMs.',
    details: { model: name },
  });

const tooLongError = (reply: Extract<TextReply, { status: 'too-long' }>, name: string): RagError =>
  new RagError('MODEL_CONTEXT_TOO_LONG', {
    message: `The prompt is too long for "${name}": ${reply.promptTokens} tokens, and it takes ${reply.maxTokens} with its answer.`,
    hint: 'Ask with fewer or shorter passages (`--limit`), or choose a model with a larger context.',
    details: { model: name, promptTokens: reply.promptTokens, maxTokens: reply.maxTokens },
  });
