import { nonPublicRange } from '../../platform/http/non-public-address.ts';
import { binaryKindOf } from '../binary-extensions.ts';
import { createPathFilter } from '../path-filter.ts';
import type { SourceOptions } from '../types.ts';
import { pageUrl } from './page-url.ts';
import type { PageRefusal } from './types.ts';

export type Judgement =
  | { readonly kind: 'inside'; readonly url: string }
  /** Of no concern: another host, past the prefix, or excluded. */
  | { readonly kind: 'outside'; readonly code: 'off-site' | 'private-address'; readonly message: string }
  | { readonly kind: 'refused'; readonly url: string; readonly code: PageRefusal; readonly message: string };

export type SiteScope = {
  /** Scheme, host and port that all pages are asked of. */
  readonly origin: string;
  judge(url: string): Judgement;
  /** Whether the text of a page of the site is wanted, or only its links. */
  wantsText(url: string): boolean;
};

/** Other kinds share their extensions with pages (`/about/example.com`); there the server's word decides. */
const NEVER_PAGES: ReadonlySet<string> = new Set(['an image', 'a sound file', 'a video', 'a font', 'a disk image']);

/** Archives of a folder are opened; those of a site are downloads. */
const ARCHIVE = /\.(?:zip|tar|tgz|tbz2?|txz|7z|rar|gz|bz2|xz|zst|lz4|jar|war|deb|rpm|dmg|iso|apk|whl|gem|crate)$/i;

function neverPage(name: string): string | null {
  if (ARCHIVE.test(name)) return 'an archive';
  const kind = binaryKindOf(name)?.kind;
  return kind !== undefined && NEVER_PAGES.has(kind) ? kind : null;
}

/**
 * Which addresses are pages of the site: those of the host of the start page and below the prefix. With and without
 * `www.`, by http or https, it is the same host; all are asked by the spelling of the start page.
 */
export function createSiteScope(start: string, prefix: string, options: SourceOptions): SiteScope {
  const { origin } = new URL(start);
  const filter = createPathFilter([], options.exclude ?? []);
  const wanted = createPathFilter(options.include ?? [], []);
  return {
    origin,
    judge(text) {
      const url = new URL(text);
      if (!isSameHost(url, new URL(origin))) {
        const range = literalRange(url.hostname);
        return range === null
          ? { kind: 'outside', code: 'off-site', message: `${url.host} is another host.` }
          : { kind: 'outside', code: 'private-address', message: `${url.hostname} is a ${range} address.` };
      }
      const own = pageUrl(url.pathname + url.search, origin);
      if (own === null) return { kind: 'outside', code: 'off-site', message: 'Its address is too long.' };
      const path = new URL(own).pathname;
      if (own !== start && !isBelow(path, prefix)) {
        return { kind: 'outside', code: 'off-site', message: `Its path is not below ${prefix}` };
      }
      if (own !== start && !filter.takesFile(filePath(path))) {
        return { kind: 'outside', code: 'off-site', message: 'Its path is excluded.' };
      }
      const kind = neverPage(path.slice(path.lastIndexOf('/') + 1));
      return kind
        ? { kind: 'refused', url: own, code: 'binary', message: `By its name it is ${kind}.` }
        : { kind: 'inside', url: own };
    },
    wantsText: (url) => wanted.takesFile(filePath(new URL(url).pathname)),
  };
}

/** Globs see paths as files: without the slash at the start, decoded where that is text. */
function filePath(pathname: string): string {
  const path = pathname.replace(/^\/+/, '').replace(/\/$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    // Not UTF-8: it is matched as it is written.
    return path;
  }
}

/** `/docs` and `/docs/` are one place; `/docs2` is another. */
function isBelow(path: string, prefix: string): boolean {
  const folder = prefix.replace(/\/$/, '');
  return path === folder || path.startsWith(`${folder}/`);
}

export const isSameHost = (a: URL, b: URL): boolean => bareHost(a) === bareHost(b) && portOf(a) === portOf(b);

const bareHost = ({ hostname }: URL): string => hostname.replace(/^www\./, '');

/** 80 and 443 are the two doors of one house. */
const portOf = ({ port }: URL): string => (port === '80' || port === '443' ? '' : port);

/** Of a host that is an address: why it is none of the public internet. */
function literalRange(hostname: string): string | null {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (hostname === 'localhost') return 'loopback';
  return /^[\d.]+$/.test(address) || address.includes(':') ? nonPublicRange(address) : null;
}
