import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './model-server.ts';

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

/** Faults of one answer that is no stream. */
export type WireFault = Extract<Fault, { kind: 'status' | 'silent' | 'hang-up' | 'body' }>;

export type RerankServer = {
  /** Origin, such as http://127.0.0.1:43211. */
  readonly origin: string;
  readonly requests: readonly RerankBody[];
  readonly headers: readonly IncomingMessage['headers'][];
  /** Faults are used up in order; after the last, requests are answered well. */
  fail(...faults: readonly WireFault[]): void;
  /** Resolves when a request has come in. */
  asked(): Promise<void>;
  /** Resolves when no client waits for an answer. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

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
export async function startRerankServer(wire: RerankWire, apiKey?: string): Promise<RerankServer> {
  const faults: WireFault[] = [];
  const requests: RerankBody[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const answering = new Set<ServerResponse>();
  let idleListeners: (() => void)[] = [];
  let askedListeners: (() => void)[] = [];

  const server = createServer((request, response) => {
    answering.add(response);
    response.on('close', () => {
      answering.delete(response);
      if (answering.size > 0) return;
      for (const listener of idleListeners) listener();
      idleListeners = [];
    });
    void bodyOf(request).then((text) => {
      const body = JSON.parse(text) as RerankBody;
      requests.push(body);
      headers.push(request.headers);
      for (const listener of askedListeners) listener();
      askedListeners = [];
      const fault = faults.shift();
      const send = (status: number, value: unknown, more: Record<string, string> = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(value));
      if (fault?.kind === 'silent') return;
      if (fault?.kind === 'hang-up') {
        response.socket?.destroy();
      } else if (fault?.kind === 'status') {
        response
          .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
          .end(fault.body ?? JSON.stringify(wire.error('try again')));
      } else if (fault?.kind === 'body') {
        response.writeHead(200, { 'content-type': fault.contentType }).end(fault.body);
      } else if (request.method !== 'POST' || request.url !== wire.path) {
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
    });
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers,
    fail: (...more) => {
      faults.push(...more);
    },
    asked: () =>
      new Promise((resolve) => {
        askedListeners.push(resolve);
      }),
    idle: () =>
      new Promise((resolve) => {
        if (answering.size === 0) resolve();
        else idleListeners.push(resolve);
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
