import { type EmbedWire, isTexts, numberOrNull } from './embed-server.ts';

type Request = {
  readonly model: string;
  readonly content: { readonly parts: readonly { readonly text: string }[] };
  readonly outputDimensionality?: number;
};

/** As https://ai.google.dev/api/embeddings says of batchEmbedContents. */
export const googleWire: EmbedWire = {
  name: 'google',
  path: (model) => `/v1beta/models/${model}:batchEmbedContents`,
  read({ requests }) {
    const all = requests as readonly Request[];
    if (!Array.isArray(requests) || !all.every(({ model }) => model?.startsWith('models/'))) return null;
    const texts = all.map(({ content }) => content.parts.map(({ text }) => text).join(''));
    return isTexts(texts) ? { texts, dimensions: numberOrNull(all[0]?.outputDimensionality) } : null;
  },
  answer: (vectors) => ({ embeddings: vectors.map((values) => ({ values })) }),
  error: (message) => ({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }),
  keyOf: (headers) => headers['x-goog-api-key'] as string | undefined,
  wrongKey: { status: 400, message: 'API key not valid. Please pass a valid API key.' },
  unknownModel: (model) => ({
    status: 404,
    message: `models/${model} is not found for API version v1beta, or is not supported for embedContent.`,
  }),
  tooLong: { status: 400, message: 'The input exceeds the maximum number of tokens' },
  tooMany: { status: 400, message: 'BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch' },
};
