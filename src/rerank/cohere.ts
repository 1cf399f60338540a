import { createHttpReranker } from './rerank-over-http.ts';
import type { RerankerDriver } from './types.ts';

/**
 * Cohere's rerank, version 2 of the interface; raw scores are in [0, 1].
 * Source: https://docs.cohere.com/reference/rerank.
 */
export const cohereDriver: RerankerDriver = {
  provider: 'cohere',
  example: 'rerank-v3.5',
  create: (model, settings) =>
    createHttpReranker(
      model,
      {
        provider: 'cohere',
        server: settings.cohere,
        addressSetting: 'cohere.baseUrl',
        keyVariable: 'COHERE_API_KEY',
        needsKey: true,
        path: '/v2/rerank',
        body: ({ query, documents }) => ({ model, query, documents, top_n: documents.length }),
        results: (answer) => answer.results,
        scoreField: 'relevance_score',
      },
      settings,
    ),
};
