import type { EmbedWire } from './embed-server.ts';
import { openaiWire } from './openai.ts';

/** text-embeddings-inference of Hugging Face behind OpenAI's path: 32 texts, and 413 for what is too long. */
export const textEmbeddingsInferenceWire: EmbedWire = {
  ...openaiWire,
  name: 'text-embeddings-inference',
  error: (error) => ({ error, error_type: 'validation' }),
  tooLong: {
    status: 413,
    message: 'Input validation error: `inputs` must have less than 512 tokens. Given: 900',
  },
  tooMany: { status: 422, message: 'batch size 33 > maximum allowed batch size 32' },
};
