import { RagError } from '../errors.ts';

/** Where a model server is, with the credentials of the URL taken out of it. */
export type ServerAddress = {
  /** Without credentials and without a slash at the end. Safe to show. */
  readonly url: string;
  /** From `user:password@` in the URL, which fetch refuses to send by itself. */
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly local: boolean;
};

/**
 * Reads `host`, `host:port`, `:port` or a URL, as OLLAMA_HOST and OPENAI_BASE_URL are written in the field.
 * Throws CONFIG_INVALID for anything else, and for schemes other than http and https.
 */
export function parseServerAddress(text: string, options: { setting: string; defaultPort?: number }): ServerAddress {
  const trimmed = text.trim();
  const hasScheme = trimmed.includes('://');
  const invalid = (why: string) =>
    new RagError('CONFIG_INVALID', {
      message: `${options.setting} is no address of a server: ${why}.`,
      hint: `Set it to something like http://127.0.0.1:${options.defaultPort ?? 8080}.`,
    });
  let url: URL;
  try {
    url = new URL(hasScheme ? trimmed : `http://${trimmed.startsWith(':') ? `127.0.0.1${trimmed}` : trimmed}`);
  } catch {
    throw invalid(trimmed === '' ? 'it is empty' : 'it cannot be read as a URL');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw invalid(`its scheme is "${url.protocol}"`);
  if (url.search !== '')
    throw invalid('what stands after its "?" would come before the path; a key has its own setting');
  if (url.port === '' && !hasScheme && options.defaultPort !== undefined) url.port = String(options.defaultPort);
  // A server that listens on every interface is reached through the loopback one.
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';

  const user = decode(url.username);
  const password = decode(url.password);
  const basic = `${user}:${password}`;
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url: url.href.replace(/\/+$/, ''),
    headers: user === '' && password === '' ? {} : { Authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    secrets: password === '' ? [] : [password],
    local: /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname) || url.hostname.endsWith('.localhost'),
  };
}

/** A password with a bare percent sign is meant as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
