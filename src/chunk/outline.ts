import type { Section } from '../domain/document.ts';
import { splitsPair } from './text-boundaries.ts';

/** A heading in the tree that levels make; the root stands for text above the first heading. */
export type Heading = {
  readonly title: string;
  /** 0 for the root. */
  readonly level: number;
  readonly start: number;
  readonly parent: Heading | null;
};

export type Outline = {
  /** Headings by position; the first is the root. */
  readonly headings: readonly Heading[];
  /** Positions at which pages begin, ascending, with their numbers. */
  readonly pages: readonly { readonly start: number; readonly page: number }[];
};

/** What a path keeps of a title: enough to recognise it, and a bound when a whole text is marked as a heading. */
const MAX_TITLE_LENGTH = 200;

/** Deeper ones count as this deep: HTML has six levels, office formats nine, and paths stay short. */
const MAX_LEVEL = 12;

/** Reads positions and levels only, so sections that overlap, or stand outside the text, do no harm. */
export function buildOutline(sections: readonly Section[], textLength: number): Outline {
  const inText = sections.filter(({ span }) => span.start >= 0 && span.start < textLength);
  const ordered = inText.sort((left, right) => left.span.start - right.span.start);
  const headings: Heading[] = [{ title: '', level: 0, start: 0, parent: null }];
  const pages: { start: number; page: number }[] = [];
  for (const section of ordered) {
    if (section.kind === 'page') {
      pages.push({ start: section.span.start, page: section.page });
      continue;
    }
    const level = Math.min(MAX_LEVEL, Math.max(1, section.level));
    let parent = headings[headings.length - 1]!;
    while (parent.level >= level && parent.parent) parent = parent.parent;
    headings.push({ title: shortTitle(section.title), level, start: section.span.start, parent });
  }
  return { headings, pages };
}

/** Titles from the outermost heading to this one. */
export function pathOf(heading: Heading): string[] {
  const path: string[] = [];
  for (let at: Heading | null = heading; at?.parent; at = at.parent) {
    if (at.title !== '') path.push(at.title);
  }
  return path.reverse();
}

/**
 * The path of a text that is of several headings: that of what is above them all, then their titles in one. A heading that is
 * above all the others is no part of that list.
 */
export function sharedPathOf(headings: readonly Heading[]): string[] {
  const [first, ...others] = headings;
  if (!first) return [];
  let shared = first;
  for (const heading of others) {
    while (!isAbove(shared, heading) && shared.parent) shared = shared.parent;
  }
  const titles = new Set(headings.filter((heading) => heading !== shared).map(({ title }) => title));
  titles.delete('');
  return titles.size === 0 ? pathOf(shared) : [...pathOf(shared), shortTitle([...titles].join(', '))];
}

function isAbove(ancestor: Heading, heading: Heading): boolean {
  let at: Heading | null = heading;
  while (at && at !== ancestor) at = at.parent;
  return at === ancestor;
}

function shortTitle(title: string): string {
  const trimmed = title.trim();
  if (trimmed.length <= MAX_TITLE_LENGTH) return trimmed;
  return trimmed.slice(0, splitsPair(trimmed, MAX_TITLE_LENGTH) ? MAX_TITLE_LENGTH - 1 : MAX_TITLE_LENGTH);
}
