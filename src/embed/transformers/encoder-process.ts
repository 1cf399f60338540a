import { loadError } from '../../platform/transformers/load-error.ts';
import { createModelProcess } from '../../platform/transformers/model-process.ts';
import { modelSourceOf, type TransformersSettings } from '../../platform/transformers/model-source.ts';
import { workerEntry } from '../../platform/transformers/worker-entry.ts';
import type { TextRole } from '../types.ts';
import type { EmbedReply, EmbedTask, EncoderDefaults } from './worker-messages.ts';

const UNUSABLE = 'Choose an embedding model in ONNX form, such as transformers/Xenova/all-MiniLM-L6-v2.';

/** A model in a process of its own, loaded with the first batch. */
export type EncoderProcess = {
  /** Vectors as the model gives them, and how many of the texts were cut. Throws MODEL_* or ABORTED. */
  embed(
    texts: readonly string[],
    role: TextRole,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly vectors: readonly Float32Array[]; readonly cutTexts: number }>;
  close(): void;
};

/** `name` is `transformers/<model>`, for messages. */
export function createEncoderProcess(
  model: string,
  options: {
    readonly name: string;
    readonly defaults: EncoderDefaults;
    readonly transformers: TransformersSettings;
  },
): EncoderProcess {
  const { name, defaults, transformers } = options;
  const process = createModelProcess<EmbedTask, EmbedReply>(
    () => transformers.workerEntry ?? workerEntry('embed-worker'),
    name,
  );
  return {
    async embed(texts, role, signal) {
      const source = modelSourceOf(model, name, transformers);
      const reply = await process.run({ source, defaults, role, texts }, signal);
      if (reply.status === 'failed') throw loadError(reply, { source, name, verb: 'embed', unusableHint: UNUSABLE });
      return reply;
    },
    close: process.close,
  };
}
