import type { Input } from '../input/types.ts';
import { cycleCandidates } from './complete.ts';
import { draftOf, type Edit, editDraft, emptyDraft, hasLineAbove, hasLineBelow, insertText } from './edit-text.ts';
import { recallNext, recallPrevious, reduceLookup, remember } from './recall.ts';
import { reducePicker } from './reduce-picker.ts';
import type { State, Step } from './types.ts';

type Key = Extract<Input, { type: 'key' }>;

const only = (state: State): Step => ({ state, effects: [] });

/** What a key does. */
export function reduceInput(before: State, input: Input): Step {
  const state = before.notice === '' ? before : { ...before, notice: '' };
  if (state.picker) return reducePicker(state, input);
  if (state.lookup) {
    const step = reduceLookup(state, state.lookup, input);
    // A key that means nothing to the search takes what was found, and then does what it always does.
    return step ? only(step) : reduceInput({ ...state, lookup: null }, input);
  }
  if (input.type !== 'key') return only(typed(state, input.text));
  if (input.key === 'tab') return completeOrCycle(state, input);
  const closed = state.completion ? { ...state, completion: null } : state;
  if (input.key === 'escape') return only(closed);
  return input.ctrl ? reduceControl(closed, input) : input.alt ? reduceAlt(closed, input) : reducePlain(closed, input);
}

const typed = (state: State, text: string): State => ({
  ...state,
  draft: insertText(state.draft, text),
  recalled: null,
  completion: null,
});

const edited = (state: State, edit: Edit): Step => only({ ...state, draft: editDraft(state.draft, edit) });

function completeOrCycle(state: State, { shift }: Key): Step {
  if (state.completion) return only(cycleCandidates(state, state.completion, shift ? -1 : 1));
  const { text, cursor } = state.draft;
  return { state, effects: [{ type: 'complete', text, cursor }] };
}

const PLAIN: Readonly<Record<string, Edit>> = {
  backspace: 'delete-left',
  delete: 'delete-right',
  left: 'left',
  right: 'right',
  home: 'line-start',
  end: 'line-end',
};

function reducePlain(state: State, { key, shift }: Key): Step {
  const edit = PLAIN[key];
  if (edit) return edited(state, edit);
  if (key === 'enter') return shift ? only(typed(state, '\n')) : send(state);
  if (key === 'up') return hasLineAbove(state.draft) ? edited(state, 'up') : only(recallPrevious(state));
  if (key === 'down') return hasLineBelow(state.draft) ? edited(state, 'down') : only(recallNext(state));
  return only(state);
}

const CONTROL: Readonly<Record<string, Edit>> = {
  a: 'line-start',
  e: 'line-end',
  b: 'left',
  f: 'right',
  w: 'kill-word-left',
  backspace: 'kill-word-left',
  delete: 'kill-word-right',
  u: 'kill-line-left',
  k: 'kill-line-right',
  y: 'put-back',
  left: 'word-left',
  right: 'word-right',
};

function reduceControl(state: State, { key }: Key): Step {
  const { draft, running } = state;
  const edit = CONTROL[key];
  if (edit) return edited(state, edit);
  switch (key) {
    case 'j':
    case 'enter':
      return only(typed(state, '\n'));
    case 'p':
      return only(recallPrevious(state));
    case 'n':
      return only(recallNext(state));
    case 'r':
      return only({ ...state, lookup: { text: '', at: null, kept: draft } });
    case 'o':
      return state.openables.length === 0
        ? only({ ...state, notice: 'There is no source to open yet.' })
        : only({ ...state, picker: { selected: 0 } });
    case 'l':
      return { state, effects: [{ type: 'wipe' }] };
    case 'c':
      if (running)
        return { state: { ...state, running: { ...running, isStopping: true } }, effects: [{ type: 'stop' }] };
      if (draft.text === '') return only({ ...state, notice: 'Ctrl-D leaves.' });
      return only({ ...state, draft: { ...emptyDraft, killed: draft.text }, recalled: null });
    case 'd':
      if (draft.text !== '') return edited(state, 'delete-right');
      return { state, effects: [{ type: 'leave' }] };
    default:
      return only(state);
  }
}

const ALT: Readonly<Record<string, Edit>> = {
  b: 'word-left',
  f: 'word-right',
  d: 'kill-word-right',
  backspace: 'kill-word-left',
  left: 'word-left',
  right: 'word-right',
};

function reduceAlt(state: State, { key }: Key): Step {
  if (key === 'enter') return only(typed(state, '\n'));
  const edit = ALT[key];
  if (edit) return edited(state, edit);
  // Alt and a digit opens a source at once.
  const openable = /^[1-9]$/.test(key) ? state.openables.find(({ marker }) => marker === Number(key)) : undefined;
  return openable ? { state, effects: [{ type: 'open', openable, way: 'best' }] } : only(state);
}

/** A backslash at the end asks for another line. */
function send(state: State): Step {
  const { draft, running } = state;
  if (draft.text.endsWith('\\') && draft.cursor === draft.text.length) {
    return only({ ...state, draft: insertText(draftOf(draft.text.slice(0, -1), draft.killed), '\n') });
  }
  const text = draft.text.trim();
  if (text === '') return only(state);
  if (running) return only({ ...state, notice: 'Wait for the answer, or stop it with Ctrl-C.' });
  const cleared = { ...state, draft: { ...emptyDraft, killed: draft.killed }, recalled: null };
  return { state: { ...cleared, history: remember(state.history, text) }, effects: [{ type: 'send', text }] };
}
