import type { ChatEvent, ChatSession, ChatTurn } from '../../src/app/chat/types.ts';
import type { KnowledgeBase, SearchResult } from '../../src/app/types.ts';
import { isRagError } from '../../src/platform/errors.ts';
import { renderLine } from '../../src/present/json/stringify.ts';
import { chatEventToLine, turnToJson } from '../../src/present/json/v1/chat.ts';
import { errorToLine } from '../../src/present/json/v1/error.ts';
import { escapeBlock, escapeLine } from '../../src/present/text/escape-terminal.ts';
import { countOf } from '../../src/present/text/quantities.ts';
import { renderSources } from '../../src/present/text/render-answer.ts';
import { renderError } from '../../src/present/text/render-error.ts';
import { renderTurnSources } from '../../src/present/text/render-session.ts';
import { runSlashCommand } from '../../src/ui/slash/run-slash-command.ts';
import type { SlashContext, SlashOutcome } from '../../src/ui/slash/types.ts';
import { openablesOfTurn } from '../../src/ui/sources/openable.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../shared/exit-code.ts';
import type { Session } from '../shared/session.ts';
import type { ChatFlags } from './index.ts';
import { readLines } from './read-lines.ts';

export type ChatParts = {
  readonly knowledgeBase: KnowledgeBase;
  readonly conversation: ChatSession;
  readonly session: Session;
  /** Asked at once; empty when there is none. */
  readonly question: string;
  /** Another saved conversation. */
  readonly open: (reference: string) => Promise<ChatSession>;
};

const NO_MODEL =
  'No model is configured, so answers are quoted from the documents. To have them written, set one: `rag config set model ollama/<name>`, or /model.';

/** The worse the later: what the shell is told of several questions. */
const SEVERITY: readonly ExitCode[] = [EXIT.done, EXIT.nothingFound, EXIT.usage, EXIT.partlyFailed, EXIT.failed];

