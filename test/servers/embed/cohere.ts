import { bearerOf, type EmbedWire, isTexts, numberOrNull } from './embed-server.ts';

/** As https://docs.cohere.com/reference/embed says. */
export const cohereWire: EmbedWire = {
  name: 'cohere',
  path: () => '/v2/embed',
  read: ({ texts, input_type, embedding_types, output_dimension }) =>
    isTexts(texts) && typeof input_type === 'string' && JSON.stringify(embedding_types) === '["float"]'
      ? { texts, dimensions: numberOrNull(output_dimension) }
      : null,
  answer: (vectors, { texts }) => ({
    id: 'da6e531f-54c5-4a73-bf92-f60566d8d753',
    embeddings: { float: vectors },
    texts,
    meta: { api_version: { version: '2' }, billed_units: { input_tokens: 2 } },
    response_type: 'embeddings_by_type',
  }),
  error: (message) => ({ id: '5d7a8a2e', message }),
  keyOf: bearerOf,
  wrongKey: { status: 401, message: 'invalid api token' },
  unknownModel: (model) => ({ status: 404, message: `model '${model}' not found, make sure the model ID is correct` }),
  tooLong: { status: 400, message: 'too many tokens: total number of tokens in the prompt cannot exceed 512' },
  tooMany: { status: 400, message: 'invalid request: total number of texts must be at most 96 - received 97' },
};
