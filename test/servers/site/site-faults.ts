import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { articlePath, HTML, type SitePage, sitePage } from './site-pages.ts';

/** A small PDF of one page, with the text given. */
export function smallPdf(text: string): Buffer {
  const stream = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = body.length;
  body += `xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** Pages that are there, and are not stored as pages of their own, or only with care. */
export function oddPages(good: ReadonlyMap<string, SitePage>): Map<string, SitePage> {
  const pages = new Map<string, SitePage>();
  const html = (path: string, title: string, body: string, head = '') =>
    void pages.set(path, { body: sitePage(title, body, head), validator: 'etag', headers: HTML });
  const copies = [1, 2, 3].map((n) => articlePath(1, 1, n));
  copies.forEach((path, i) => {
    const body = String(good.get(path)!.body);
    // Its own canonical address says which page it is a copy of.
    html(`/print/p${i + 1}.html`, `Print of ${path}`, body, `<link rel="canonical" href="${path}">`);
    // The same text without a word of it being a copy.
    pages.set(`/mirror/m${i + 1}.html`, { body, validator: 'etag', headers: HTML });
  });
  html(
    '/circle/a.html',
    'Circle',
    '<p>Canonical circle, one text.</p>',
    '<link rel="canonical" href="/circle/b.html">',
  );
  html(
    '/circle/b.html',
    'Circle',
    '<p>Canonical circle, other text.</p>',
    '<link rel="canonical" href="/circle/a.html">',
  );
  html(
    '/noindex.html',
    'Noindex',
    '<p>Not to be stored.</p><a href="/behind-noindex.html">on</a>',
    '<meta name="robots" content="noindex">',
  );
  html('/behind-noindex.html', 'Behind', '<p>Found through a page that is not stored.</p>');
  html(
    '/nofollow.html',
    'Nofollow',
    '<p>Stored, its links not followed.</p><a href="/behind-nofollow.html">on</a>',
    '<meta name="robots" content="nofollow">',
  );
  html('/behind-nofollow.html', 'Never', '<p>Never asked for.</p>');
  html('/ugc.html', 'Never', '<p>Never asked for either.</p>');
  html('/private/a.html', 'Private', '<p>Disallowed by robots.txt.</p>');
  html('/deep/1.html', 'Deep 1', '<p>Level one of the deep end.</p><a href="/deep/2.html">on</a>');
  html('/deep/2.html', 'Deep 2', '<p>Level two of the deep end.</p><a href="/deep/3.html">on</a>');
  html('/deep/3.html', 'Deep 3', '<p>Level three of the deep end.</p><a href="/deep/4.html">on</a>');
  html('/deep/4.html', 'Deep 4', '<p>Past the depth.</p>');
  pages.set('/header-noindex.html', {
    body: sitePage('Header', '<p>Not to be stored either.</p>'),
    headers: { ...HTML, 'x-robots-tag': 'noindex' },
  });
  pages.set('/report.pdf', {
    body: smallPdf('The annual report of the Vellarine turbines.'),
    headers: { 'content-type': 'application/pdf' },
    validator: 'etag',
  });
  pages.set('/notes.txt', { body: 'Plain notes of the harbour master.', headers: { 'content-type': 'text/plain' } });
  pages.set('/photo', { body: PNG, headers: { 'content-type': 'image/png' } });
  pages.set('/empty.html', { body: '', headers: HTML });
  pages.set('/broken.html', { status: 500, body: 'broken', headers: HTML });
  return pages;
}

export const redirects = (otherPort: number): Readonly<Record<string, string>> => ({
  '/old-home': '/s1/',
  '/round/a': '/round/b',
  '/round/b': '/round/a',
  '/to/metadata': 'http://169.254.169.254/latest/meta-data/',
  '/to/other-port': `http://127.0.0.1:${otherPort}/admin`,
  '/to/private': 'http://10.0.0.5/',
  '/to/private-too': 'http://192.168.1.1/router',
  '/to/loopback6': `http://[::1]:${otherPort}/`,
  '/to/mapped': 'http://[::ffff:169.254.169.254]/',
  '/to/elsewhere': 'https://elsewhere.example/',
});

/** Links of the start page to everything that is odd. */
export const oddLinks = (pages: ReadonlyMap<string, SitePage>): string[] => [
  ...[...pages.keys()].filter((path) => !/behind|ugc|\/deep\/[234]/.test(path)),
  ...Object.keys(redirects(0)),
  '/missing.html',
  '/huge.html',
  '/huge-declared.html',
  '/drip.html',
  '/silent.html',
  '/busy.html',
  '/logo.png',
  '/bundle.zip',
  '/calendar/2026/01/',
  '/grow/a/',
  '/list',
  'https://elsewhere.example/page',
  'mailto:office@vellarine.example',
];

async function* withoutEnd(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(65_536, 'huge ');
}

/** Answers that never end, or go on for ever; false when the path is none of them. */
export function answerOdd(request: IncomingMessage, response: ServerResponse, busyUntil: () => boolean): boolean {
  const url = new URL(request.url!, 'http://site.invalid');
  const { pathname } = url;
  const page = (body: string) => void response.writeHead(200, HTML).end(sitePage(pathname, body));
  if (pathname === '/huge.html') {
    response.writeHead(200, HTML);
    pipeline(Readable.from(withoutEnd()), response, () => {});
  } else if (pathname === '/huge-declared.html') {
    response.writeHead(200, { ...HTML, 'content-length': '900000000' });
    response.write('<html>');
  } else if (pathname === '/drip.html') {
    response.writeHead(200, HTML);
    const timer = setInterval(() => response.write('<p>'), 100);
    response.on('close', () => clearInterval(timer));
  } else if (pathname === '/silent.html') {
    // The request is taken and never answered.
  } else if (pathname === '/busy.html') {
    if (busyUntil()) response.writeHead(429, { 'retry-after': '0' }).end('busy');
    else page('<p>The busy page after it was asked again.</p>');
  } else if (pathname.startsWith('/calendar/')) {
    const [year, month] = pathname.split('/').slice(2).map(Number) as [number, number];
    const next = month === 12 ? `${year + 1}/01` : `${year}/${String(month + 1).padStart(2, '0')}`;
    page(`<p>Nothing on in ${year}/${month}.</p><a href="/calendar/${next}/">next</a>`);
  } else if (pathname.startsWith('/grow/')) {
    page(`<p>Level ${pathname.length} of a path that grows.</p><a href="a/">on</a>`);
  } else if (pathname === '/list') {
    const at = Number(url.searchParams.get('at') ?? 0);
    const links = [1, 2, 3].map((n) => `<a href="/list?at=${at + n}&sort=${n}">more</a>`).join(' ');
    page(`<p>A list from ${at} on, by ${url.searchParams.get('sort') ?? 'name'}.</p>${links}`);
  } else return false;
  return true;
}
