import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

export type HubServer = {
  readonly origin: string;
  /** Paths asked for, in order. */
  readonly paths: readonly string[];
  /** Bytes of files that were sent, in all. */
  readonly sentBytes: () => number;
  /** The next answer that is longer breaks off after so many bytes. */
  breakAfter(bytes: number): void;
  /** The next answer that is longer stops after so many bytes, and keeps the connection. Resolves when it does. */
  stallAfter(bytes: number): Promise<void>;
  /** Refuse everything with this status from now on; null ends that. */
  refuse(status: number | null): void;
  close(): Promise<void>;
};

/**
 * Serves one model as the Hugging Face Hub does: `/<owner>/<name>/resolve/main/<file>`, with 404 for what is not there, and
 * parts of files for `Range` where `If-Range` names the same file, and 304 where `If-None-Match` does.
 */
export async function startHubServer(model: string, folder: string): Promise<HubServer> {
  const paths: string[] = [];
  const prefix = `/${model}/resolve/main/`;
  let sent = 0;
  let cut: { bytes: number; stalled?: () => void } | null = null;
  let refusal: number | null = null;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    paths.push(path);
    const file = path.startsWith(prefix) ? join(folder, normalize(path.slice(prefix.length))) : '';
    if (refusal !== null) {
      response.writeHead(refusal).end('Refused');
      return;
    }
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end('Entry not found');
      return;
    }
    const bytes = readFileSync(file);
    const etag = `"${bytes.length}-${bytes.at(-1) ?? 0}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const isPart = from > 0 && from < bytes.length && request.headers['if-range'] === etag;
    const body = isPart ? bytes.subarray(from) : bytes;
    const range = isPart ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(isPart ? 206 : 200, { 'content-length': body.length, etag, ...range });
    if (request.method === 'HEAD') {
      response.end();
    } else if (cut && body.length > cut.bytes) {
      const { bytes: until, stalled } = cut;
      cut = null;
      sent += until;
      response.write(body.subarray(0, until), () => (stalled ? stalled() : response.destroy()));
    } else {
      sent += body.length;
      response.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    sentBytes: () => sent,
    breakAfter(bytes) {
      cut = { bytes };
    },
    stallAfter: (bytes) =>
      new Promise((stalled) => {
        cut = { bytes, stalled };
      }),
    refuse(status) {
      refusal = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
