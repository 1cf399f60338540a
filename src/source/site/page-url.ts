/** Longer addresses are made by programs that put state into them. */
const MAX_URL_LENGTH = 2_000;

/** Parameters that tell where a visitor came from or who it is, and change nothing of the page. */
const TRACKING =
  /^(?:utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_\w+|oly_\w+_id|phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|cfid|cftoken)$/i;

/**
 * One spelling for the addresses of one page: no fragment, no credentials, no tracking or session parameters, the others
 * sorted, percent-encoding in capitals and only where it is needed. Null for what is no http(s) address, or too long.
 */
export function pageUrl(text: string, base?: string): string | null {
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  url.username = '';
  url.password = '';
  url.pathname = plainEncoding(url.pathname).replace(/;jsessionid=[^/;]*/gi, '');
  if (url.search !== '') url.search = plainQuery(url.search.slice(1));
  return url.href.length > MAX_URL_LENGTH ? null : url.href;
}

function plainQuery(query: string): string {
  const parts = query
    .split('&')
    .filter((part) => part !== '' && !TRACKING.test(part.split('=')[0]!))
    .map(plainEncoding)
    .sort();
  return [...new Set(parts)].join('&');
}

/** `%7e` and `~` are the same character; so are `%e4` and `%E4`. Source: RFC 3986, section 6.2.2. */
const plainEncoding = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
  });
