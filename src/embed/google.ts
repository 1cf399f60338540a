import { createHttpEmbedder } from './http/embed-over-http.ts';
import { familyOrDefault } from './model-families.ts';
import { parseShortenedName } from './shortened-name.ts';
import type { EmbedderDriver } from './types.ts';

/**
 * Google Gemini, by `:batchEmbedContents`: at most 100 texts a request. What is above the model's limit is cut by the
 * service without a word, so it is cut before. Shortened vectors come with another length than 1.
 * Source: https://ai.google.dev/api/embeddings.
 */
export const googleDriver: EmbedderDriver = {
  provider: 'google',
  example: 'gemini-embedding-001',
  create(name, settings) {
    const { model } = parseShortenedName(name);
    return createHttpEmbedder(
      name,
      {
        provider: 'google',
        server: settings.google,
        addressSetting: 'google.baseUrl',
        keyVariable: 'GOOGLE_API_KEY',
        needsKey: ({ local }) => !local,
        keyHeaders: (apiKey) => ({ 'x-goog-api-key': apiKey }),
        path: () => `/models/${encodeURIComponent(model)}:batchEmbedContents`,
        prefix: () => '',
        body: ({ texts, role, dimensions }) => ({
          requests: texts.map((text) => ({
            model: `models/${model}`,
            content: { parts: [{ text }] },
            taskType: role === 'query' ? 'RETRIEVAL_QUERY' : 'RETRIEVAL_DOCUMENT',
            ...(dimensions === null ? {} : { outputDimensionality: dimensions }),
          })),
        }),
        vectors: ({ embeddings }) =>
          Array.isArray(embeddings) ? embeddings.map((each: { values?: unknown } | null) => each?.values) : undefined,
        limits: { maxTexts: 100, maxTokens: 20_000 },
        silentMaxTokens: familyOrDefault(model).maxTokens,
        concurrency: 4,
        hints: {
          notFound: `Check the name "${model}"; gemini-embedding-001 is one that there is.`,
          unreachable: 'Check the network, and google.baseUrl.',
        },
      },
      settings,
    );
  },
};
