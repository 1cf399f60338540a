import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

export type HubServer = {
  readonly origin: string;
  /** Paths asked for, in order. */
  readonly paths: readonly string[];
  close(): Promise<void>;
};

/** Serves one model as the Hugging Face Hub does: `/<owner>/<name>/resolve/main/<file>`, with 404 for what is not there. */
export async function startHubServer(model: string, folder: string): Promise<HubServer> {
  const paths: string[] = [];
  const prefix = `/${model}/resolve/main/`;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    paths.push(path);
    const file = path.startsWith(prefix) ? join(folder, normalize(path.slice(prefix.length))) : '';
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end('Entry not found');
      return;
    }
    const bytes = readFileSync(file);
    response.writeHead(200, { 'content-length': bytes.length, etag: `"${bytes.length}"` });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
