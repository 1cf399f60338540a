import type { Input } from '../input/types.ts';
import { draftOf } from './edit-text.ts';
import { graphemeBefore } from './graphemes.ts';
import type { State } from './types.ts';

/** Entries that Up goes back through. */
export const MAX_HISTORY = 500;

/** The history with what was sent at its end, where it stands once. */
export const remember = (history: readonly string[], text: string): readonly string[] =>
  [...history.filter((entry) => entry !== text), text].slice(-MAX_HISTORY);

/** Up: the entry before; what was being written is kept for the way back. */
export function recallPrevious(state: State): State {
  const at = (state.recalled?.at ?? state.history.length) - 1;
  const entry = state.history[at];
  if (entry === undefined) return state;
  const kept = state.recalled?.kept ?? state.draft;
  return { ...state, recalled: { at, kept }, draft: draftOf(entry, state.draft.killed) };
}

/** Down: the entry after, and behind the last one what was being written. */
export function recallNext(state: State): State {
  const { recalled } = state;
  if (!recalled) return state;
  const entry = state.history[recalled.at + 1];
  if (entry === undefined) return { ...state, recalled: null, draft: recalled.kept };
  return { ...state, recalled: { ...recalled, at: recalled.at + 1 }, draft: draftOf(entry, state.draft.killed) };
}

/** The last entry before `before` that holds the text, whatever its case. */
export function findEntry(history: readonly string[], text: string, before: number): number | null {
  const wanted = text.toLowerCase();
  const at = history.findLastIndex((entry, index) => index < before && entry.toLowerCase().includes(wanted));
  return at === -1 ? null : at;
}

/** A key while Ctrl-R looks for an entry. Null when the key is not for the search, which then ends with what it found. */
export function reduceLookup(state: State, lookup: NonNullable<State['lookup']>, input: Input): State | null {
  const found = (text: string, before: number): State => {
    const at = text === '' ? null : findEntry(state.history, text, before);
    const draft = at === null ? state.draft : draftOf(state.history[at]!, state.draft.killed);
    return { ...state, draft, lookup: { ...lookup, text, at } };
  };
  if (input.type !== 'key') return found(lookup.text + input.text.replaceAll('\n', ' '), state.history.length);
  if (input.ctrl && input.key === 'r') {
    const next = lookup.text === '' ? null : findEntry(state.history, lookup.text, lookup.at ?? state.history.length);
    return next === null ? { ...state, notice: 'Nothing older.' } : found(lookup.text, next + 1);
  }
  if (input.key === 'backspace') {
    return found(lookup.text.slice(0, graphemeBefore(lookup.text, lookup.text.length)), state.history.length);
  }
  const isGivenUp = input.key === 'escape' || (input.ctrl && (input.key === 'g' || input.key === 'c'));
  if (isGivenUp) return { ...state, draft: lookup.kept, lookup: null };
  return null;
}
