import type { ChatTurn } from '../../app/chat/types.ts';
import { sourcesOfTurn } from '../sources/sources-of-turn.ts';
import type { ItemContent } from '../state/types.ts';

/** What stands below the text of an answer: its sources, what its checks warn of, and how it ended. */
export function itemsBelowAnswer(turn: ChatTurn, notes: readonly string[] = []): ItemContent[] {
  const { answer, state, error } = turn;
  const sources = sourcesOfTurn(turn, 'cited');
  const items: ItemContent[] = sources.length > 0 ? [{ type: 'sources', sources }] : [];
  for (const text of answer?.warnings ?? []) items.push({ type: 'note', tone: 'warning', text });
  if (state === 'done' && answer?.support === 'none') {
    items.push({ type: 'note', tone: 'info', text: 'The documents do not answer this.' });
  }
  for (const text of notes) items.push({ type: 'note', tone: 'info', text });
  if (state === 'stopped') items.push({ type: 'note', tone: 'info', text: 'Stopped. /retry answers it again.' });
  if (state === 'failed') {
    const text = error?.message ?? 'The answer failed.';
    items.push({ type: 'note', tone: 'error', text, hint: error?.hint ?? '/retry tries again.' });
  }
  return items;
}

/** A turn of a former session as it was shown when it was answered. */
export function itemsOfTurn(turn: ChatTurn): ItemContent[] {
  const { question, searchedFor, text, answer } = turn;
  const written = answer?.text ?? text;
  return [
    { type: 'question', text: question },
    ...(searchedFor !== '' && searchedFor !== question ? [{ type: 'rewritten', text: searchedFor } as const] : []),
    ...(written.trim() === '' ? [] : [{ type: 'markdown', text: written } as const]),
    ...itemsBelowAnswer(turn),
  ];
}
