import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a whole answer goes wrong, whatever the wire format. */
export type AnswerFault =
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
  /** Status 200 with this body, whatever was asked. */
  | { readonly kind: 'body'; readonly body: string; readonly contentType: string };

export type FaultServer<Body, StreamFault = never> = {
  /** Origin, such as http://127.0.0.1:43211. */
  readonly origin: string;
  /** Bodies of the requests, in order. */
  readonly requests: readonly Body[];
  /** Paths of the same requests, with their queries. */
  readonly paths: readonly string[];
  /** Headers of the same requests. */
  readonly headers: readonly IncomingMessage['headers'][];
  /** Faults are used up in order; after the last, requests are answered well. */
  fail(...faults: readonly (AnswerFault | StreamFault)[]): void;
  /** Resolves when a request has come in. */
  asked(): Promise<void>;
  /** Resolves when no client waits for an answer. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

export type FaultServerOptions<Body, StreamFault> = {
  /** Answers what is none of the requests that count; false when it is one of them. */
  readonly other?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The body of a status that is given without one. */
  readonly busy: string;
  readonly answer: (parts: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly body: Body;
    /** One that only the wire format can show. */
    readonly fault: StreamFault | null;
  }) => void;
};

/** A server on a free port of the loopback interface that takes JSON, with faults on demand. */
export async function startFaultServer<Body, StreamFault extends { readonly kind: string } = never>(
  options: FaultServerOptions<Body, StreamFault>,
): Promise<FaultServer<Body, StreamFault>> {
  const faults: (AnswerFault | StreamFault)[] = [];
  const requests: Body[] = [];
  const paths: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const answering = new Set<ServerResponse>();
  const idleListeners: (() => void)[] = [];
  const askedListeners: (() => void)[] = [];

  const server = createServer((request, response) => {
    if (options.other?.(request, response)) return;
    answering.add(response);
    response.on('close', () => {
      answering.delete(response);
      if (answering.size === 0) for (const listener of idleListeners.splice(0)) listener();
    });
    void readBody(request).then((text) => {
      const body = JSON.parse(text) as Body;
      requests.push(body);
      paths.push(request.url ?? '');
      headers.push(request.headers);
      for (const listener of askedListeners.splice(0)) listener();
      const fault = faults.shift() ?? null;
      if (!fault || !isAnswerFault(fault)) options.answer({ request, response, body, fault });
      else showFault(fault, response, options.busy);
    });
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    paths,
    headers,
    fail: (...more) => void faults.push(...more),
    asked: () => new Promise((resolve) => void askedListeners.push(resolve)),
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

const isAnswerFault = (fault: { readonly kind: string }): fault is AnswerFault =>
  ['status', 'silent', 'hang-up', 'body'].includes(fault.kind);

function showFault(fault: AnswerFault, response: ServerResponse, busy: string): void {
  switch (fault.kind) {
    case 'silent':
      return;
    case 'hang-up':
      response.socket?.destroy();
      return;
    case 'status':
      response
        .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
        .end(fault.body ?? busy);
      return;
    case 'body':
      response.writeHead(200, { 'content-type': fault.contentType }).end(fault.body);
  }
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
