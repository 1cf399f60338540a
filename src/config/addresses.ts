/** Port of an Ollama server where the address names none. */
const OLLAMA_PORT = '11434';

/**
 * The origin of an Ollama server from what OLLAMA_HOST may hold: `host`, `host:port`, `:port` or a URL. The address to
 * listen on, 0.0.0.0, becomes one that can be called. As in Ollama, a URL without a port has its scheme's own.
 */
export function ollamaOrigin(text: string): string {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = webUrl(hasScheme ? text : `http://${text.startsWith(':') ? `127.0.0.1${text}` : text}`);
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  if (!hasScheme && !/:\d+$/.test(text.split('/')[0] ?? '')) url.port = OLLAMA_PORT;
  return withoutEndSlash(url);
}

/** An http or https URL without a slash at its end. */
export const webAddress = (text: string): string => withoutEndSlash(webUrl(text));

function webUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new Error(`must be an http or https URL, not ${JSON.stringify(withoutPassword(text))}`);
  }
  if (url.search !== '') {
    throw new Error(
      'must have nothing after a "?": it would come before the path, and keys have settings of their own',
    );
  }
  return url;
}

const withoutEndSlash = (url: URL): string => url.href.replace(/\/+$/, '');

/** A URL as it may be printed. */
export const withoutPassword = (text: string): string =>
  text.replace(/\/\/[^/@]*@/, '//***@').replace(/(:\/\/[^\s"?]*)\?[^\s"]+/, '$1?***');
