import type { ChatSession } from '../../app/chat/types.ts';
import { countOf } from '../../present/text/quantities.ts';
import type { ItemContent, Status } from '../state/types.ts';
import { itemsOfTurn } from './items-of-turn.ts';

/** Turns of a former session that are shown again. */
const SHOWN_TURNS = 10;

/** What stands on the screen before anything was asked: what there is to ask, and the session that is gone on with. */
export function firstItems(session: ChatSession, { documents }: Status): ItemContent[] {
  const turns = session.turns();
  const shown = turns.slice(-SHOWN_TURNS);
  const hidden = turns.length - shown.length;
  const unsaved = session.unsavedReason();
  return [
    {
      type: 'welcome',
      lines: [`ragstone · ${countOf(documents, 'document')}`, '/help lists what can be typed, Ctrl-D leaves.'],
    },
    ...(documents === 0
      ? [note('Nothing is in the knowledge base yet.', '/add <file, folder or URL> adds to it.')]
      : []),
    ...(session.model() === null ? [NO_MODEL] : []),
    ...(unsaved === null ? [] : [note(unsaved)]),
    ...(turns.length > 0
      ? [
          note(
            `"${session.name()}" goes on${hidden > 0 ? `; ${countOf(hidden, 'question')} before are not shown` : ''}.`,
          ),
        ]
      : []),
    ...shown.flatMap(itemsOfTurn),
  ];
}

const note = (text: string, hint?: string): ItemContent => ({
  type: 'note',
  tone: 'info',
  text,
  ...(hint && { hint }),
});

const NO_MODEL = note(
  'No model is set, so answers are quoted from the documents.',
  '/model ollama/<name> has them written, `rag config set model ollama/<name>` for good.',
);

export function statusOf(
  session: ChatSession,
  collections: readonly { readonly name: string; readonly documents: number }[],
): Status {
  const { filter, files } = session.settings();
  const chosen = filter.collections ?? (collections.length === 1 ? collections.map(({ name }) => name) : []);
  const asked =
    files.length > 0 ? countOf(files.length, 'file') : chosen.length > 0 ? chosen.join(', ') : 'all collections';
  const { collections: _, ...conditions } = filter;
  return {
    collections: Object.keys(conditions).length > 0 ? `${asked}, filtered` : asked,
    model: session.model() ?? 'no model',
    session: `${session.name() || 'new session'}${session.unsavedReason() === null ? '' : ' (unsaved)'}`,
    documents: collections.reduce((sum, { documents }) => sum + documents, 0),
    turns: session.turns().length,
  };
}
