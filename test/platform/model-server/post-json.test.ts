import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ModelFault } from '../../../src/platform/model-server/model-fault.ts';
import { postJson } from '../../../src/platform/model-server/post-json.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Changes = Partial<Parameters<typeof postJson>[0]>;

const post = (url: string, changes: Changes = {}): Promise<unknown> =>
  postJson({
    fetch: globalThis.fetch,
    url,
    headers: { authorization: 'Bearer key-of-this-test' },
    body: { query: 'Grüße' },
    signal: new AbortController().signal,
    timeoutMs: 30_000,
    maxBytes: 10_000,
    ...changes,
  });

const faultOf = async (answer: Promise<unknown>) => {
  const error = await answer.catch((thrown: unknown) => thrown);
  return error instanceof ModelFault ? error.fault : error;
};

test('the body goes out as JSON with the headers, and the answer comes back as a value', async () => {
  let seen: unknown;
  const url = await serve((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const { authorization, 'content-type': type } = request.headers;
      seen = { method: request.method, authorization, type, body: JSON.parse(Buffer.concat(parts).toString()) };
      response.end('{"answer": [1, 2]}');
    });
  });
  expect(await post(url)).toEqual({ answer: [1, 2] });
  expect(seen).toEqual({
    method: 'POST',
    authorization: 'Bearer key-of-this-test',
    type: 'application/json',
    body: { query: 'Grüße' },
  });
});

test('a redirect is a fault and carries the text to no other host', async () => {
  let asked = 0;
  const other = await serve((_, response) => {
    asked++;
    response.end('{}');
  });
  const url = await serve((_, response) => response.writeHead(307, { location: other }).end());
  expect(await faultOf(post(url))).toMatchObject({ kind: 'status', status: 307 });
  expect(asked).toBe(0);
});

test('an answer without end is left after the most bytes', async () => {
  const url = await serve((_, response) => {
    const more = () => response.write(Buffer.alloc(4096, 32), () => !response.destroyed && setImmediate(more));
    more();
  });
  expect(await faultOf(post(url))).toMatchObject({ kind: 'malformed', excerpt: 'more than 10000 bytes' });
});

test('an answer that does not come, or does not end, is a timeout', async () => {
  const silent = await serve(() => {});
  expect(await faultOf(post(silent, { timeoutMs: 40 }))).toMatchObject({ kind: 'timeout', afterMs: 40 });
  const stalled = await serve((_, response) => response.write('{'));
  expect(await faultOf(post(stalled, { timeoutMs: 40 }))).toMatchObject({ kind: 'timeout', afterMs: 40 });
});

test('what is no JSON is malformed, and nothing at all says so', async () => {
  const page = await serve((_, response) => response.end('<html>Welcome</html>'));
  expect(await faultOf(post(page))).toMatchObject({ kind: 'malformed', excerpt: '<html>Welcome</html>' });
  const empty = await serve((_, response) => response.end());
  expect(await faultOf(post(empty))).toMatchObject({ kind: 'malformed', excerpt: 'nothing' });
});

test('a signal that fires throws its own reason and closes the connection', async () => {
  const controller = new AbortController();
  const closed = new Promise<void>((resolve) => {
    void serve((request) => {
      request.socket.on('close', () => resolve());
      controller.abort(new Error('enough'));
    }).then((url) => {
      result = post(url, { signal: controller.signal }).catch((error: unknown) => error);
    });
  });
  let result: Promise<unknown> = Promise.resolve();
  await closed;
  expect(await result).toMatchObject({ message: 'enough' });
});
