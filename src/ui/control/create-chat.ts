import { parseSlashCommand } from '../../app/chat/slash-commands.ts';
import type { ChatEvent, ChatSession } from '../../app/chat/types.ts';
import { isRagError, messageOf } from '../../platform/errors.ts';
import { colorStyle, type Page, plainStyle } from '../../present/text/style.ts';
import type { Input } from '../input/types.ts';
import type { HighlightCode } from '../markdown/highlight-code.ts';
import { loadMarkdown } from '../markdown/lex-markdown.ts';
import { textWidth } from '../screen/page.ts';
import { lookUpCompletions } from '../slash/look-up-completions.ts';
import { runSlashCommand } from '../slash/run-slash-command.ts';
import type { SlashContext, SlashOutcome } from '../slash/types.ts';
import { openablesOfTurn } from '../sources/openable.ts';
import { planOpening } from '../sources/plan-opening.ts';
import { runInTerminal, startOutside } from '../sources/run-program.ts';
import { type ChatStore, createStore } from '../state/create-store.ts';
import { initialState } from '../state/reduce.ts';
import type { Effect, ItemContent, Openable, OpenWay } from '../state/types.ts';
import type { ChatOptions } from './chat-options.ts';
import { clipboardSequence } from './clipboard-sequence.ts';
import { firstItems, statusOf } from './first-items.ts';
import { showAnswer } from './show-answer.ts';

/** The terminal as the chat needs it beside the screen. */
export type Terminal = {
  readonly columns: number;
  readonly rows: number;
  /** Wipes what is seen; what has scrolled away stays. */
  wipe(): void;
  /** Bytes for the terminal itself, which show nothing. */
  send(sequence: string): void;
  /** Gives the terminal to another program while `run` goes on. */
  lend(run: () => Promise<void>): Promise<void>;
};

export type Chat = {
  readonly store: ChatStore;
  readonly highlight: () => HighlightCode | undefined;
  input(inputs: readonly Input[]): void;
  /** To be awaited before the screen is drawn: loads what its first items need. */
  prepare(): Promise<void>;
  /** To be called when the screen stands: asks the first question, and loads what can wait. */
  start(): void;
  /** Resolves when the user leaves. */
  readonly left: Promise<void>;
  leave(): void;
  /** Resolves when what was under way has ended, and nothing more is asked of the knowledge base. */
  ended(): Promise<void>;
};

