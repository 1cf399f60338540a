import type { EmbedWire } from './embed-server.ts';
import { isTexts, numberOrNull } from './embed-server.ts';
import { openaiWire } from './openai.ts';

/** As https://docs.mistral.ai/api says of embeddings. */
export const mistralWire: EmbedWire = {
  ...openaiWire,
  name: 'mistral',
  read: ({ input, output_dimension }) =>
    isTexts(input) ? { texts: input, dimensions: numberOrNull(output_dimension) } : null,
  error: (message) => ({ object: 'error', message, type: 'invalid_request_error', code: 3210 }),
  wrongKey: { status: 401, message: 'Unauthorized' },
  unknownModel: (model) => ({ status: 400, message: `Invalid model: ${model}` }),
  tooLong: { status: 400, message: 'Too many tokens overall, split into more batches.' },
  tooMany: { status: 400, message: 'Too many inputs in request. Max is 512.' },
};
