import { createHttpEmbedder } from './http/embed-over-http.ts';
import { bearer } from './http/protocol.ts';
import { inOrder } from './in-order.ts';
import type { EmbedderDriver } from './types.ts';

/**
 * Voyage AI's `/embeddings`: at most 1,000 texts, and 120,000 tokens with the models that take least. Longer texts are
 * refused (`truncation`), so that what is cut is known.
 * Source: https://docs.voyageai.com/reference/embeddings-api.
 */
export const voyageDriver: EmbedderDriver = {
  provider: 'voyage',
  example: 'voyage-3.5',
  create: (name, settings) =>
    createHttpEmbedder(
      name,
      {
        provider: 'voyage',
        server: settings.voyage,
        addressSetting: 'voyage.baseUrl',
        keyVariable: 'VOYAGE_API_KEY',
        needsKey: ({ local }) => !local,
        keyHeaders: bearer,
        path: () => '/embeddings',
        prefix: () => '',
        body: ({ model, texts, role, dimensions }) => ({
          model,
          input: texts,
          input_type: role === 'query' ? 'query' : 'document',
          truncation: false,
          ...(dimensions === null ? {} : { output_dimension: dimensions }),
        }),
        vectors: (answer) => inOrder(answer.data),
        limits: { maxTexts: 128, maxTokens: 100_000 },
        concurrency: 4,
        hints: {
          notFound: `Check the name "${name}"; voyage-3.5 is one that there is.`,
          unreachable: 'Check the network, and voyage.baseUrl.',
        },
      },
      settings,
    ),
};