/** The chat without its screen: keys in, state out, and everything done that the state asks for. */
export function createChat(options: ChatOptions, terminal: Terminal): Chat {
  const { knowledgeBase, programs, platform, hasColor, workingFolder } = options;
  let session = options.session;
  let collections = knowledgeBase.collections();
  let current: AbortController | null = null;
  let highlight: HighlightCode | undefined;
  let leave = (): void => {};
  const left = new Promise<void>((resolve) => {
    leave = () => {
      current?.abort();
      resolve();
    };
  });

  const status = () => statusOf(session, collections);
  const store = createStore(
    initialState({
      columns: terminal.columns,
      rows: terminal.rows,
      history: [],
      status: status(),
      items: firstItems(session, status()),
    }),
    onEffect,
  );

  const showOpenables = (): void =>
    store.dispatch({ type: 'openables', openables: session.turns().slice(-1).flatMap(openablesOfTurn) });
  showOpenables();

  const print = (...items: ItemContent[]): void => store.dispatch({ type: 'print', items });
  const page = (): Page => ({
    style: hasColor ? colorStyle : plainStyle,
    width: textWidth(store.state()),
    workingFolder,
  });
  const loadHighlighter = async (): Promise<void> => {
    if (!hasColor || highlight) return;
    const { loadHighlighter: load } = await import('../markdown/highlight-code.ts');
    highlight = await load();
  };

  /** What is needed to draw these. */
  const loadFor = async (items: readonly ItemContent[]): Promise<void> => {
    const texts = items.flatMap((item) => (item.type === 'markdown' ? [item.text] : []));
    if (texts.length > 0) await loadMarkdown();
    if (texts.some((text) => /```|~~~/.test(text))) await loadHighlighter();
  };

  function onEffect(effect: Effect): void {
    switch (effect.type) {
      case 'send':
        begin(effect.text);
        break;
      case 'stop':
        current?.abort();
        break;
      case 'leave':
        leave();
        break;
      case 'wipe':
        terminal.wipe();
        break;
      case 'complete':
        void complete(effect.text, effect.cursor);
        break;
      case 'open':
        void guarded(() => open(effect.openable, effect.way));
        break;
    }
  }

  /** Whatever goes wrong is said, and the chat goes on. */
  async function guarded(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      print(errorItem(error));
    }
  }

  let sending: Promise<void> = Promise.resolve();
  const begin = (text: string): void => {
    sending = guarded(() => send(text));
  };

  async function send(text: string): Promise<void> {
    const controller = new AbortController();
    current = controller;
    const isCommand = parseSlashCommand(text) !== null;
    store.dispatch({
      type: 'begin',
      kind: isCommand ? 'command' : 'answer',
      phase: isCommand ? 'working' : 'searching',
    });
    try {
      if (isCommand) await runCommand(text, controller.signal);
      else await answer(session.ask(text.replace(/^\s*\/\//, '/'), { signal: controller.signal }));
    } catch (error) {
      const isStopped = controller.signal.aborted;
      print(isStopped ? { type: 'note', tone: 'info', text: 'Stopped.' } : errorItem(error));
    } finally {
      current = null;
      if (store.state().running) store.dispatch({ type: 'end', items: [] });
      store.dispatch({ type: 'status', status: status() });
    }
  }

  const answer = async (events: AsyncIterable<ChatEvent>): Promise<void> => {
    await loadMarkdown();
    await showAnswer(events, { store, loadHighlighter });
  };

  async function runCommand(line: string, signal: AbortSignal): Promise<void> {
    print({ type: 'question', text: line });
    const outcomes = await runSlashCommand(line, {
      session,
      knowledgeBase,
      page: page(),
      openables: store.state().openables,
      openSession: options.openSession,
      listSessions: options.listSessions,
      signal,
      onPhase: (phase) => store.dispatch({ type: 'phase', phase }),
    } satisfies SlashContext);
    collections = knowledgeBase.collections();
    for (const outcome of outcomes ?? []) await takeOutcome(outcome);
  }

  async function takeOutcome(outcome: SlashOutcome): Promise<void> {
    switch (outcome.type) {
      case 'print':
        print(outcome.item);
        break;
      case 'openables':
        store.dispatch(outcome);
        break;
      case 'answer':
        store.dispatch({ type: 'begin', kind: 'answer', phase: 'searching' });
        await answer(outcome.events);
        break;
      case 'session':
        session = outcome.session;
        await showSession(session);
        break;
      case 'cleared':
        store.dispatch({
          type: 'replace',
          items: [...firstItems(session, status()), said('The conversation is forgotten.')],
        });
        break;
      case 'open':
        await open(outcome.openable, outcome.way);
        break;
      case 'copy': {
        const sequence = clipboardSequence(outcome.text);
        if (sequence === null)
          print(
            said(
              'The answer is too long for the clipboard of a terminal.',
              '/save answer.md writes the conversation to a file.',
            ),
          );
        else {
          terminal.send(sequence);
          print(
            said(
              `Sent to the clipboard of the terminal: ${outcome.text.length} characters.`,
              'Where the terminal does not allow that, /save answer.md writes them to a file.',
            ),
          );
        }
        break;
      }
      case 'draft':
        store.dispatch({ type: 'draft', text: outcome.text });
        break;
      case 'leave':
        leave();
        break;
    }
  }

  async function showSession(shown: ChatSession): Promise<void> {
    const items = firstItems(shown, status());
    await loadFor(items);
    store.dispatch({ type: 'replace', items });
    showOpenables();
  }

  async function complete(text: string, cursor: number): Promise<void> {
    const context = { ...options, page: page(), openables: store.state().openables };
    const found = await lookUpCompletions({ text, cursor }, context).catch(() => null);
    if (found) store.dispatch({ type: 'completions', draft: text, ...found });
    else if (text !== '') store.dispatch({ type: 'notice', text: 'Tab completes commands, such as /mo.' });
  }

  async function open(openable: Openable, way: OpenWay): Promise<void> {
    const opening = planOpening({ openable, way, knowledgeBase, programs, platform, columns: page().width });
    if (opening.kind === 'outside') {
      await startOutside(opening.call);
      const where = openable.page === null ? '' : `, page ${openable.page}`;
      store.dispatch({ type: 'notice', text: `Opened outside: ${openable.title}${where}` });
      return;
    }
    store.dispatch({ type: 'suspend' });
    try {
      const text = opening.kind === 'pager' ? opening.text : undefined;
      await terminal.lend(() => runInTerminal(opening.call, text));
    } finally {
      store.dispatch({ type: 'resume' });
    }
  }

  return {
    store,
    highlight: () => highlight,
    input(inputs) {
      for (const input of inputs) store.dispatch({ type: 'input', input });
    },
    prepare: () => loadFor(store.state().items),
    start() {
      void guarded(loadMarkdown);
      void guarded(async () => store.dispatch({ type: 'history', entries: await options.loadHistory() }));
      if (options.firstQuestion) begin(options.firstQuestion);
    },
    left,
    leave: () => leave(),
    ended: () => sending,
  };
}

const said = (text: string, hint?: string): ItemContent => ({
  type: 'note',
  tone: 'info',
  text,
  ...(hint && { hint }),
});

const errorItem = (error: unknown): ItemContent => ({
  type: 'note',
  tone: 'error',
  text: messageOf(error),
  ...(isRagError(error) && error.hint && { hint: error.hint }),
});
