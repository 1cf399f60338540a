import { type FaultServer, startFaultServer } from './fault-server.ts';

export type RerankBody = {
  readonly model: string;
  readonly query: string;
  readonly documents: readonly string[];
  readonly [field: string]: unknown;
};

export type Scored = { readonly index: number; readonly score: number };

/** The parts in which the wire formats differ. */
export type RerankWire = {
  readonly path: string;
  readonly models: readonly string[];
  /** Most relevant first. */
  answer(body: RerankBody, scored: readonly Scored[]): unknown;
  error(message: string): unknown;
  readonly wrongKey: string;
  unknownModel(model: string): { readonly status: number; readonly message: string };
};

export type RerankServer = FaultServer<RerankBody>;

/** Answers as https://docs.cohere.com/reference/rerank says. */
export const cohereWire: RerankWire = {
  path: '/v2/rerank',
  models: ['rerank-v3.5'],
  answer: (_, scored) => ({
    id: '07734bd2-2473-4f07-94e1-0d9f0e6843cf',
    results: scored.map(({ index, score }) => ({ index, relevance_score: score })),
    meta: { api_version: { version: '2' }, billed_units: { search_units: 1 } },
  }),
  error: (message) => ({ id: '5d7a8a2e', message }),
  wrongKey: 'invalid api token',
  unknownModel: (model) => ({ status: 404, message: `model '${model}' not found, make sure the model ID is correct` }),
};

/** Answers as https://docs.voyageai.com/reference/reranker-api says. */
export const voyageWire: RerankWire = {
  path: '/v1/rerank',
  models: ['rerank-2.5'],
  answer: ({ model }, scored) => ({
    object: 'list',
    data: scored.map(({ index, score }) => ({ relevance_score: score, index })),
    model,
    usage: { total_tokens: 26 },
  }),
  error: (detail) => ({ detail }),
  wrongKey: 'Provided API key is invalid.',
  unknownModel: (model) => ({ status: 400, message: `Model ${model} is not supported. Supported models are ['x'].` }),
};

/** Answers as the reference of api.jina.ai says. */
export const jinaWire: RerankWire = {
  path: '/v1/rerank',
  models: ['jina-reranker-v2-base-multilingual'],
  answer: ({ model, documents, return_documents }, scored) => ({
    model,
    object: 'list',
    usage: { total_tokens: 815 },
    results: scored.map(({ index, score }) => ({
      index,
      relevance_score: score,
      ...(return_documents === false ? {} : { document: { text: documents[index] } }),
    })),
  }),
  error: (detail) => ({ detail }),
  wrongKey: 'Unauthorized',
  unknownModel: (model) => ({ status: 404, message: `Model ${model} not found` }),
};

/** llama.cpp's server: logits, some below 0, and no model is unknown, for there is only one. */
export const llamaCppWire: RerankWire = {
  ...jinaWire,
  models: [],
  answer: ({ model }, scored) => ({
    model,
    object: 'list',
    usage: { prompt_tokens: 42, total_tokens: 42 },
    results: scored.map(({ index, score }) => ({ index, relevance_score: 8 * score - 4 })),
  }),
  error: (message) => ({ error: { code: 500, message, type: 'server_error' } }),
};

/** A rerank server on a free port of the loopback interface. Scores are the share of the query's words. */
export const startRerankServer = (wire: RerankWire, apiKey?: string): Promise<RerankServer> =>
  startFaultServer<RerankBody>({
    busy: JSON.stringify(wire.error('try again')),
    answer({ request, response, body }) {
      const send = (status: number, value: unknown): void =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      if (request.method !== 'POST' || request.url !== wire.path) {
        send(404, wire.error(`no ${request.url} here`));
      } else if (apiKey !== undefined && request.headers.authorization !== `Bearer ${apiKey}`) {
        send(401, wire.error(`${wire.wrongKey}: ${request.headers.authorization}`));
      } else if (wire.models.length > 0 && !wire.models.includes(body.model)) {
        const { status, message } = wire.unknownModel(body.model);
        send(status, wire.error(message));
      } else if (!isValid(body)) {
        send(400, wire.error('invalid request: query and documents must not be empty'));
      } else {
        send(200, wire.answer(body, rank(body)));
      }
    },
  });

const isValid = ({ query, documents }: RerankBody): boolean =>
  typeof query === 'string' &&
  query.trim() !== '' &&
  Array.isArray(documents) &&
  documents.length > 0 &&
  documents.every((document) => typeof document === 'string');

function rank({ query, documents }: RerankBody): Scored[] {
  const words = [...wordsOf(query)];
  return documents
    .map((document, index) => {
      const there = wordsOf(document);
      return { index, score: words.filter((word) => there.has(word)).length / Math.max(1, words.length) };
    })
    .sort((a, b) => b.score - a.score);
}

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
