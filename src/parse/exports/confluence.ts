/**
 * A page of a Confluence HTML export without what the export adds: breadcrumbs, the space before each title, the list of
 * attachments, the footer. Who wrote it and when is kept as metadata. A page of anything else is left as it is.
 */
export function readConfluencePage(bytes: Uint8Array): Uint8Array {
  const html = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!html.includes('id="breadcrumb') && !html.includes('id="title-heading"')) return bytes;
  const space = /<title>([^<]{1,300}?) : /.exec(html)?.[1];
  const metadata = cut(html, '<div class="page-metadata">', '</div>');
  let page = withoutAttachments(html);
  for (const [start, end] of ADDED) page = without(page, start, end);
  if (space) {
    page = page.replace(`<title>${space} : `, '<title>').replace(titleText(space), '$1');
  }
  const [author, modified] = [authorOf(metadata), dateOf(metadata)];
  const said = [
    author && `<meta name="author" content="${author}">`,
    modified && `<meta property="article:modified_time" content="${modified}">`,
  ].join('');
  return Buffer.from(
    page.replace('</head>', () => `${said}</head>`),
    'utf8',
  );
}

const ADDED: readonly (readonly [string, string])[] = [
  ['<div id="breadcrumb-section">', '</div>'],
  ['<ol id="breadcrumbs">', '</ol>'],
  ['<div class="page-metadata">', '</div>'],
  ['<div id="footer"', '</body>'],
];

const titleText = (space: string): RegExp =>
  new RegExp(`(<span id="title-text">\\s*)${space.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} : `);

/** What stands from `start` on up to `end`; empty when it is not there. */
function cut(html: string, start: string, end: string): string {
  const from = html.indexOf(start);
  const to = from === -1 ? -1 : html.indexOf(end, from);
  return to === -1 ? '' : html.slice(from, to);
}

function without(html: string, start: string, end: string): string {
  const from = html.indexOf(start);
  const to = from === -1 ? -1 : html.indexOf(end, from);
  return to === -1 ? html : html.slice(0, from) + html.slice(to + end.length);
}

/** The section that lists attachments goes up to the next section, or to the footer. */
function withoutAttachments(html: string): string {
  const heading = html.indexOf('<h2 id="attachments"');
  const from = heading === -1 ? -1 : html.lastIndexOf('<div class="pageSection', heading);
  if (from === -1) return html;
  const ends = ['<div class="pageSection', '<div id="footer"', '</body>'].map((end) => html.indexOf(end, heading));
  const to = Math.min(...ends.filter((end) => end !== -1));
  return Number.isFinite(to) ? html.slice(0, from) + html.slice(to) : html;
}

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function authorOf(metadata: string): string | null {
  const author = plain(/<span class=['"]author['"]>([\s\S]{1,300}?)<\/span>/.exec(metadata)?.[1] ?? '').replaceAll(
    '"',
    '',
  );
  return author === '' ? null : author;
}

/** "last modified on Jan 05, 2024", as a date. */
function dateOf(metadata: string): string | null {
  const written = /\bon\s+([A-Z][a-z]{2,8} \d{1,2}, \d{4})/.exec(plain(metadata))?.[1];
  const time = written === undefined ? Number.NaN : Date.parse(`${written} UTC`);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}
