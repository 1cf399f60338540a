import type { EmbedWire } from './embed-server.ts';
import { isTexts, numberOrNull } from './embed-server.ts';
import { openaiWire } from './openai.ts';

/** As https://docs.voyageai.com/reference/embeddings-api says. */
export const voyageWire: EmbedWire = {
  ...openaiWire,
  name: 'voyage',
  read: ({ input, output_dimension, truncation }) =>
    isTexts(input) && truncation === false ? { texts: input, dimensions: numberOrNull(output_dimension) } : null,
  error: (detail) => ({ detail }),
  wrongKey: { status: 401, message: 'Provided API key is invalid.' },
  unknownModel: (model) => ({ status: 400, message: `Model ${model} is not supported. Supported models are ['x'].` }),
  tooLong: {
    status: 400,
    message:
      'Request to model failed. The max allowed tokens per submitted batch is 120000. Your batch has 130000 tokens after truncation.',
  },
  tooMany: { status: 400, message: 'The batch size limit is 1000. Your batch size is 1001.' },
};
