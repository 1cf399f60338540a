import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { createBrotliCompress, createGzip, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RagError } from '../../../src/platform/errors.ts';
import type { ResolveHost } from '../../../src/platform/http/checked-lookup.ts';
import type { SafeFetchSettings } from '../../../src/platform/http/exchange.ts';
import { createSafeFetch, type SafeFetchRequest } from '../../../src/platform/http/safe-fetch.ts';
import { systemClock } from '../../../src/platform/runtime.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const hits: string[] = [];
let bytesSent = 0;

/** Writes one chunk again and again for as long as somebody reads. */
function pour(response: NodeJS.WritableStream, chunk: Buffer, gone: () => boolean): void {
  const fill = () => {
    while (!gone()) {
      bytesSent += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', fill);
        return;
      }
    }
  };
  fill();
}

function bomb(response: ServerResponse, encoder: ReturnType<typeof createGzip>, encoding: string): void {
  response.writeHead(200, { ...HTML, 'content-encoding': encoding });
  encoder.on('error', () => {});
  encoder.pipe(response);
  response.on('close', () => encoder.destroy());
  pour(encoder, Buffer.alloc(1_048_576, 32), () => encoder.destroyed);
}

const redirect =
  (location: string, status = 302) =>
  (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(status, { location }).end();

const routes: Record<string, RequestListener> = {
  '/ok': (request, response) => response.writeHead(200, HTML).end(`agent=${request.headers['user-agent']}`),
  '/r3': redirect('/r2'),
  '/r2': redirect('ok#part', 301),
  '/loop': redirect('/loop'),
  '/to-file': redirect('file:///etc/passwd'),
  '/to-gopher': redirect('gopher://127.0.0.1:70/'),
  '/to-password': (request, response) => redirect(`http://name:secret@${request.headers.host}/auth`)(request, response),
  '/auth': (request, response) => response.writeHead(200, HTML).end(`authorization=${request.headers.authorization}`),
  '/to-link-local': redirect('http://169.254.1.1/'),
  '/to-link-local-name': redirect('http://metadata.test/'),
  '/nowhere': (_, response) => response.writeHead(302).end(),
  '/utf8-location': (_, response) => {
    response.socket!.end(Buffer.from('HTTP/1.1 302 Found\r\nlocation: /für\r\ncontent-length: 0\r\n\r\n', 'utf8'));
  },
  '/f%C3%BCr': (_, response) => response.writeHead(200, HTML).end('umlaut'),
  '/404': (_, response) => response.writeHead(404, HTML).end('error page'),
  '/410': (_, response) => response.writeHead(410, HTML).end('error page'),
  '/500': (_, response) => response.writeHead(500).end('boom'),
  '/401': (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic' }).end(),
  '/429': (_, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
  '/304': (_, response) => response.writeHead(304).end(),
  '/silent': () => {},
  '/drip': (_, response) => {
    response.writeHead(200, HTML);
    const timer = setInterval(() => response.write('drip'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/endless': (_, response) => {
    response.writeHead(200, HTML);
    pour(response, Buffer.alloc(65_536, 'a '), () => response.destroyed);
  },
  '/announced': (_, response) => response.writeHead(200, { ...HTML, 'content-length': '99999999' }).write('a'),
  '/gzip': (_, response) => response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync('packed')),
  '/gzip-twice': (_, response) =>
    response.writeHead(200, { ...HTML, 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync('packed'))),
  '/gzip-bad': (_, response) => response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end('not gzip'),
  '/gzip-cut': (_, response) =>
    response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync('packed'.repeat(99)).subarray(0, 20)),
  '/gzip-bomb': (_, response) => bomb(response, createGzip({ level: 9 }), 'gzip'),
  '/br-bomb': (_, response) => bomb(response, createBrotliCompress() as never, 'br'),
  '/truncated': (_, response) => {
    response.writeHead(200, { ...HTML, 'content-length': '1000' });
    response.write('cut', () => response.socket?.destroy());
  },
  '/not-http': (_, response) => {
    response.socket!.end('SSH-2.0-OpenSSH_9.2\r\n');
  },
  '/header-flood': (_, response) => {
    response.socket!.end(`HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(20_000)}\r\n`);
  },
};

let server: LoopbackServer;
beforeAll(async () => {
  server = await startLoopbackServer((request, response) => {
    hits.push(request.url!);
    const route = routes[request.url!];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
});
afterAll(() => server.close());

type Options = Partial<SafeFetchRequest> & Partial<SafeFetchSettings>;

const get = (url: string, options: Options = {}) =>
  createSafeFetch({ userAgent: 'ragstone/test', ...options })({
    url: url.startsWith('/') ? server.url + url : url,
    allowPrivate: true,
    maxBytes: 1_048_576,
    clock: systemClock,
    ...options,
  });

async function textOf(url: string, options?: Options): Promise<string> {
  const response = await get(url, options);
  if ('gone' in response) throw new Error(`gone: ${response.status}`);
  return Buffer.from(response.bytes).toString();
}

async function failureOf(url: string, options?: Options): Promise<RagError> {
  const error = await get(url, options).then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(RagError);
  return error as RagError;
}

const resolvesTo =
  (...addresses: string[]): ResolveHost =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

test('a page is fetched under the name that was passed in', async () => {
  expect(await textOf('/ok')).toBe('agent=ragstone/test');
});

test('redirects are followed and the last address is told without its fragment', async () => {
  const response = await get('/r3');
  expect(response).toMatchObject({ url: `${server.url}/ok`, status: 200 });
});

test('a redirect loop ends after five redirects', async () => {
  hits.length = 0;
  const error = await failureOf('/loop');
  expect(error.code).toBe('SOURCE_FAILED');
  expect(error.message).toContain('more than 5 redirects');
  expect(hits).toHaveLength(6);
});

test.each(['/to-file', '/to-gopher'])('%s: a redirect to another scheme is refused', async (path) => {
  const error = await failureOf(path);
  expect(error.code).toBe('SOURCE_REFUSED');
  expect(error.message).toContain('only http and https');
});

test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,hello'])('%s is refused', async (url) => {
  expect((await failureOf(url)).code).toBe('SOURCE_REFUSED');
});

test('a password in the address is refused without being repeated', async () => {
  const error = await failureOf(`http://name:secret@127.0.0.1:${server.port}/ok`);
  expect(error.code).toBe('SOURCE_REFUSED');
  expect(error.message).not.toContain('secret');
});

test('a password in a redirect is not sent', async () => {
  expect(await textOf('/to-password')).toBe('authorization=undefined');
});

test('a redirect without an address fails', async () => {
  expect((await failureOf('/nowhere')).message).toContain('without saying where to');
});

test('a redirect in raw UTF-8 is understood', async () => {
  expect(await textOf('/utf8-location')).toBe('umlaut');
});

test.each([404, 410])('HTTP %i means gone, whatever the error page says', async (status) => {
  expect(await get(`/${status}`)).toEqual({ gone: true, url: `${server.url}/${status}`, status });
});

test.each([
  [500, 'server'],
  [401, 'log-in'],
  [429, 'Too many'],
])('HTTP %i fails with host, status and what to do', async (status, hint) => {
  const error = await failureOf(`/${status}`);
  expect(error.code).toBe('SOURCE_FAILED');
  expect(error.message).toContain(`127.0.0.1:${server.port} answered HTTP ${status}`);
  expect(error.hint).toContain(hint);
});

test('the wait that a server asks for is passed on', async () => {
  expect((await failureOf('/429')).message).toContain('Retry-After: 7');
});

test('HTTP 304, which nobody asked for, fails', async () => {
  expect((await failureOf('/304')).code).toBe('SOURCE_FAILED');
});

test('a server that never answers is given up', async () => {
  const error = await failureOf('/silent', { firstByteTimeoutMs: 150 });
  expect(error.code).toBe('SOURCE_FAILED');
  expect(error.message).toMatch(/given up after 0\.\d s/);
});

test('a body that drips for ever is given up at the total bound', async () => {
  const error = await failureOf('/drip', { totalTimeoutMs: 200 });
  expect(error.message).toMatch(/given up after 0\.\d s/);
});

test('an endless body is read to the limit and no further', async () => {
  bytesSent = 0;
  const error = await failureOf('/endless', { maxBytes: 300_000 });
  expect(error.code).toBe('SOURCE_REFUSED');
  expect(error.message).toContain('300000 bytes');
  expect(bytesSent).toBeLessThan(20_000_000);
});

test('a body that announces too much is not read', async () => {
  expect((await failureOf('/announced')).code).toBe('SOURCE_REFUSED');
});

test('gzip is decoded', async () => {
  expect(await textOf('/gzip')).toBe('packed');
});

test.each(['/gzip-bomb', '/br-bomb'])('%s: the limit counts what is inflated', async (path) => {
  const before = process.memoryUsage().arrayBuffers;
  const error = await failureOf(path);
  expect(error.code).toBe('SOURCE_REFUSED');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
});

test.each([
  ['/gzip-bad', 'cannot be decoded'],
  ['/gzip-cut', 'ends too early'],
  ['/gzip-twice', 'not supported'],
  ['/truncated', 'closed before the answer was complete'],
  ['/not-http', 'not valid HTTP'],
  ['/header-flood', 'headers are too large'],
])('%s fails: %s', async (path, words) => {
  const error = await failureOf(path);
  expect(error.code).toBe('SOURCE_FAILED');
  expect(error.message).toContain(words);
});

test('a port where nothing listens is told with host and time', async () => {
  const gone = await startLoopbackServer(() => {});
  await gone.close();
  const error = await failureOf(`${gone.url}/`);
  expect(error.message).toMatch(
    /^Fetching from 127\.0\.0\.1:\d+ failed after \d+\.\d s: connection refused \(ECONNREFUSED\)\.$/,
  );
});

test('a name that does not resolve is told so', async () => {
  const resolveHost: ResolveHost = async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  };
  expect((await failureOf('http://nowhere.test/', { resolveHost })).message).toContain('the host name is not known');
});

test('an interrupt ends a request in flight', async () => {
  const controller = new AbortController();
  const failure = failureOf('/silent', { signal: controller.signal });
  controller.abort();
  expect((await failure).code).toBe('ABORTED');
});

test('what the check of the head throws ends the request before the body', async () => {
  const refusal = new RagError('SOURCE_REFUSED', { message: 'no' });
  const checkHead = () => {
    throw refusal;
  };
  expect(await failureOf('/endless', { checkHead })).toBe(refusal);
});

test.each([
  'localhost',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '127.1',
  '0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '127.0.0.1.',
])('host %s is refused unless private addresses are allowed, and gets no request', async (host) => {
  hits.length = 0;
  const error = await failureOf(`http://${host}:${server.port}/ok`, { allowPrivate: false });
  expect(error.code).toBe('SOURCE_REFUSED');
  expect(error.hint).toContain('--allow-private');
  expect(hits).toEqual([]);
});

test('one private address among public ones is refused', async () => {
  const resolveHost = resolvesTo('93.184.216.34', '10.0.0.1');
  const error = await failureOf('http://mixed.test/', { allowPrivate: false, resolveHost });
  expect(error.message).toBe('mixed.test resolves to 10.0.0.1, a private address, not one of the public internet.');
});

test('the socket connects to the address that was checked: the name is resolved once', async () => {
  let asked = 0;
  const resolveHost: ResolveHost = async () => {
    asked++;
    return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
  };
  expect(await textOf(`http://page.test:${server.port}/ok`, { resolveHost })).toContain('agent=');
  expect(asked).toBe(1);
});

/** A forward proxy that answers everything itself, so that public names work without a network. */
async function withProxy<T>(answer: RequestListener, run: (proxy: LoopbackServer) => Promise<T>): Promise<T> {
  const proxy = await startLoopbackServer(answer);
  try {
    return await run(proxy);
  } finally {
    await proxy.close();
  }
}

test('a proxy that was passed in is used, though it stands on a private address', async () => {
  const seen: string[] = [];
  const answer: RequestListener = (request, response) => {
    seen.push(request.url!);
    response.writeHead(200, HTML).end('by proxy');
  };
  await withProxy(answer, async (proxy) => {
    const options = { proxy: { http: proxy.url }, allowPrivate: false, resolveHost: resolvesTo('93.184.216.34') };
    expect(await textOf('http://public.test/page', options)).toBe('by proxy');
    expect(seen).toEqual(['http://public.test/page']);
  });
});

test('a host in the list of exceptions is reached without the proxy', async () => {
  await withProxy(
    (_, response) => response.writeHead(500).end(),
    async (proxy) => {
      expect(await textOf('/ok', { proxy: { http: proxy.url, no: '127.0.0.1' } })).toContain('agent=');
    },
  );
});

test('a redirect from a public host to a private address is refused', async () => {
  await withProxy(redirect('http://169.254.169.254/latest/meta-data/'), async (proxy) => {
    const options = { proxy: { http: proxy.url }, allowPrivate: false, resolveHost: resolvesTo('93.184.216.34') };
    const error = await failureOf('http://public.test/', options);
    expect(error.code).toBe('SOURCE_REFUSED');
    expect(error.message).toContain('169.254.169.254 is a link local address');
  });
});

test('a redirect from a public host to a name with a private address is refused', async () => {
  await withProxy(redirect('http://inside.test/'), async (proxy) => {
    const resolveHost: ResolveHost = async (name) => [
      { address: name === 'inside.test' ? '192.168.0.1' : '93.184.216.34', family: 4 },
    ];
    const error = await failureOf('http://public.test/', {
      proxy: { http: proxy.url },
      allowPrivate: false,
      resolveHost,
    });
    expect(error.code).toBe('SOURCE_REFUSED');
  });
});

test.each(['/to-link-local', '/to-link-local-name'])(
  '%s: no redirect leads to a link-local address, even where private ones are allowed',
  async (path) => {
    const error = await failureOf(path, { resolveHost: resolvesTo('169.254.1.1'), firstByteTimeoutMs: 500 });
    expect(error.code).toBe('SOURCE_REFUSED');
    expect(error.hint).toContain('No redirect is followed');
  },
);

test('the server of these tests does listen', async () => {
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
});
