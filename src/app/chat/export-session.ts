import type { ChatSource, ChatTurn } from './types.ts';

type Exported = { readonly name: string; readonly turns: readonly ChatTurn[] };

/** A conversation as a document. JSON: `{"schema": "rag.session-export/1", "data": {name, turns}}`, without texts of passages. */
export function exportSession(session: Exported, format: 'md' | 'json'): string {
  if (format === 'md') return `${[`# ${session.name}`, ...session.turns.map(turnToMarkdown)].join('\n\n')}\n`;
  const data = { name: session.name, turns: session.turns.map(turnToRecord) };
  return `${JSON.stringify({ schema: 'rag.session-export/1', data }, null, 2)}\n`;
}

/** A turn as JSON has it: passages by reference, citations with their quotes. */
export const turnToRecord = ({ answer, ...turn }: ChatTurn) => ({
  ...turn,
  answer: answer && { ...withoutHits(answer) },
});

const withoutHits = <Value extends { readonly hits: unknown }>({ hits: _, ...rest }: Value): Omit<Value, 'hits'> =>
  rest;

function turnToMarkdown(turn: ChatTurn): string {
  const searched = turn.searchedFor === turn.question ? [] : [`*Searched for: ${turn.searchedFor}*`];
  const text = turn.text.trim();
  const said = text === '' ? (turn.state === 'done' ? '*The documents do not answer this.*' : '') : text;
  const ended =
    turn.state === 'stopped' ? '*The answer was stopped.*' : turn.error ? `*Failed: ${turn.error.message}*` : '';
  const cited = turn.sources.filter((source) => source.cited);
  const sources = cited.map((source) => `- [${source.marker}] ${source.title}, ${placeOf(source)}${goneOf(source)}`);
  const parts = [`## ${turn.question.replace(/\s*\n\s*/g, ' ')}`, ...searched, said, ended, sources.join('\n')];
  return parts.filter((part) => part !== '').join('\n\n');
}

const placeOf = ({ path, page, lines }: ChatSource): string =>
  page !== null ? `${path}, page ${page}` : lines ? `${path}:${lines.start}` : path;

const goneOf = ({ state }: ChatSource): string =>
  state === 'gone' ? ' (no longer there)' : state === 'changed' ? ' (has changed since)' : '';
