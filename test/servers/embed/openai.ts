import { bearerOf, type EmbedWire, isTexts, numberOrNull } from './embed-server.ts';

/** As https://platform.openai.com/docs/api-reference/embeddings says. The list comes out of order, as it may. */
export const openaiWire: EmbedWire = {
  name: 'openai',
  path: () => '/v1/embeddings',
  read: ({ input, dimensions }) => (isTexts(input) ? { texts: input, dimensions: numberOrNull(dimensions) } : null),
  answer: (vectors, { model, encoding_format }) => ({
    object: 'list',
    data: vectors
      .map((embedding, index) => ({
        object: 'embedding',
        index,
        embedding: encoding_format === 'base64' ? base64Of(embedding) : embedding,
      }))
      .reverse(),
    model,
    usage: { prompt_tokens: 8, total_tokens: 8 },
  }),
  error: (message) => ({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
  keyOf: bearerOf,
  wrongKey: { status: 401, message: 'Incorrect API key provided' },
  unknownModel: (model) => ({ status: 404, message: `The model \`${model}\` does not exist` }),
  tooLong: {
    status: 400,
    message:
      "This model's maximum context length is 8192 tokens, however you requested 9001 tokens. Please reduce your prompt.",
  },
  tooMany: { status: 400, message: "'$.input' is invalid. Maximum number of inputs is 2048." },
};

const base64Of = (numbers: readonly number[]): string =>
  Buffer.from(Float32Array.from(numbers).buffer).toString('base64');
