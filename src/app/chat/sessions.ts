import { RagError } from '../../platform/errors.ts';
import type { StoredSession } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { createChatSession } from './chat-session.ts';
import { readChatSettings } from './chat-settings.ts';
import { exportSession } from './export-session.ts';
import { findSession } from './find-session.ts';
import { createPassageLookup } from './remembered-passages.ts';
import { cleanName } from './session-name.ts';
import { readStoredTurn } from './stored-turn.ts';
import type { ChatOptions, ChatSession, ChatTurn, SessionSummary, Sessions } from './types.ts';

const DEFAULT_LIMIT = 100;
const MAX_QUESTIONS = 200;

/** Opens a conversation: a new one, the one that is named, or the last. Throws NOT_FOUND, and as its settings do. */
export function openChat(context: AppContext, options: ChatOptions = {}): ChatSession {
  const { store } = context;
  const { session, save = true, settings = {} } = options;
  const last = options.continue ? (store.sessions(1)[0] ?? null) : null;
  const stored = session !== undefined ? findSession(store, session) : last;
  return createChatSession(context, { stored, save, settings });
}

/** Saved conversations. */
export function createSessionList(context: AppContext): Sessions {
  const { store, runtime } = context;
  const turnsOf = ({ id, turns }: StoredSession): ChatTurn[] => {
    const lookUp = createPassageLookup(store);
    return store
      .sessionTurns(id, { after: 0, limit: turns })
      .map((row, index) => readStoredTurn(row, { id: index + 1, lookUp, clock: runtime.clock }));
  };
  return {
    list: (limit = DEFAULT_LIMIT) => store.sessions(limit).map(summaryOf),
    find: (reference) => summaryOf(findSession(store, reference)),
    questions: (reference) =>
      store
        .sessionTurns(findSession(store, reference).id, { after: 0, limit: MAX_QUESTIONS })
        .map(({ question }) => question),
    show(reference) {
      const found = findSession(store, reference);
      return { ...summaryOf(found), settings: readChatSettings(context, found.settings), transcript: turnsOf(found) };
    },
    rename(reference, wanted) {
      const found = findSession(store, reference);
      const name = cleanName(wanted);
      if (name === '' || /^\d+$/.test(name)) {
        const message =
          name === '' ? 'A session needs a name.' : `"${name}" would be taken for the number of a session.`;
        throw new RagError('USAGE', { message, hint: 'Name it by a word or two.' });
      }
      store.record((recorder) => recorder.changeSession(found.id, { name }));
      return summaryOf(store.session(found.id) ?? { ...found, name });
    },
    export(reference, format) {
      const found = findSession(store, reference);
      return exportSession({ name: found.name, turns: turnsOf(found) }, format);
    },
    remove(reference) {
      const found = findSession(store, reference);
      store.record((recorder) => recorder.removeSession(found.id));
      return summaryOf(found);
    },
  };
}

const summaryOf = ({ id, name, turns, createdAt, updatedAt, firstQuestion }: StoredSession): SessionSummary => ({
  id,
  name,
  turns,
  createdAt,
  updatedAt,
  firstQuestion,
});
