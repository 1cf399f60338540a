import type { Span } from '../domain/span.ts';

/** What stands in the place of a part of a text; a part of no length is put in. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

/**
 * A text that is shown while it comes in, with changes made on the way: what has been shown cannot be changed any more.
 * Edits do not overlap; of those put in at one place the first added comes first.
 */
export function createEditedText() {
  let raw = '';
  let passed = 0;
  let pending: Edit[] = [];
  const applied: Edit[] = [];

  return {
    get raw(): string {
      return raw;
    },
    /** Up to where of `raw` it has been shown. */
    get passed(): number {
      return passed;
    },
    append(delta: string): void {
      raw += delta;
    },
    /** Nothing is changed where the text has been shown already. */
    edit(edit: Edit): void {
      if (edit.start >= passed) pending.push(edit);
    },
    /** What is to be shown up to a place of `raw`; edits at that very place are made. */
    show(to: number): string {
      let shown = '';
      const due = pending.filter(({ end }) => end <= to).sort((a, b) => a.start - b.start);
      for (const edit of due) {
        if (edit.start < passed) continue;
        shown += raw.slice(passed, edit.start) + edit.text;
        passed = edit.end;
        applied.push(edit);
      }
      pending = pending.filter(({ end }) => end > to);
      if (to > passed) {
        shown += raw.slice(passed, to);
        passed = to;
      }
      return shown;
    },
    /** Where a part of `raw` stands in what was shown, without what was put in at its ends. */
    shownSpan({ start, end }: Span): Span {
      const shift = (at: number, isEnd: boolean): number =>
        applied
          .filter((edit) => (isEnd ? edit.start < at : edit.end <= at))
          .reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
      return { start: start + shift(start, false), end: end + shift(end, true) };
    },
  };
}

export type EditedText = ReturnType<typeof createEditedText>;
