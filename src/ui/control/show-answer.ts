import type { ChatEvent, ChatTurn } from '../../app/chat/types.ts';
import { countOf } from '../../present/text/quantities.ts';
import { openablesOfTurn } from '../sources/openable.ts';
import type { ChatStore } from '../state/create-store.ts';
import { itemsBelowAnswer } from './items-of-turn.ts';

/** Text is shown as often as an eye follows. */
const FRAME_MS = 33;

export type ShowAnswer = {
  readonly store: ChatStore;
  /** Resolves when code can be coloured; called when some is about to be shown. */
  readonly loadHighlighter: () => Promise<void>;
};

/** Shows an answer while it comes in, and what belongs below it at its end. Null when it ended without a turn. */
export async function showAnswer(
  events: AsyncIterable<ChatEvent>,
  { store, loadHighlighter }: ShowAnswer,
): Promise<ChatTurn | null> {
  let waiting = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  let hasCode = false;
  const notes: string[] = [];
  let ended: ChatTurn | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    store.dispatch({ type: 'text', text });
  };
  const take = async (text: string): Promise<void> => {
    waiting += text;
    if (!hasCode && /```|~~~/.test(waiting + (store.state().running?.tail.slice(-3) ?? ''))) {
      hasCode = true;
      await loadHighlighter();
    }
    timer ??= setTimeout(flush, FRAME_MS);
  };

  try {
    for await (const event of events) {
      switch (event.type) {
        case 'turn-start':
          store.dispatch({ type: 'print', items: [{ type: 'question', text: event.turn.question }] });
          break;
        case 'rewritten':
          store.dispatch({ type: 'print', items: [{ type: 'rewritten', text: event.question }] });
          break;
        case 'compacted': {
          const text = `The memory holds ${countOf(event.turns, 'earlier question')} as a summary now.`;
          store.dispatch({ type: 'print', items: [{ type: 'note', tone: 'info', text }] });
          break;
        }
        case 'note':
          notes.push(event.text);
          break;
        case 'search-end':
          notes.push(...event.result.notes);
          store.dispatch({ type: 'phase', phase: `reading ${countOf(event.result.hits.length, 'passage')}` });
          break;
        case 'text-delta':
          await take(event.text);
          break;
        case 'turn-end':
          ended = event.turn;
          break;
      }
    }
  } finally {
    flush();
  }
  if (ended) store.dispatch({ type: 'openables', openables: openablesOfTurn(ended) });
  store.dispatch({ type: 'end', items: ended ? itemsBelowAnswer(ended, notes) : [] });
  return ended;
}
