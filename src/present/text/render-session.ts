import type { ChatSource, ChatTurn, SessionRecord, SessionSummary } from '../../app/chat/types.ts';
import { escapeBlock, escapeLine } from './escape-terminal.ts';
import { countOf, formatDay } from './quantities.ts';
import type { Page } from './style.ts';

/** A table of conversations: number, name, questions, last use. Empty when there are none. */
export const renderSessions = (sessions: readonly SessionSummary[], page: Page): string =>
  sessions
    .map(
      ({ id, name, turns, updatedAt }) =>
        `${String(id).padStart(4)}  ${formatDay(updatedAt)}  ${countOf(turns, 'question').padStart(13)}  ${page.style.bold(escapeLine(cut(name, page.width - 35)))}\n`,
    )
    .join('');

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1)).replace(/[\ud800-\udbff]$/, '')}…`;

/** A conversation from its first question to its last answer. */
export function renderSession(session: SessionRecord, page: Page): string {
  const head = `${page.style.bold(escapeLine(session.name))}  ${page.style.dim(`number ${session.id}, ${countOf(session.turns, 'question')}, last ${formatDay(session.updatedAt)}`)}\n`;
  return [head, ...session.transcript.map((turn) => renderTurn(turn, page))].join('\n');
}

function renderTurn(turn: ChatTurn, { style }: Page): string {
  const searched =
    turn.searchedFor === turn.question ? '' : `${style.dim(`searched for: ${escapeLine(turn.searchedFor)}`)}\n`;
  const text = turn.text.trim() === '' ? '' : `${escapeBlock(turn.text.trim())}\n`;
  const ended =
    turn.state === 'failed'
      ? `${style.bad('failed:')} ${escapeBlock(turn.error?.message ?? '')}\n`
      : turn.state === 'stopped'
        ? `${style.caution('stopped')}\n`
        : text === '' && turn.state === 'done'
          ? `${style.dim('The documents do not answer this.')}\n`
          : '';
  const cited = turn.sources.filter((source) => source.cited);
  return `${style.match('>')} ${escapeBlock(turn.question)}\n${searched}${text}${ended}${renderTurnSources(cited)}`;
}

/** One line for each source, with what became of it. */
export const renderTurnSources = (sources: readonly ChatSource[]): string =>
  sources.map((source) => `[${source.marker}] ${escapeLine(placeOf(source))}${WHAT_BECAME[source.state]}\n`).join('');

const WHAT_BECAME: Readonly<Record<ChatSource['state'], string>> = {
  there: '',
  changed: ' (has changed since)',
  gone: ' (no longer there)',
};

const placeOf = ({ path, page, lines }: ChatSource): string =>
  page !== null ? `${path}, page ${page}` : lines ? `${path}:${lines.start}` : path;
