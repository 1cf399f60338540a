import { graphemeAfter, graphemeBefore, lineAround } from './graphemes.ts';

/** What is being written. `cursor` is an offset into `text`, between characters; `killed` is what Ctrl-Y puts back. */
export type Draft = { readonly text: string; readonly cursor: number; readonly killed: string };

export const emptyDraft: Draft = { text: '', cursor: 0, killed: '' };

/** Longest text that is taken in, in UTF-16 units: more is no question but a document. */
export const MAX_DRAFT_LENGTH = 32_000;

export type Edit =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'line-start'
  | 'line-end'
  | 'up'
  | 'down'
  | 'delete-left'
  | 'delete-right'
  | 'kill-word-left'
  | 'kill-word-right'
  | 'kill-line-left'
  | 'kill-line-right'
  | 'put-back';

/** The draft with `text` at its cursor, as much of it as there is room for. */
export function insertText(draft: Draft, text: string): Draft {
  const room = MAX_DRAFT_LENGTH - draft.text.length;
  const taken = text.length <= room ? text : text.slice(0, graphemeBefore(text, Math.max(0, room) + 1));
  return replaceRange(draft, draft.cursor, draft.cursor, taken);
}

/** A draft of its own text, the cursor at its end. */
export const draftOf = (text: string, killed = ''): Draft => insertText({ ...emptyDraft, killed }, text);

/** The draft after one edit. At either end nothing happens. */
export function editDraft(draft: Draft, edit: Edit): Draft {
  const { text, cursor, killed } = draft;
  const at = (offset: number): Draft => ({ ...draft, cursor: offset });
  switch (edit) {
    case 'left':
      return at(graphemeBefore(text, cursor));
    case 'right':
      return at(graphemeAfter(text, cursor));
    case 'word-left':
      return at(wordStart(text, cursor));
    case 'word-right':
      return at(wordEnd(text, cursor));
    case 'line-start':
      return at(lineAround(text, cursor).start);
    case 'line-end':
      return at(lineAround(text, cursor).end);
    case 'up':
    case 'down':
      return at(offsetInNextLine(text, cursor, edit));
    case 'delete-left':
      return replaceRange(draft, graphemeBefore(text, cursor), cursor, '');
    case 'delete-right':
      return replaceRange(draft, cursor, graphemeAfter(text, cursor), '');
    case 'kill-word-left':
      return kill(draft, wordStart(text, cursor), cursor);
    case 'kill-word-right':
      return kill(draft, cursor, wordEnd(text, cursor));
    case 'kill-line-left':
      return kill(draft, lineAround(text, cursor).start, cursor);
    case 'kill-line-right': {
      const { end } = lineAround(text, cursor);
      return kill(draft, cursor, end === cursor ? graphemeAfter(text, cursor) : end);
    }
    case 'put-back':
      return insertText(draft, killed);
  }
}

/** Whether there is a line to go to; else the arrow is for what was asked before. */
export const hasLineAbove = ({ text, cursor }: Draft): boolean =>
  text.lastIndexOf('\n', cursor - 1) !== -1 && cursor > 0;
export const hasLineBelow = ({ text, cursor }: Draft): boolean => text.indexOf('\n', cursor) !== -1;

/** The draft with a part of its text replaced; the cursor stands behind what was put there. */
export function replaceRange(draft: Draft, start: number, end: number, text: string): Draft {
  return { ...draft, text: draft.text.slice(0, start) + text + draft.text.slice(end), cursor: start + text.length };
}

const kill = (draft: Draft, start: number, end: number): Draft =>
  start === end ? draft : { ...replaceRange(draft, start, end, ''), killed: draft.text.slice(start, end) };

const WORD_BEFORE = /[\p{L}\p{N}\p{M}_]*[^\p{L}\p{N}\p{M}_]*$/u;
const WORD_AFTER = /^[^\p{L}\p{N}\p{M}_]*[\p{L}\p{N}\p{M}_]*/u;
/** Characters that are looked at for a word's end. */
const WORD_REACH = 500;

function wordStart(text: string, cursor: number): number {
  const before = text.slice(Math.max(0, cursor - WORD_REACH), cursor);
  return cursor - (WORD_BEFORE.exec(before)?.[0].length ?? 0);
}

function wordEnd(text: string, cursor: number): number {
  return cursor + (WORD_AFTER.exec(text.slice(cursor, cursor + WORD_REACH))?.[0].length ?? 0);
}

function offsetInNextLine(text: string, cursor: number, direction: 'up' | 'down'): number {
  const line = lineAround(text, cursor);
  if (direction === 'up' && line.start === 0) return 0;
  if (direction === 'down' && line.end === text.length) return text.length;
  const target = lineAround(text, direction === 'up' ? line.start - 1 : line.end + 1);
  const wanted = target.start + Math.min(cursor - line.start, target.end - target.start);
  // Not into the middle of a character.
  return wanted === target.start ? wanted : graphemeAfter(text, graphemeBefore(text, wanted));
}
