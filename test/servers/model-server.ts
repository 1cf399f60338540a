import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How one request goes wrong. Faults are used up in order; after the last, requests are answered well. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'silent' }
  /** Closes the connection without a byte. */
  | { readonly kind: 'hang-up' }
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
  /** Status 200 with this body, whatever was asked. */
  | { readonly kind: 'body'; readonly body: string; readonly contentType: string };

export type ChatBody = {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly [field: string]: unknown;
};

export type ModelServer = {
  /** Origin, such as http://127.0.0.1:43211. */
  readonly origin: string;
  /** Bodies of the chat requests, in order. */
  readonly requests: readonly ChatBody[];
  /** Headers of the same requests. */
  readonly headers: readonly IncomingMessage['headers'][];
  fail(...faults: readonly Fault[]): void;
  /** Resolves when no client holds a connection open for an answer. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** The parts in which the wire formats differ. */
export type Protocol = {
  readonly chatPath: string;
  readonly contentType: string;
  /** Everything but the chat; false when the path is not known. */
  other(request: IncomingMessage, response: ServerResponse): boolean;
  /** A refusal that follows from the request itself: unknown model, wrong key, too long. */
  refuse(request: IncomingMessage, body: ChatBody): { status: number; body: string } | null;
  begin(body: ChatBody): string;
  delta(body: ChatBody, text: string): string;
  end(body: ChatBody, deltas: readonly string[]): string;
  error(message: string): string;
  readonly malformed: string;
};

export type Reply = readonly string[] | ((body: ChatBody) => readonly string[]);

/** A model server on a free port of the loopback interface, with faults on demand. */
export async function startModelServer(protocol: Protocol, reply: Reply): Promise<ModelServer> {
  const faults: Fault[] = [];
  const requests: ChatBody[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const sockets = new Set<Socket>();
  const answering = new Set<ServerResponse>();
  let idleListeners: (() => void)[] = [];

  const server = createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== protocol.chatPath) {
      if (!protocol.other(request, response)) response.writeHead(404).end('404 page not found');
      return;
    }
    answering.add(response);
    response.on('close', () => {
      answering.delete(response);
      if (answering.size === 0) for (const listener of idleListeners.splice(0)) listener();
    });
    void readBody(request).then((text) => {
      const body = JSON.parse(text) as ChatBody;
      requests.push(body);
      headers.push(request.headers);
      answer({ request, response, body, fault: faults.shift() ?? null });
    });
  });

  const answer = (parts: {
    request: IncomingMessage;
    response: ServerResponse;
    body: ChatBody;
    fault: Fault | null;
  }) => {
    const { request, response, body, fault } = parts;
    if (fault?.kind === 'silent') return;
    if (fault?.kind === 'hang-up') {
      response.socket?.destroy();
      return;
    }
    if (fault?.kind === 'status') {
      const json = { 'content-type': 'application/json' };
      response.writeHead(fault.status, { ...json, ...fault.headers }).end(fault.body ?? protocol.error('server busy'));
      return;
    }
    if (fault?.kind === 'body') {
      response.writeHead(200, { 'content-type': fault.contentType }).end(fault.body);
      return;
    }
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
    if (!fault) response.end(protocol.end(body, deltas));
    else if (fault.kind === 'end-early') response.end();
    else if (fault.kind === 'malformed') response.end(protocol.malformed);
    else if (fault.kind === 'error-line') response.end(protocol.error(fault.message));
    // The callback of an empty write runs when all before it has been handed to the system.
    else if (fault.kind === 'break') response.write('\n', () => setImmediate(() => response.socket?.destroy()));
  };

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers,
    fail: (...more) => {
      faults.push(...more);
    },
    idle: () =>
      new Promise((resolve) => {
        if (answering.size === 0) resolve();
        else idleListeners = [...idleListeners, resolve];
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** An origin where nothing listens: the port was free a moment ago. */
export async function refusedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** About as many tokens as a model would count. */
export const countTokens = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
