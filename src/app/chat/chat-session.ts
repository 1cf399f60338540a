import type { Citation } from '../../domain/answer.ts';
import type { ChunkId } from '../../domain/ids.ts';
import type { Hit } from '../../domain/search.ts';
import { isRagError, messageOf, RagError } from '../../platform/errors.ts';
import type { StoredSession } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { ask } from '../ask.ts';
import { generatorFor } from '../generator-for.ts';
import { changedSettings, defaultChatSettings, filterOfChat, readChatSettings } from './chat-settings.ts';
import { createConversation } from './conversation.ts';
import { exportSession } from './export-session.ts';
import { createPassageLookup, referenceOf, sourcesOf } from './remembered-passages.ts';
import { cleanName, NEW_SESSION, sessionNameOf } from './session-name.ts';
import { createSessionWriter, type LiveTurn } from './session-writer.ts';
import { readStoredTurn } from './stored-turn.ts';
import type { AskInChat, ChatEvent, ChatSession, ChatSettings, ChatTurn } from './types.ts';

/** Of a longer session the last turns are loaded; `rag sessions show` has all. */
const MAX_LOADED_TURNS = 200;
/** A question may have a page pasted behind it. UTF-16 units. */
export const MAX_QUESTION = 32_000;
/** Of an answer that comes slowly; a kill loses no more than this. */
const SAVE_EVERY_MS = 400;

type SessionOptions = {
  /** Null for a new one. */
  readonly stored: StoredSession | null;
  readonly save: boolean;
  readonly settings: Partial<ChatSettings>;
};

