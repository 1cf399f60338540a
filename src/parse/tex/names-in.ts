import type { HeadingStart } from '../markdown-structure.ts';

/** What is looked at of a title that was never closed. */
const MAX_TITLE_LENGTH = 1_000;

export type HeadingPlace = { readonly level: number; readonly start: number; readonly end: number };
export type FieldPlace = { readonly name: 'author' | 'date'; readonly start: number; readonly end: number };

export type TexNames = {
  readonly headings: readonly HeadingStart[];
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
};

/** What stands at the places of a text at which headings, authors and the date were written. */
export function namesIn(text: string, headings: readonly HeadingPlace[], fields: readonly FieldPlace[]): TexNames {
  const oneLine = (start: number, end: number): string =>
    text
      .slice(start, Math.min(end, start + MAX_TITLE_LENGTH))
      .replace(/[#\s]+/g, ' ')
      .trim();
  const named = headings.map(({ level, start, end }) => ({ level, start, title: oneLine(start, end).slice(0, 300) }));
  const field = (name: 'author' | 'date'): string | null => {
    const found = fields.find((candidate) => candidate.name === name);
    return found ? oneLine(found.start, found.end).slice(0, 500) || null : null;
  };
  return {
    headings: named.filter(({ title }) => title !== '').sort((left, right) => left.start - right.start),
    title: named.find(({ level }) => level === 1)?.title || null,
    author: field('author'),
    date: field('date'),
  };
}
