import type { IncomingHttpHeaders } from 'node:http';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { type FaultServer, startFaultServer } from '../fault-server.ts';

export type EmbedBody = Readonly<Record<string, unknown>>;

/** What a request asks for, whatever its format. */
export type EmbedAsk = { readonly texts: readonly string[]; readonly dimensions: number | null };

/** The parts in which the wire formats differ. */
export type EmbedWire = {
  readonly name: string;
  path(model: string): string;
  /** Null where the body is none that the server takes. */
  read(body: EmbedBody): EmbedAsk | null;
  answer(vectors: readonly (readonly number[])[], body: EmbedBody): unknown;
  error(message: string): unknown;
  keyOf(headers: IncomingHttpHeaders): string | undefined;
  readonly wrongKey: { readonly status: number; readonly message: string };
  unknownModel(model: string): { readonly status: number; readonly message: string };
  readonly tooLong: { readonly status: number; readonly message: string };
  readonly tooMany: { readonly status: number; readonly message: string };
};

export type EmbedServerOptions = {
  readonly model: string;
  readonly apiKey?: string;
  readonly maxTexts?: number;
  /** Most words of a text, and of all texts together. */
  readonly maxWords?: number;
  readonly maxWordsTogether?: number;
  /** As long as a model would take for each text, for measurements. */
  readonly delayPerTextMs?: number;
};

export type EmbedServer = FaultServer<EmbedBody>;

export const DIMENSIONS = 64;

/** An embedding server on a free port of the loopback interface. Vectors come from words, and are not of length 1. */
export function startEmbedServer(wire: EmbedWire, options: EmbedServerOptions): Promise<EmbedServer> {
  const { model, apiKey, delayPerTextMs = 0, maxTexts = 1000, maxWords = 1000, maxWordsTogether = 100_000 } = options;
  return startFaultServer<EmbedBody>({
    busy: JSON.stringify(wire.error('try again')),
    // `rag doctor` asks Ollama's list of models too.
    other(request, response) {
      if (request.method === 'POST') return false;
      response.writeHead(404).end();
      return true;
    },
    answer({ request, response, body }) {
      const send = (status: number, value: unknown): void =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      const refuse = ({ status, message }: { readonly status: number; readonly message: string }): void =>
        send(status, wire.error(message));
      const asked = wire.read(body);
      const counts = asked?.texts.map((text) => text.split(/\s+/).length) ?? [];
      const named = typeof body.model === 'string' ? body.model : model;
      if (apiKey !== undefined && wire.keyOf(request.headers) !== apiKey)
        refuse({ ...wire.wrongKey, message: `${wire.wrongKey.message}: ${wire.keyOf(request.headers)}` });
      else if (request.url !== wire.path(model) || named !== model) refuse(wire.unknownModel(named));
      else if (!asked || asked.texts.length === 0) refuse({ status: 400, message: 'invalid request' });
      else if (asked.texts.length > maxTexts) refuse(wire.tooMany);
      else if (Math.max(...counts) > maxWords || counts.reduce((a, b) => a + b) > maxWordsTogether)
        refuse(wire.tooLong);
      else {
        const answer = () => void vectorsOf(asked).then((vectors) => send(200, wire.answer(vectors, body)));
        if (delayPerTextMs > 0) setTimeout(answer, delayPerTextMs * asked.texts.length);
        else answer();
      }
    },
  });
}

async function vectorsOf({ texts, dimensions }: EmbedAsk): Promise<number[][]> {
  const vectors = await hashEmbedder(DIMENSIONS).embedPassages(texts);
  return vectors
    .map((vector) => Array.from(vector ?? new Float32Array(DIMENSIONS).fill(1), (each) => 3 * each))
    .map((vector) => vector.slice(0, dimensions ?? DIMENSIONS));
}

export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '');

export const bearerOf = ({ authorization }: IncomingHttpHeaders): string | undefined =>
  authorization?.replace(/^Bearer /, '');

export const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);