/** A conversation over the documents. Throws as `change` does for the settings given. */
export function createChatSession(context: AppContext, { stored, save, settings: given }: SessionOptions): ChatSession {
  const { store, runtime } = context;
  const { clock } = runtime;
  const known = stored ? readChatSettings(context, stored.settings) : defaultChatSettings(context);
  let settings = changedSettings(context, known, given);
  let name = stored?.name ?? '';
  const live: LiveTurn[] = [];
  /** Rows up to this one were loaded, or are older than what is; they are not loaded again when they are taken back. */
  let lastRow = 0;
  let isBusy = false;

  const writer = createSessionWriter(context, {
    id: stored?.id ?? null,
    save,
    name: () => name || NEW_SESSION,
    settings: () => settings,
  });

  /** Turns of the file that are not here: all of a resumed session, then what another process adds. */
  const loadTurns = (limit: number): readonly ChatTurn[] => {
    const id = writer.id();
    if (id === null) return [];
    const after = Math.max(lastRow, ...live.map(({ row }) => row ?? 0));
    const lookUp = createPassageLookup(store);
    const first = (live.at(-1)?.turn.id ?? 0) + 1;
    const added = store.sessionTurns(id, { after, limit }).map((row, index): LiveTurn => {
      const turn = readStoredTurn(row, { id: first + index, lookUp, clock });
      return { turn, references: [], row: row.id, isSaved: true };
    });
    live.push(...added);
    lastRow = Math.max(after, ...added.map(({ row }) => row ?? 0));
    return added.map(({ turn }) => turn);
  };
  loadTurns(MAX_LOADED_TURNS);

  const conversation = createConversation({
    turns: () => live,
    memory: stored ? { summary: stored.summary, summarizedTo: stored.summarizedTo } : null,
    save: (memory) => writer.change(memory),
  });

  const modelName = (): string | undefined => settings.model ?? context.settings.model;
  const generatorOf = (purpose: 'chat' | 'rewrite' | 'summarize') => generatorFor(modelName(), context, purpose);
  const notBusy = (): void => {
    if (!isBusy) return;
    throw new RagError('USAGE', { message: 'A question is being answered.', hint: 'Wait for it, or stop it first.' });
  };

  async function* answer(question: string, { signal }: AskInChat): AsyncGenerator<ChatEvent> {
    notBusy();
    const asked = checkedQuestion(question);
    const others = loadTurns(MAX_LOADED_TURNS);
    const at = new Date(clock.now()).toISOString();
    const own: LiveTurn = {
      turn: {
        id: (live.at(-1)?.turn.id ?? 0) + 1,
        question: asked,
        searchedFor: asked,
        text: '',
        answer: null,
        sources: [],
        state: 'running',
        at,
      },
      references: [],
      row: null,
      isSaved: false,
    };
    const update = (change: Partial<ChatTurn>): void => {
      own.turn = { ...own.turn, ...change };
      own.isSaved = false;
    };
    if (name === '') name = sessionNameOf(asked);
    live.push(own);
    isBusy = true;
    try {
      const isSaved = await writer.saveTurnsSoon(live);
      yield { type: 'turn-start', turn: own.turn };
      if (others.length > 0) yield { type: 'note', text: othersNote(others) };
      if (!isSaved && writer.reason() === null) yield { type: 'note', text: NOT_YET_SAVED };
      const { searchedFor, by } = await conversation.rewrite(asked, {
        generator: generatorOf('rewrite'),
        signal,
        settings,
      });
      if (by !== null) {
        update({ searchedFor });
        yield { type: 'rewritten', question: searchedFor, by };
      }
      const memory = await conversation.recall({ generator: generatorOf('summarize'), signal, settings });
      if (memory.compacted) yield { type: 'compacted', ...memory.compacted };
      let savedAt = clock.now();
      let paths: ReadonlyMap<ChunkId, string> = new Map();
      /** What `[n]` of the text means, whether or not the answer comes to its end. */
      const number = (hits: readonly Hit[], citations: readonly Citation[]): ChatTurn['sources'] => {
        own.references = hits.map((hit) => referenceOf(hit, paths.get(hit.chunk.id)));
        return sourcesOf(
          own.references.map((reference) => ({ reference, state: 'there' as const })),
          citations,
        );
      };
      const events = ask(context, searchedFor, {
        model: settings.model,
        system: settings.system,
        // Where nobody chose a number, it goes by the room that the model has.
        limit: settings.limit === defaultChatSettings(context).limit ? undefined : settings.limit,
        contextTokens: settings.contextTokens,
        mode: settings.mode,
        filter: filterOfChat(settings),
        conversation: memory.text,
        purpose: 'chat',
        log: true,
        cache: true,
        onPrompt: (_, passages) => update({ sources: number(passages, []) }),
        signal,
      });
      for await (const event of events) {
        if (event.type === 'search-end') {
          paths = new Map(event.result.hits.map(({ chunk, path }) => [chunk.id, path]));
        } else if (event.type === 'text-delta') {
          update({ text: own.turn.text + event.text });
          if (clock.now() - savedAt >= SAVE_EVERY_MS) {
            savedAt = clock.now();
            writer.saveTurns(live);
          }
        } else if (event.type === 'answer-end') {
          const { text, hits, citations } = event.answer;
          update({ text, answer: event.answer, sources: number(hits, citations), state: 'done' });
        }
        yield event;
      }
      if (own.turn.state === 'running') update({ state: 'failed', error: BROKE_OFF });
    } catch (error) {
      update(
        signal?.aborted || (isRagError(error) && error.code === 'ABORTED') ? { state: 'stopped' } : failureOf(error),
      );
    } finally {
      // A reader that goes away stops the answer as well.
      if (own.turn.state === 'running') update({ state: 'stopped' });
      isBusy = false;
      writer.saveTurns(live);
    }
    const isSaved = await writer.saveTurnsSoon(live);
    if (!isSaved && writer.reason() === null) yield { type: 'note', text: NOT_YET_SAVED };
    yield { type: 'turn-end', turn: own.turn };
  }

  /** Takes turns from one on away, here and in the file, but for those that another process has added since. */
  const takeBack = (index: number): void => {
    const rows = live.slice(index).flatMap(({ row }) => row ?? []);
    if (rows.length > 0) writer.remove({ from: Math.min(...rows), to: Math.max(...rows) });
    lastRow = Math.max(lastRow, ...rows);
    live.splice(index);
    conversation.forgetFrom(live.at(-1)?.turn.id ?? 0);
  };

  return {
    id: writer.id,
    name: () => name,
    unsavedReason: writer.reason,
    turns: () => live.map(({ turn }) => turn),
    settings: () => settings,
    model: () => generatorOf('chat')?.name ?? null,
    change(change) {
      settings = changedSettings(context, settings, change);
      writer.change({ settings });
    },
    ask: (question, options = {}) => answer(question, options),
    async *retry(options = {}) {
      notBusy();
      const last = live.at(-1);
      if (!last) throw new RagError('NOT_FOUND', { message: 'Nothing was asked yet.', hint: 'Ask a question first.' });
      takeBack(live.length - 1);
      yield* answer(last.turn.question, options);
    },
    async *edit(turn, question, options = {}) {
      notBusy();
      const index = live.findIndex((each) => each.turn.id === turn);
      if (index === -1)
        throw new RagError('NOT_FOUND', {
          message: `This conversation has no question ${turn}.`,
          hint: live.length === 0 ? 'Ask a question first.' : `Its questions are 1 to ${live.at(-1)?.turn.id}.`,
        });
      checkedQuestion(question);
      takeBack(index);
      yield* answer(question, options);
    },
    async compact(signal) {
      notBusy();
      return conversation.compact({ generator: generatorOf('summarize'), signal, settings });
    },
    clear() {
      notBusy();
      takeBack(0);
      // Those that are not loaded, too.
      writer.remove({ from: 0, to: Number.MAX_SAFE_INTEGER });
    },
    rename(wanted) {
      name = checkedName(wanted);
      writer.change({ name });
    },
    save(wanted) {
      if (wanted !== undefined) name = checkedName(wanted);
      writer.start();
      const reason = writer.reason();
      if (reason !== null)
        throw new RagError('DB_READ_ONLY', { message: reason, hint: 'Choose another file with --db.' });
      for (const each of live) if (each.row === null) each.isSaved = false;
      if (!writer.saveTurns(live))
        throw new RagError('DB_BUSY', { message: NOT_YET_SAVED, hint: 'Try again in a moment.' });
      if (wanted !== undefined) writer.change({ name });
    },
    export: (format) => exportSession({ name: name || NEW_SESSION, turns: live.map(({ turn }) => turn) }, format),
  };
}

