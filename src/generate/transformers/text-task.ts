import { loadFailureOf } from '../../platform/transformers/load-problem.ts';
import { loadTextModel, type TextModel } from './text-model.ts';
import type { TextReply, TextTask } from './worker-messages.ts';

type Writing = {
  /** Text that has not been fetched. */
  readonly pieces: string[];
  result: Extract<TextReply, { status: 'done' | 'failed' }> | null;
  /** Tells the one that waits for text that there is some, or the end. */
  wake: () => void;
  readonly stop: AbortController;
  ended: Promise<void>;
};

let loaded: Promise<TextModel> | undefined;
let writing: Writing | null = null;

/** Answers one task; a process has one model, which its first answer loads. Never throws. */
export async function textTask(task: TextTask): Promise<TextReply> {
  try {
    if (task.kind === 'begin') return await begin(task);
    return task.kind === 'next' ? await next() : await stop();
  } catch (error) {
    writing = null;
    return loadFailureOf(error);
  }
}

async function begin({ source, request }: Extract<TextTask, { kind: 'begin' }>): Promise<TextReply> {
  await stop();
  loaded ??= loadTextModel(source);
  let model: TextModel;
  try {
    model = await loaded;
  } catch (error) {
    // The next call may find what was missing.
    loaded = undefined;
    throw error;
  }
  const { input, promptTokens } = model.prepare(request);
  const { maxTokens } = model;
  if (promptTokens >= maxTokens) return { status: 'too-long', promptTokens, maxTokens };
  const own: Writing = {
    pieces: [],
    result: null,
    wake: () => {},
    stop: new AbortController(),
    ended: Promise.resolve(),
  };
  own.ended = finish(own, () =>
    model.write({
      input,
      promptTokens,
      request,
      signal: own.stop.signal,
      onText(text) {
        if (text !== '') own.pieces.push(text);
        own.wake();
      },
    }),
  );
  writing = own;
  return { status: 'begun', promptTokens };
}

async function finish(own: Writing, write: () => ReturnType<TextModel['write']>): Promise<void> {
  try {
    own.result = { status: 'done', ...(await write()) };
  } catch (error) {
    own.result = loadFailureOf(error);
  }
  own.wake();
}

async function next(): Promise<TextReply> {
  const own = writing;
  if (!own) throw new Error('its process was lost, and another one knows nothing of the answer');
  while (own.pieces.length === 0 && own.result === null) {
    await new Promise<void>((resolve) => {
      own.wake = resolve;
    });
  }
  const text = own.pieces.shift();
  if (text !== undefined) return { status: 'text', text };
  writing = null;
  return own.result as NonNullable<Writing['result']>;
}

async function stop(): Promise<TextReply> {
  writing?.stop.abort();
  await writing?.ended;
  writing = null;
  return { status: 'stopped' };
}
