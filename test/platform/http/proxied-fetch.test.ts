import { afterEach, expect, test } from 'vitest';
import { createProxiedFetch } from '../../../src/platform/http/proxied-fetch.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Answers every request with what it was asked for, as a proxy or as itself. */
async function startEcho(): Promise<LoopbackServer> {
  const server = await startLoopbackServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => response.end(JSON.stringify({ method: request.method, url: request.url, body })));
  });
  servers.push(server);
  return server;
}

test('a request for another machine goes to the proxy, with its method and body', async () => {
  const proxy = await startEcho();
  const fetch = createProxiedFetch({ proxy: proxy.url });
  const response = await fetch('http://models.invalid/v1/embeddings', { method: 'POST', body: '{"a":1}' });
  expect(await response.json()).toEqual({
    method: 'POST',
    url: 'http://models.invalid/v1/embeddings',
    body: '{"a":1}',
  });
});

test('this machine is asked itself, and so is every address where no proxy is set', async () => {
  const [proxy, own] = [await startEcho(), await startEcho()];
  for (const fetch of [createProxiedFetch({ proxy: proxy.url }), createProxiedFetch({})]) {
    expect(await (await fetch(`${own.url}/api/tags`)).json()).toMatchObject({ url: '/api/tags' });
  }
});

test('a Request is refused where it would lose its way', async () => {
  const fetch = createProxiedFetch({ proxy: 'http://127.0.0.1:9' });
  await expect(fetch(new Request('http://models.invalid/'))).rejects.toThrow('give its address');
});
