import { splitStable } from '../markdown/split-stable.ts';
import { showCandidates } from './complete.ts';
import { draftOf, emptyDraft } from './edit-text.ts';
import { remember } from './recall.ts';
import { reduceInput } from './reduce-input.ts';
import type { Action, Effect, Item, ItemContent, State, Status, Step } from './types.ts';

/** Items that are kept to be printed again; the terminal keeps the rest. */
export const MAX_ITEMS = 2_000;
/** Most items that are printed again after the size of the screen has changed. */
const REPRINTED = 40;
/** Markdown that stays open beyond this, as code without end does, is cut at a line. */
const MAX_TAIL = 8_000;

export type InitialState = {
  readonly columns: number;
  readonly rows: number;
  readonly history: readonly string[];
  readonly status: Status;
  readonly items: readonly ItemContent[];
};

export const initialState = ({ columns, rows, history, status, items }: InitialState): State => ({
  columns,
  rows,
  draft: emptyDraft,
  history,
  recalled: null,
  lookup: null,
  completion: null,
  picker: null,
  openables: [],
  items: withItems([], items),
  firstItem: 0,
  epoch: 0,
  running: null,
  status,
  notice: '',
  isSuspended: false,
});

const only = (state: State): Step => ({ state, effects: [] });

/** The whole behaviour of the chat's screen: pure, so what has to be done comes back as effects. */
export function reduce(state: State, action: Action): Step {
  switch (action.type) {
    case 'input': {
      const step = reduceInput(state, action.input);
      return step.effects.some(({ type }) => type === 'wipe') ? { ...step, state: printAnew(step.state) } : step;
    }
    case 'resize': {
      if (action.columns === state.columns && action.rows === state.rows) return only(state);
      // The terminal has broken the lines elsewhere, so what is seen is drawn anew.
      return { state: printAnew({ ...state, columns: action.columns, rows: action.rows }), effects: WIPE };
    }
    case 'print':
      return only(append(state, action.items));
    case 'begin':
      return only({ ...state, running: { kind: action.kind, phase: action.phase, tail: '', isStopping: false } });
    case 'phase':
      return only(state.running ? { ...state, running: { ...state.running, phase: action.phase } } : state);
    case 'text':
      return only(takeText(state, action.text));
    case 'end': {
      const tail = state.running?.tail.trim() ? [{ type: 'markdown', text: state.running.tail } as const] : [];
      return only({ ...append(state, [...tail, ...action.items]), running: null });
    }
    case 'openables':
      return only({ ...state, openables: action.openables, picker: null });
    case 'status':
      return only({ ...state, status: action.status });
    case 'notice':
      return only({ ...state, notice: action.text });
    case 'completions':
      return only(showCandidates(state, action));
    case 'draft':
      return only({
        ...state,
        draft: draftOf(action.text, state.draft.killed),
        completion: null,
        recalled: null,
        lookup: null,
      });
    case 'history':
      return only({ ...state, history: [...action.entries, ...state.history].reduce(remember, []), recalled: null });
    case 'suspend':
      return only({ ...state, isSuspended: true });
    case 'resume':
      return only({ ...state, isSuspended: false });
    case 'replace':
      return {
        state: printAnew(append({ ...state, items: [], openables: [], picker: null }, action.items)),
        effects: WIPE,
      };
  }
}

const WIPE: readonly Effect[] = [{ type: 'wipe' }];

/** Ids go on where the last one ended: what is printed once never comes again under another's id. */
function append(state: State, contents: readonly ItemContent[]): State {
  if (contents.length === 0) return state;
  return { ...state, items: withItems(state.items, contents) };
}

function withItems(before: readonly Item[], contents: readonly ItemContent[]): Item[] {
  const items = [...before];
  for (const content of contents) {
    const last = items.at(-1);
    const isTight = content.type === 'note' && last?.type === 'note' && !last.hint;
    items.push({ ...content, id: (last?.id ?? -1) + 1, ...(isTight && { isTight }) });
  }
  return items;
}

/** Everything that may still be on the screen is printed again; older items are let go of. */
function printAnew(state: State): State {
  const items = state.items.slice(-MAX_ITEMS);
  return { ...state, items, firstItem: Math.max(0, items.length - REPRINTED), epoch: state.epoch + 1, picker: null };
}

function takeText(state: State, text: string): State {
  const { running } = state;
  if (!running) return state;
  const open = running.tail + text;
  const { stable, tail } = text.includes('\n') ? splitStable(open) : { stable: '', tail: open };
  const cut = tail.length > MAX_TAIL ? tail.lastIndexOf('\n\n', MAX_TAIL) : -1;
  const final = cut > 0 ? stable + tail.slice(0, cut + 2) : stable;
  const rest = cut > 0 ? tail.slice(cut + 2) : tail;
  const printed = final.trim() === '' ? state : append(state, [{ type: 'markdown', text: final }]);
  return { ...printed, running: { ...running, phase: 'writing', tail: rest } };
}
