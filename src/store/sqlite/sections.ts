import type { Section } from '../../domain/document.ts';

/** A heading is [start, end, level, title], a page [start, end, page]: a third of the room of named fields. */
type SectionTuple = [start: number, end: number, levelOrPage: number, title?: string];

export const encodeSections = (sections: readonly Section[]): string =>
  JSON.stringify(
    sections.map((section): SectionTuple => {
      const { start, end } = section.span;
      return section.kind === 'page' ? [start, end, section.page] : [start, end, section.level, section.title];
    }),
  );

export const decodeSections = (text: string): Section[] =>
  (JSON.parse(text) as SectionTuple[]).map(([start, end, number, title]) =>
    title === undefined
      ? { kind: 'page', page: number, span: { start, end } }
      : { kind: 'heading', level: number, title, span: { start, end } },
  );