const NOT_YET_SAVED = 'Another process is writing to the database; this is saved as soon as it lets go.';
const BROKE_OFF = { code: 'MODEL_BROKEN_STREAM', message: 'The answer broke off.', hint: 'Ask again.' };

function othersNote(turns: readonly ChatTurn[]): string {
  const isRunning = turns.some(({ state }) => state === 'running');
  const many = turns.length === 1 ? 'a question' : `${turns.length} questions`;
  return `This session is open in another process too, which asked ${many}${isRunning ? ' and is answering' : ''}; all of it stays in the session.`;
}

function checkedQuestion(question: string): string {
  const asked = question.trim();
  if (asked === '')
    throw new RagError('USAGE', { message: 'The question is empty.', hint: 'Write what you want to know.' });
  if (asked.length <= MAX_QUESTION) return asked;
  throw new RagError('USAGE', {
    message: `The question has ${asked.length} characters; at most ${MAX_QUESTION} are taken.`,
    hint: 'Add a long text to the knowledge base with /add, and ask about it.',
  });
}

function checkedName(wanted: string): string {
  const cleaned = cleanName(wanted);
  if (cleaned !== '' && !/^\d+$/.test(cleaned)) return cleaned;
  throw new RagError('USAGE', {
    message: cleaned === '' ? 'A session needs a name.' : `"${cleaned}" would be taken for the number of a session.`,
    hint: 'Name it by a word or two.',
  });
}

const failureOf = (error: unknown): Pick<ChatTurn, 'state' | 'error'> =>
  isRagError(error)
    ? {
        state: 'failed',
        error: { code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) },
      }
    : { state: 'failed', error: { code: 'INTERNAL', message: `Unexpected: ${messageOf(error)}` } };
