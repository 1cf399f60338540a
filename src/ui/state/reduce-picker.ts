import type { Input } from '../input/types.ts';
import type { OpenWay, State, Step } from './types.ts';

const only = (state: State): Step => ({ state, effects: [] });

const WAYS: Readonly<Record<string, OpenWay>> = { e: 'editor', o: 'system' };

/** A key while a source is picked: arrows and Enter, or its number; `e` for the editor, `o` for the system's opener. */
export function reducePicker(state: State, input: Input): Step {
  const { picker, openables } = state;
  if (!picker) return only(state);
  const last = openables.length - 1;
  const closed = { ...state, picker: null };
  const move = (by: number): Step =>
    only({ ...state, picker: { selected: Math.min(last, Math.max(0, picker.selected + by)) } });
  const open = (index: number, way: OpenWay): Step => {
    const openable = openables[index];
    return openable ? { state: closed, effects: [{ type: 'open', openable, way }] } : only(state);
  };
  if (input.type === 'paste') return only(state);
  if (input.type === 'text') {
    if (WAYS[input.text]) return open(picker.selected, WAYS[input.text]!);
    if (input.text === 'j') return move(1);
    if (input.text === 'k') return move(-1);
    if (input.text === 'q') return only(closed);
    if (!/^\d{1,2}$/.test(input.text)) return only(state);
    return open(
      openables.findIndex(({ marker }) => marker === Number(input.text)),
      'best',
    );
  }
  const { key, ctrl } = input;
  if (key === 'escape' || (ctrl && (key === 'c' || key === 'o' || key === 'g'))) return only(closed);
  if (key === 'up' || (ctrl && key === 'p')) return move(-1);
  if (key === 'down' || (ctrl && key === 'n')) return move(1);
  if (key === 'home') return move(-last);
  if (key === 'end') return move(last);
  if (key === 'enter') return open(picker.selected, 'best');
  return only(state);
}