/** A conversation without a screen: one question or command a line, until the input ends. */
export async function chatByLines(
  context: CommandContext,
  parts: ChatParts & { readonly flags: ChatFlags },
): Promise<ExitCode> {
  const { knowledgeBase, session, flags, open } = parts;
  const { stdout, stderr, signal } = context;
  const asJson = flags.json === true;
  let conversation = parts.conversation;
  let openables: SlashContext['openables'] = [];
  let worst: ExitCode = EXIT.done;
  let hasLeft = false;

  const write = (value: { readonly type: string; readonly [field: string]: unknown }): void =>
    stdout.write(renderLine(value));
  const tell = (text: string): void => (asJson ? write({ type: 'note', text }) : session.note(text));
  const worsen = (code: ExitCode): void => {
    if (SEVERITY.indexOf(code) > SEVERITY.indexOf(worst)) worst = code;
  };
  const fail = (error: { readonly code: string; readonly message: string; readonly hint?: string }): void => {
    if (asJson) write(errorToLine(error));
    else stderr.write(renderError(error, session.errorPage.style));
  };

  const answer = async (events: AsyncIterable<ChatEvent>): Promise<void> => {
    let written = '';
    let found: SearchResult | null = null;
    for await (const event of events) {
      if (asJson) write(chatEventToLine(event));
      else if (event.type === 'rewritten') session.note(`searched for: ${event.question}`);
      else if (event.type === 'note') session.note(event.text);
      else if (event.type === 'compacted')
        session.note(`${countOf(event.turns, 'earlier question')} in short from now on.`);
      else if (event.type === 'search-end') found = event.result;
      else if (event.type === 'text-delta') {
        written += event.text;
        stdout.write(escapeBlock(event.text));
      }
      if (event.type === 'turn-end') {
        if (!asJson) finishTurn(event.turn, { written, found });
        worsen(codeOfTurn(event.turn));
      }
      if (stdout.isClosed()) break;
    }
    openables = conversation.turns().slice(-1).flatMap(openablesOfTurn);
  };

  const finishTurn = (
    turn: ChatTurn,
    shown: { readonly written: string; readonly found: SearchResult | null },
  ): void => {
    if (shown.written !== '' && !shown.written.endsWith('\n')) stdout.write('\n');
    if (turn.answer) {
      stdout.write(renderSources(turn.answer, session.page));
      for (const warning of turn.answer.warnings) session.warn(warning);
      if (turn.answer.support === 'none') stderr.write('The documents do not answer this.\n');
    }
    for (const note of shown.found?.notes ?? []) session.note(note);
    if (turn.error) fail(turn.error);
    if (turn.state === 'stopped') stderr.write('Stopped.\n');
    stdout.write('\n');
  };

  const obey = async (outcome: SlashOutcome): Promise<void> => {
    switch (outcome.type) {
      case 'answer':
        return answer(outcome.events);
      case 'leave':
        hasLeft = true;
        return;
      case 'session':
        conversation = outcome.session;
        openables = conversation.turns().slice(-1).flatMap(openablesOfTurn);
        return tell(`This is "${conversation.name()}" with ${countOf(conversation.turns().length, 'question')} now.`);
      case 'openables':
        openables = outcome.openables;
        return;
      case 'cleared':
        openables = [];
        return tell('The conversation is forgotten.');
      case 'copy':
      case 'draft':
        return tell('That needs a terminal.');
      case 'open': {
        const { text, path, lines } = knowledgeBase.get(outcome.openable.chunkId);
        if (asJson) return write({ type: 'passage', path, lines, text });
        stdout.write(`${session.page.style.place(escapeLine(path))}\n${escapeBlock(text.trimEnd())}\n\n`);
        return;
      }
      case 'print': {
        const { item } = outcome;
        if (asJson) return write(item);
        if (item.type === 'note')
          stdout.write(`${escapeBlock(item.text)}\n${item.hint ? `${escapeBlock(item.hint)}\n` : ''}\n`);
        else if (item.type === 'output') stdout.write(`${item.text}\n`);
        else if (item.type === 'sources') stdout.write(`${renderTurnSources(item.sources)}\n`);
      }
    }
  };

  const take = async (line: string): Promise<void> => {
    try {
      const outcomes = await runSlashCommand(line, {
        session: conversation,
        knowledgeBase,
        page: session.page,
        openables,
        openSession: open,
        listSessions: async (limit) => (await knowledgeBase.sessions()).list(limit),
        signal,
        onPhase: () => {},
      });
      if (outcomes === null) await answer(conversation.ask(line, { signal }));
      else for (const outcome of outcomes) await obey(outcome);
    } catch (error) {
      if (!isRagError(error) || signal.aborted) throw error;
      fail(error);
      worsen(exitCodeOf(error));
    }
  };

  const reason = conversation.unsavedReason();
  if (reason !== null && flags.save !== false) tell(reason);
  if (conversation.model() === null && !asJson && flags.model === undefined) session.note(NO_MODEL);
  if (conversation.turns().length > 0) {
    if (asJson) for (const turn of conversation.turns()) write({ type: 'turn', turn: turnToJson(turn) });
    else
      session.note(
        `Going on with "${conversation.name()}", ${countOf(conversation.turns().length, 'question')} so far.`,
      );
    openables = conversation.turns().slice(-1).flatMap(openablesOfTurn);
  }
  if (parts.question !== '') await take(parts.question);
  for await (const line of readLines(context)) {
    if (line.trim() !== '') await take(line.trim());
    if (hasLeft || signal.aborted || stdout.isClosed()) break;
  }
  return signal.aborted ? EXIT.interrupted : worst;
}

const codeOfTurn = ({ state, answer, error }: ChatTurn): ExitCode => {
  if (state === 'failed') return error?.code === 'USAGE' ? EXIT.usage : EXIT.failed;
  return state === 'done' && answer?.support === 'none' ? EXIT.nothingFound : EXIT.done;
};
