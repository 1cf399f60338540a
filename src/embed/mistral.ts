import { createHttpEmbedder } from './http/embed-over-http.ts';
import { bearer } from './http/protocol.ts';
import { inOrder } from './in-order.ts';
import type { EmbedderDriver } from './types.ts';

/**
 * Mistral's `/embeddings`: at most 16,384 tokens a request; questions and passages are embedded alike.
 * Source: https://docs.mistral.ai/api (embeddings).
 */
export const mistralDriver: EmbedderDriver = {
  provider: 'mistral',
  example: 'mistral-embed',
  create: (name, settings) =>
    createHttpEmbedder(
      name,
      {
        provider: 'mistral',
        server: settings.mistral,
        addressSetting: 'mistral.baseUrl',
        keyVariable: 'MISTRAL_API_KEY',
        needsKey: ({ local }) => !local,
        keyHeaders: bearer,
        path: () => '/embeddings',
        prefix: () => '',
        body: ({ model, texts, dimensions }) => ({
          model,
          input: texts,
          encoding_format: 'float',
          ...(dimensions === null ? {} : { output_dimension: dimensions }),
        }),
        vectors: (answer) => inOrder(answer.data),
        limits: { maxTexts: 64, maxTokens: 16_000 },
        concurrency: 4,
        hints: {
          notFound: `Check the name "${name}"; mistral-embed is one that there is.`,
          unreachable: 'Check the network, and mistral.baseUrl.',
        },
      },
      settings,
    ),
};
