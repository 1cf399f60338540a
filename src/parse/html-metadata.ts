import { isoDate } from './iso-date.ts';

export type HtmlMetadata = {
  readonly title: string | null;
  readonly language: string | null;
  readonly modifiedAt: string | null;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** Linked data longer than this describes a shop, not the page. */
const MAX_LINKED_DATA_LENGTH = 200_000;

/** What a page says of itself in `<html lang>`, `<meta>`, `<link rel=canonical>`, JSON-LD and `<time>`. */
export function htmlMetadata(document: Document): HtmlMetadata {
  const meta = metaValues(document);
  const linked = linkedData(document);
  const first = (...names: string[]): string | null => names.map((name) => meta.get(name)?.[0]).find(Boolean) ?? null;
  const published = isoDate(
    first(
      'article:published_time',
      'og:published_time',
      'datepublished',
      'dc.date',
      'dcterms.created',
      'date',
      'pubdate',
    ) ??
      linked.datePublished ??
      document.querySelector('article time[datetime], header time[datetime], time[pubdate]')?.getAttribute('datetime'),
  );
  const modified = isoDate(
    first('article:modified_time', 'og:updated_time', 'datemodified', 'dcterms.modified', 'last-modified') ??
      linked.dateModified,
  );
  const metadata = Object.entries({
    description: first('description', 'og:description', 'twitter:description'),
    author: first('author', 'article:author', 'dc.creator') ?? linked.author,
    site: first('og:site_name'),
    canonical: httpUrl(document.querySelector('link[rel~="canonical"]')?.getAttribute('href')),
    keywords: first('keywords', 'news_keywords'),
    published,
  }).filter(([, value]) => value);
  return {
    title:
      first('og:title', 'twitter:title') ??
      linked.headline ??
      clean(document.querySelector('head > title')?.textContent),
    language: languageOf(document),
    modifiedAt: modified ?? published,
    tags: (meta.get('article:tag') ?? []).slice(0, 50),
    metadata: Object.fromEntries(metadata),
  };
}

function metaValues(document: Document): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const element of Array.from(document.querySelectorAll('meta[content]'))) {
    const names = element.getAttribute('property') ?? element.getAttribute('name') ?? element.getAttribute('itemprop');
    const content = clean(element.getAttribute('content'));
    if (!names || !content) continue;
    for (const name of names.toLowerCase().slice(0, 200).split(/\s+/)) {
      const known = values.get(name);
      if (known) known.push(content);
      else values.set(name, [content]);
    }
  }
  return values;
}

type LinkedData = {
  headline: string | null;
  author: string | null;
  datePublished: string | null;
  dateModified: string | null;
};

/** The first article-like object of the page's JSON-LD; a list or a graph is searched one level deep. */
function linkedData(document: Document): LinkedData {
  const found: LinkedData = { headline: null, author: null, datePublished: null, dateModified: null };
  for (const script of Array.from(document.querySelectorAll('script[type="application/ld+json"]'))) {
    const source = script.textContent ?? '';
    if (source.length > MAX_LINKED_DATA_LENGTH) continue;
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch {
      // Templates leave broken JSON-LD in many pages; the page itself is still good.
      continue;
    }
    const graph = field(value, '@graph');
    const candidates = Array.isArray(value) ? value : Array.isArray(graph) ? graph : [value];
    for (const candidate of candidates.slice(0, 50)) {
      found.headline ??= textField(candidate, 'headline');
      found.datePublished ??= textField(candidate, 'datePublished');
      found.dateModified ??= textField(candidate, 'dateModified');
      const author = field(candidate, 'author');
      found.author ??= textField(Array.isArray(author) ? author[0] : author, 'name');
    }
  }
  return found;
}

const field = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;

const textField = (value: unknown, name: string): string | null => {
  const text = field(value, name);
  return typeof text === 'string' ? clean(text) : null;
};

const clean = (text: string | null | undefined): string | null =>
  text?.slice(0, 2_000).replace(/\s+/g, ' ').trim() || null;

const httpUrl = (text: string | null | undefined): string | null =>
  text && /^https?:\/\/\S{1,2000}$/i.test(text.trim()) ? text.trim() : null;

function languageOf(document: Document): string | null {
  const root = document.documentElement;
  const language = root?.getAttribute('lang') ?? root?.getAttribute('xml:lang') ?? null;
  return language && /^[A-Za-z]{2,3}(?:[-_][\w-]{1,20})?$/.test(language.trim()) ? language.trim() : null;
}
