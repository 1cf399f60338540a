import { createHttpReranker } from './rerank-over-http.ts';
import type { RerankerDriver } from './types.ts';

/**
 * Jina's rerank, and servers of one's own that took over its interface: llama.cpp (`--reranking`), vLLM, LocalAI,
 * Infinity. Jina's raw scores are in [0, 1]; llama.cpp gives those of the model, which may be negative.
 * Sources: https://api.jina.ai/redoc, the README of llama.cpp's server.
 */
export const jinaDriver: RerankerDriver = {
  provider: 'jina',
  example: 'jina-reranker-v2-base-multilingual',
  create: (model, settings) =>
    createHttpReranker(
      model,
      {
        provider: 'jina',
        server: settings.jina,
        addressSetting: 'jina.baseUrl',
        keyVariable: 'JINA_API_KEY',
        // A server of one's own may stand anywhere and want none; Jina's answers 401.
        needsKey: false,
        path: '/rerank',
        body: ({ query, documents }) => ({
          model,
          query,
          documents,
          top_n: documents.length,
          return_documents: false,
        }),
        results: (answer) => answer.results,
        scoreField: 'relevance_score',
      },
      settings,
    ),
};
