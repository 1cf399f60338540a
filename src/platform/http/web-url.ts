import { RagError } from '../errors.ts';

/** Throws SOURCE_REFUSED for any other scheme than http and https. The fragment is dropped. */
export function parseWebUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) {
    throw new RagError('SOURCE_FAILED', { message: `Not a valid URL: ${JSON.stringify(text.slice(0, 200))}` });
  }
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new RagError('SOURCE_REFUSED', {
      message: `${base ? `${base.host} redirects to` : 'This is'} a ${url.protocol} address; only http and https are fetched.`,
    });
  }
  url.hash = '';
  return url;
}

/** Throws SOURCE_REFUSED: addresses are stored in the database and shown, so no password may stand in them. */
export function assertNoCredentials(url: URL): void {
  if (url.username === '' && url.password === '') return;
  throw new RagError('SOURCE_REFUSED', {
    message: `The address of ${url.host} holds a user name or password.`,
    hint: 'Leave it out: addresses are stored and shown.',
  });
}

/** Where a redirect leads, without credentials; a missing or unreadable Location is SOURCE_FAILED. */
export function redirectTarget(from: URL, status: number, location: string | null): URL {
  if (location === null) {
    throw new RagError('SOURCE_FAILED', {
      message: `${from.host} answered HTTP ${status} without saying where to (no Location header).`,
    });
  }
  // Latin-1 is what Node makes of header bytes; servers that put text beyond ASCII here send UTF-8.
  const url = parseWebUrl(Buffer.from(location, 'latin1').toString('utf8'), from);
  url.username = '';
  url.password = '';
  return url;
}
