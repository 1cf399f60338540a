import { isoDate } from './iso-date.ts';

export type DocumentFields = {
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly modifiedAt: string | null;
  readonly language: string | null;
};

/** More tags than this are a word list. */
const MAX_TAGS = 100;

/** The fields that the common static site generators agree on, whatever the case of their keys. */
export function describeFrontMatter(values: Readonly<Record<string, unknown>>): DocumentFields {
  const byKey = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  const first = (...keys: string[]): unknown => keys.map((key) => byKey.get(key)).find((value) => value != null);
  return {
    title: textOf(first('title', 'name')),
    tags: tagsOf(first('tags', 'tag', 'keywords'), first('categories', 'category')),
    modifiedAt: isoDate(
      first('lastmod', 'last_modified_at', 'modified', 'updated', 'last_updated', 'date', 'created', 'ms.date'),
    ),
    language: textOf(first('lang', 'language', 'locale')),
  };
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).replace(/\s+/g, ' ').trim() : '';
  return text === '' ? null : text.slice(0, 500);
}

function tagsOf(...values: unknown[]): string[] {
  const all = values.flatMap((value) => {
    if (Array.isArray(value)) return value.map(textOf);
    if (typeof value === 'string') return value.split(',').map(textOf);
    return [];
  });
  return [...new Set(all.filter((tag): tag is string => tag !== null))].slice(0, MAX_TAGS);
}
