import { replaceRange } from './edit-text.ts';
import { graphemesOf } from './graphemes.ts';
import type { Action, Completion, State } from './types.ts';

/** Candidates that were looked up for a draft: what they have in common is put in, and when it is one only, all of it. */
export function showCandidates(state: State, found: Extract<Action, { type: 'completions' }>): State {
  const { draft, start, end, candidates } = found;
  // Something was typed meanwhile.
  if (draft !== state.draft.text || state.lookup || state.picker) return state;
  if (candidates.length === 0) return { ...state, notice: 'Nothing completes this.' };
  const [first] = candidates;
  if (candidates.length === 1) {
    const rest = draft.slice(end);
    const space = rest.startsWith(' ') || first!.text.endsWith('/') || first!.text.endsWith(':') ? '' : ' ';
    return { ...state, completion: null, draft: replaceRange(state.draft, start, end, first!.text + space) };
  }
  const typed = draft.slice(start, end);
  const common = commonStart(candidates.map(({ text }) => text));
  const text = common.length > typed.length ? common : typed;
  return {
    ...state,
    draft: replaceRange(state.draft, start, end, text),
    completion: { start, end: start + text.length, candidates, selected: null },
  };
}

/** Tab again: the next candidate stands in the draft; with Shift the one before. */
export function cycleCandidates(state: State, completion: Completion, by: 1 | -1): State {
  const { candidates, start, end, selected } = completion;
  const from = selected ?? (by === 1 ? -1 : candidates.length);
  const next = (from + by + candidates.length) % candidates.length;
  const { text } = candidates[next]!;
  return {
    ...state,
    draft: replaceRange(state.draft, start, end, text),
    completion: { ...completion, selected: next, end: start + text.length },
  };
}

/** What all begin with, in whole characters, whatever their case. */
export function commonStart(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  const folded = rest.map((text) => graphemesOf(text.toLowerCase()));
  let common = '';
  for (const [index, character] of graphemesOf(first).entries()) {
    if (!folded.every((characters) => characters[index] === character.toLowerCase())) break;
    common += character;
  }
  return common;
}
