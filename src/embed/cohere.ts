import { createHttpEmbedder } from './http/embed-over-http.ts';
import { bearer } from './http/protocol.ts';
import type { EmbedderDriver } from './types.ts';

/**
 * Cohere's embed, version 2 of the interface: at most 96 texts a request. Longer texts are refused (`truncate`), so that
 * what is cut is known.
 * Source: https://docs.cohere.com/reference/embed.
 */
export const cohereDriver: EmbedderDriver = {
  provider: 'cohere',
  example: 'embed-v4.0',
  create: (name, settings) =>
    createHttpEmbedder(
      name,
      {
        provider: 'cohere',
        server: settings.cohere,
        addressSetting: 'cohere.baseUrl',
        keyVariable: 'COHERE_API_KEY',
        needsKey: ({ local }) => !local,
        keyHeaders: bearer,
        path: () => '/v2/embed',
        prefix: () => '',
        body: ({ model, texts, role, dimensions }) => ({
          model,
          texts,
          input_type: role === 'query' ? 'search_query' : 'search_document',
          embedding_types: ['float'],
          truncate: 'NONE',
          ...(dimensions === null ? {} : { output_dimension: dimensions }),
        }),
        vectors: ({ embeddings }) => (embeddings as { float?: unknown } | null | undefined)?.float,
        limits: { maxTexts: 96, maxTokens: 100_000 },
        concurrency: 4,
        hints: {
          notFound: `Check the name "${name}"; embed-v4.0 is one that there is.`,
          unreachable: 'Check the network, and cohere.baseUrl.',
        },
      },
      settings,
    ),
};
