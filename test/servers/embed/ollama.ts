import { bearerOf, type EmbedWire, isTexts, numberOrNull } from './embed-server.ts';

/** As https://docs.ollama.com/api/embed says; without `truncate: false` long texts are cut in silence. */
export const ollamaWire: EmbedWire = {
  name: 'ollama',
  path: () => '/api/embed',
  read: ({ input, dimensions, truncate }) =>
    isTexts(input) && truncate === false ? { texts: input, dimensions: numberOrNull(dimensions) } : null,
  answer: (vectors, { model }) => ({
    model,
    embeddings: vectors,
    total_duration: 14143917,
    load_duration: 1019500,
    prompt_eval_count: 8,
  }),
  error: (error) => ({ error }),
  keyOf: bearerOf,
  wrongKey: { status: 401, message: 'unauthorized' },
  unknownModel: (model) => ({ status: 404, message: `model "${model}" not found, try pulling it first` }),
  tooLong: { status: 400, message: 'the input length exceeds the context length' },
  tooMany: { status: 400, message: 'the input length exceeds the context length' },
};
