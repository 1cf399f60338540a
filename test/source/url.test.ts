import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemRuntime } from '../../src/platform/runtime.ts';
import type { SourceOptions } from '../../src/source/types.ts';
import { createUrlSource } from '../../src/source/url.ts';
import { type LoopbackServer, startLoopbackServer } from '../platform/http/loopback-server.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const SJIS = Buffer.from('93fa967b8cea', 'hex');

const answer =
  (headers: Record<string, string>, body: string | Buffer = 'text'): RequestListener =>
  (_, response) =>
    response.writeHead(200, headers).end(body);

const routes: Record<string, RequestListener> = {
  '/page': answer({ 'content-type': 'text/html; charset=UTF-8', 'last-modified': 'Mon, 02 Mar 2020 10:00:00 GMT' }),
  '/moved': (_, response) => response.writeHead(301, { location: '/page' }).end(),
  '/sjis': answer({ 'content-type': 'text/html; charset="Shift_JIS"' }, SJIS),
  '/agent': (request, response) =>
    answer({ 'content-type': 'text/plain' }, request.headers['user-agent'])(request, response),
  '/pdf-as-html': answer({ 'content-type': 'text/html' }, '%PDF-1.4 ...'),
  '/json': answer({ 'content-type': 'application/ld+json' }, '{}'),
  '/untyped': answer({}),
  '/octet-text': answer({ 'content-type': 'application/octet-stream' }, '<html>'),
  '/octet-pdf': answer({ 'content-type': 'application/octet-stream' }, Buffer.from('%PDF-1.4\n\0\0')),
  '/octet-binary': answer({ 'content-type': 'application/octet-stream' }, PNG),
  '/png': answer({ 'content-type': 'image/png' }, PNG),
  '/video': answer({ 'content-type': 'video/mp4' }),
  '/program': answer({ 'content-type': 'application/x-msdownload' }),
  '/empty': answer({ 'content-type': 'text/html' }, ''),
  '/future': answer({ 'content-type': 'text/html', 'last-modified': 'Mon, 02 Mar 2990 10:00:00 GMT' }),
  '/bad-date': answer({ 'content-type': 'text/html', 'last-modified': 'yesterday' }),
  '/disposition': answer({
    'content-type': 'text/plain',
    'content-disposition': "attachment; filename=x; filename*=UTF-8''na%C3%AFve%2F..%2Fpasswd.txt",
  }),
  '/large': answer({ 'content-type': 'text/plain' }, 'x'.repeat(2_000)),
};

let server: LoopbackServer;
beforeAll(async () => {
  server = await startLoopbackServer((request, response) => {
    const route = routes[request.url!];
    if (route) route(request, response);
    else response.writeHead(410).end('gone');
  });
});
afterAll(() => server.close());

const source = createUrlSource({ version: '1.2.3' });
const list = (path: string, options: SourceOptions = {}) =>
  source.list({ kind: 'url', uri: server.url + path, options: { allowPrivate: true, ...options } }, systemRuntime);
const itemOf = async (path: string) => (await list(path)).items[0]!;

test('a page comes with its bytes, media type, character set and date', async () => {
  expect(await list('/page')).toEqual({
    root: 'present',
    skipped: [],
    items: [
      {
        uri: `${server.url}/page`,
        path: `${server.url}/page`,
        size: 4,
        mtimeMs: Date.UTC(2020, 2, 2, 10),
        content: {
          kind: 'bytes',
          bytes: new Uint8Array(Buffer.from('text')),
          mediaType: 'text/html',
          charset: 'utf-8',
        },
      },
    ].map((item) => ({ ...item, content: { ...item.content, bytes: Buffer.from('text') } })),
  });
});

test('after a redirect URI and path stay the ones asked for, and the name tells where it ended', async () => {
  const asked = `${server.url}/moved`;
  expect(await itemOf('/moved')).toMatchObject({ uri: asked, path: asked, content: { name: `${server.url}/page` } });
  expect((await itemOf('/page')).content).not.toHaveProperty('name');
});

test('the character set of the header is passed on', async () => {
  expect((await itemOf('/sjis')).content).toMatchObject({ charset: 'shift_jis', mediaType: 'text/html' });
});

test('the request says who asks', async () => {
  expect((await itemOf('/agent')).content).toMatchObject({ bytes: Buffer.from('ragstone/1.2.3') });
});

test.each(['/pdf-as-html', '/json', '/untyped', '/octet-text', '/octet-pdf'])('%s is taken', async (path) => {
  expect((await list(path)).items).toHaveLength(1);
});

test.each([
  ['/png', 'image/png'],
  ['/video', 'video/mp4'],
  ['/program', 'application/x-msdownload'],
  ['/octet-binary', 'application/octet-stream'],
])('%s is refused by its type', async (path, type) => {
  await expect(list(path)).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining(type) });
});

test('an empty answer fails, so that the page that is stored stays', async () => {
  await expect(list('/empty')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
});

test.each(['/future', '/bad-date', '/json'])('%s: a date that cannot be is no date', async (path) => {
  expect((await itemOf(path)).mtimeMs).toBeNull();
});

test('the file name that the server proposes comes without folders', async () => {
  expect((await itemOf('/disposition')).content).toMatchObject({ name: 'passwd.txt' });
});

test('a page that is gone makes the source missing and says so', async () => {
  expect(await list('/no-such-page')).toMatchObject({
    items: [],
    root: 'missing',
    reason: expect.stringContaining('HTTP 410'),
  });
});

test('the size limit of the source holds', async () => {
  await expect(list('/large', { maxFileBytes: 1_000 })).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
});

test('a private address is refused unless the source allows it', async () => {
  await expect(list('/page', { allowPrivate: false })).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
});
