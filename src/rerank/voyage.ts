import { createHttpReranker } from './rerank-over-http.ts';
import type { RerankerDriver } from './types.ts';

/**
 * Voyage AI's rerank; raw scores are in [0, 1]. Without `top_k` all passages are scored.
 * Source: https://docs.voyageai.com/reference/reranker-api.
 */
export const voyageDriver: RerankerDriver = {
  provider: 'voyage',
  example: 'rerank-2.5',
  create: (model, settings) =>
    createHttpReranker(
      model,
      {
        provider: 'voyage',
        server: settings.voyage,
        addressSetting: 'voyage.baseUrl',
        keyVariable: 'VOYAGE_API_KEY',
        needsKey: true,
        path: '/rerank',
        body: ({ query, documents }) => ({ model, query, documents, return_documents: false, truncation: true }),
        results: (answer) => answer.data,
        scoreField: 'relevance_score',
      },
      settings,
    ),
};
