import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResolveHost } from '../../../src/platform/http/checked-lookup.ts';
import { createPageFetch, type PageFetch } from '../../../src/platform/http/page-fetch.ts';
import { systemClock } from '../../../src/platform/runtime.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

let server: LoopbackServer;
const asked: string[] = [];
beforeAll(async () => {
  server = await startLoopbackServer((request, response) => {
    asked.push(request.url!);
    if (request.url === '/moved') response.writeHead(301, { location: 'http://169.254.169.254/latest/' }).end();
    else if (request.url === '/silent') return;
    else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else if (request.url === '/gone') response.writeHead(410).end();
    else
      response
        .writeHead(200, { etag: '"1"', 'x-robots-tag': ['noindex', 'nofollow'] })
        .end(String(request.socket.remotePort));
  });
});
afterAll(() => server.close());

const opened: PageFetch[] = [];
afterAll(() => {
  for (const fetch of opened) fetch.close();
});
const open = (privateHost: string | null, settings: { resolveHost?: ResolveHost; totalTimeoutMs?: number } = {}) => {
  const fetch = createPageFetch({ userAgent: 'ragstone/test', ...settings }, privateHost);
  opened.push(fetch);
  return (url: string, validators: { etag?: string } = {}, signal?: AbortSignal) =>
    fetch.fetch({ url, maxBytes: 1_000, clock: systemClock, signal, ...validators });
};

test('pages of one host come through one connection, and all of X-Robots-Tag is heard', async () => {
  const fetch = open('127.0.0.1');
  const ports = new Set<string>();
  for (const path of ['/a', '/b', '/c']) {
    const answer = await fetch(server.url + path);
    if (answer.kind !== 'page') throw new Error(answer.kind);
    ports.add(Buffer.from(answer.bytes).toString());
    expect(answer.head.header('x-robots-tag')).toBe('noindex, nofollow');
    expect(await fetch(server.url + path, { etag: '"1"' })).toMatchObject({ kind: 'not-modified' });
  }
  expect(ports.size).toBe(1);
});

test('a redirect is told and not followed', async () => {
  const answer = await open('127.0.0.1')(`${server.url}/moved`);
  expect(answer).toMatchObject({ kind: 'redirect', status: 301 });
  expect(answer.kind === 'redirect' && answer.to.href).toBe('http://169.254.169.254/latest/');
  expect(await open('127.0.0.1')(`${server.url}/gone`)).toEqual({ kind: 'gone', status: 410 });
});

test('a private address is asked only when it is the host that was named', async () => {
  const before = asked.length;
  await expect(open(null)(`${server.url}/a`)).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  await expect(open('site.example')(`${server.url}/a`)).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  await expect(open('127.0.0.1')('http://169.254.169.254/')).rejects.toMatchObject({
    details: { range: 'link local' },
  });
  expect(asked.length).toBe(before);
});

test('a name that leads to a private address is refused before any connection', async () => {
  const resolved: string[] = [];
  const resolveHost: ResolveHost = async (hostname) => {
    resolved.push(hostname);
    return [{ address: '169.254.169.254', family: 4 }];
  };
  await expect(open(null, { resolveHost })('http://rebound.example/')).rejects.toMatchObject({
    code: 'SOURCE_REFUSED',
    details: { address: '169.254.169.254' },
  });
  expect(resolved).toEqual(['rebound.example']);
});

test('a silent server is given up, and an interrupt ends the wait', async () => {
  await expect(open('127.0.0.1', { totalTimeoutMs: 50 })(`${server.url}/silent`)).rejects.toMatchObject({
    details: { timedOut: true },
  });
  const controller = new AbortController();
  const waiting = open('127.0.0.1')(`${server.url}/silent`, {}, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
});
