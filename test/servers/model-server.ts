import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AnswerFault, type FaultServer, startFaultServer } from './fault-server.ts';

/** How a stream goes wrong. */
export type StreamFault =
  /** Writes this many deltas, then nothing, with the connection open. */
  | { readonly kind: 'stall'; readonly afterDeltas: number }
  /** Writes this many deltas, then destroys the socket. */
  | { readonly kind: 'break'; readonly afterDeltas: number }
  /** Writes this many deltas, then ends the response in good order but without its end mark. */
  | { readonly kind: 'end-early'; readonly afterDeltas: number }
  /** Writes this many deltas, then a line that is not JSON. */
  | { readonly kind: 'malformed'; readonly afterDeltas: number }
  /** Writes this many deltas, then the protocol's own error line. */
  | { readonly kind: 'error-line'; readonly afterDeltas: number; readonly message: string }
  /** Writes this many deltas, then ends as the provider does when its filter stops an answer. */
  | { readonly kind: 'filtered'; readonly afterDeltas: number };

export type Fault = AnswerFault | StreamFault;

export type ChatBody = {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly [field: string]: unknown;
};

export type ModelServer = FaultServer<ChatBody, StreamFault>;

/** The parts in which the wire formats differ. */
export type Protocol = {
  /** A path, or what the whole of it with its query must match. */
  readonly chatPath: string | RegExp;
  readonly contentType: string;
  /** Everything but the chat; false when the path is not known. */
  other(request: IncomingMessage, response: ServerResponse): boolean;
  /** A refusal that follows from the request itself: unknown model, wrong key, too long. */
  refuse(request: IncomingMessage, body: ChatBody): { status: number; body: string } | null;
  begin(body: ChatBody): string;
  delta(body: ChatBody, text: string): string;
  end(body: ChatBody, deltas: readonly string[], reason: 'whole' | 'filtered'): string;
  /** An error in the stream. */
  error(message: string): string;
  /** The body of a status that is given without one; as `error` where it is absent. */
  readonly busy?: string;
  readonly malformed: string;
};

export type Reply = readonly string[] | ((body: ChatBody) => readonly string[]);

/** A model server on a free port of the loopback interface, with faults on demand. */
export const startModelServer = (protocol: Protocol, reply: Reply): Promise<ModelServer> =>
  startFaultServer<ChatBody, StreamFault>({
    other(request, response) {
      if (request.method === 'POST' && isChat(protocol, request.url ?? '')) return false;
      if (!protocol.other(request, response)) response.writeHead(404).end('404 page not found');
      return true;
    },
    busy: protocol.busy ?? protocol.error('server busy'),
    answer({ request, response, body, fault }) {
      const refusal = protocol.refuse(request, body);
      if (refusal) {
        response.writeHead(refusal.status, { 'content-type': 'application/json' }).end(refusal.body);
        return;
      }
      const deltas = typeof reply === 'function' ? reply(body) : reply;
      const written = fault ? deltas.slice(0, fault.afterDeltas) : deltas;
      response.writeHead(200, { 'content-type': protocol.contentType });
      response.write(protocol.begin(body));
      for (const text of written) response.write(protocol.delta(body, text));
      if (!fault) response.end(protocol.end(body, deltas, 'whole'));
      else if (fault.kind === 'filtered') response.end(protocol.end(body, written, 'filtered'));
      else if (fault.kind === 'end-early') response.end();
      else if (fault.kind === 'malformed') response.end(protocol.malformed);
      else if (fault.kind === 'error-line') response.end(protocol.error(fault.message));
      // The callback of an empty write runs when all before it has been handed to the system.
      else if (fault.kind === 'break') response.write('\n', () => setImmediate(() => response.socket?.destroy()));
    },
  });

const isChat = ({ chatPath }: Protocol, url: string): boolean =>
  typeof chatPath === 'string' ? url === chatPath : chatPath.test(url);

/** What servers of hosted models have in common. */
export type HostedOptions = {
  readonly reply?: Reply;
  readonly models?: readonly string[];
  /** When given, requests need it. */
  readonly apiKey?: string;
  readonly contextTokens?: number;
  /** Of the prompt, what the provider has in its cache. */
  readonly cachedTokens?: number;
};

/** One server-sent event; `name` is written where the provider names its events. */
export const serverSentEvent = (value: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(value)}\n\n`;

/** All text below a value, such as the messages of a request. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** About as many tokens as a model would count. */
export const countTokens = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
