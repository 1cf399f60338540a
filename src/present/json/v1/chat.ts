import type { ChatEvent, ChatSource, ChatTurn, SessionRecord, SessionSummary } from '../../../app/chat/types.ts';
import { locationOf } from '../../text/location.ts';
import { answerToJson, askEventToLine } from './answer.ts';

/** A source of a turn; `location` opens in an editor or browser. */
const sourceToJson = (source: ChatSource) => ({
  ...source,
  location: locationOf({ uri: source.uri, page: source.page, lines: source.lines }),
});

/**
 * A turn: `question` as typed, `searchedFor` as it was made to stand alone. `sources[n - 1]` belongs to `[n]`; they say
 * whether the passage is still there. `answer` is as `rag.answer/1` has it, without the passages; null until it is whole.
 */
export function turnToJson({ answer, sources, ...turn }: ChatTurn) {
  return { ...turn, sources: sources.map(sourceToJson), answer: answer && answerOf(answer) };
}

function answerOf(answer: NonNullable<ChatTurn['answer']>) {
  const { passages: _, search: __, question: ___, text: ____, ...rest } = answerToJson(answer, null);
  return rest;
}

/** One line of `rag chat --json`. */
export function chatEventToLine(event: ChatEvent) {
  switch (event.type) {
    case 'turn-start':
    case 'turn-end':
      return { type: event.type, turn: turnToJson(event.turn) };
    case 'rewritten':
    case 'compacted':
    case 'note':
      return event;
    default:
      return askEventToLine(event);
  }
}

/** Of `rag.sessions/1`. */
export const sessionToJson = (session: SessionSummary) => ({
  id: session.id,
  name: session.name,
  turns: session.turns,
  createdAt: session.createdAt,
  updatedAt: session.updatedAt,
  firstQuestion: session.firstQuestion,
});

/** Data of `rag.session/1`. */
export const sessionRecordToJson = ({ settings, transcript, ...session }: SessionRecord) => ({
  ...sessionToJson(session),
  settings,
  transcript: transcript.map(turnToJson),
});
