import { filterOfChat } from '../../app/chat/chat-settings.ts';
import { RagError } from '../../platform/errors.ts';
import { renderExplain } from '../../present/text/render-explain.ts';
import { renderEntity } from '../../present/text/render-graph.ts';
import { renderSearch } from '../../present/text/render-search.ts';
import { openableOfHit } from '../sources/openable.ts';
import { sourcesOfTurn } from '../sources/sources-of-turn.ts';
import type { OpenWay } from '../state/types.ts';
import { output, type SlashContext, type SlashRun, say } from './types.ts';

export const runSearch: SlashRun = async (argument, { session, knowledgeBase, page, signal }) => {
  if (argument === '') throw usage('/search needs words to look for.', 'Such as /search notice period.');
  const { limit, mode } = session.settings();
  const filter = filterOfChat(session.settings());
  const result = await knowledgeBase.search(argument, { limit, mode, filter, log: true, cache: true, signal });
  const notes = result.notes.flatMap((note) => say(note));
  if (result.hits.length === 0) return [...say('Nothing found.'), ...notes];
  return [
    output(renderSearch(result, page, { explain: false })),
    ...notes,
    { type: 'openables', openables: result.hits.map((hit) => openableOfHit(hit, argument)) },
  ];
};

export const runSources: SlashRun = (_, { session }) => {
  const turn = session.turns().at(-1);
  if (!turn) return say('Nothing was asked yet.');
  if (turn.sources.length === 0) return say('The last answer has no sources.');
  return [{ type: 'print', item: { type: 'sources', sources: sourcesOfTurn(turn, 'all') } }];
};

const WAYS: Readonly<Record<string, OpenWay>> = {
  edit: 'editor',
  editor: 'editor',
  outside: 'system',
  system: 'system',
};

export const runOpen: SlashRun = (argument, context) => {
  const [number = '', way = ''] = argument.split(/\s+/);
  return [{ type: 'open', openable: openableOf(number, context), way: WAYS[way] ?? 'best' }];
};

export const runExplain: SlashRun = async (argument, context) => {
  const { session, knowledgeBase, page, signal } = context;
  const { limit, mode } = session.settings();
  const { chunkId, query } = openableOf(argument || '1', context);
  const filter = filterOfChat(session.settings());
  const explanation = await knowledgeBase.explain(query, chunkId, { limit, mode, filter, signal });
  return [output(renderExplain(explanation, page))];
};

export const runGraph: SlashRun = async (argument, { knowledgeBase, page }) => {
  if (argument === '') throw usage('/graph needs a name.', 'Such as /graph Ada Lovelace.');
  const graph = await knowledgeBase.graph();
  return [output(renderEntity(graph.show(argument), page))];
};

/** Throws USAGE for a number that there is not. */
function openableOf(number: string, { openables }: SlashContext): SlashContext['openables'][number] {
  const found = /^\[?\d{1,3}\]?$/.test(number)
    ? openables.find(({ marker }) => marker === Number(number.replace(/[[\]]/g, '')))
    : undefined;
  if (found) return found;
  if (openables.length === 0)
    throw usage('There is no source to open yet.', 'Ask a question, or /search for something.');
  throw usage(
    `There is no source ${number === '' ? 'without a number' : `"${number}"`}.`,
    `They are ${openables.map(({ marker }) => marker).join(', ')}.`,
  );
}

const usage = (message: string, hint: string): RagError => new RagError('USAGE', { message, hint });
