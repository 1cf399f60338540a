import { readNewestAsked } from '../../retrieve/query/newest-asked.ts';
import type { AppContext } from '../app-context.ts';
import type { AskOptions } from '../types.ts';
import { rememberedSearch } from '../usage/remembered-search.ts';
import { compareSides } from './compare-sides.ts';
import { preferNewer } from './prefer-newer.ts';
import { readWholeDocument } from './read-document.ts';
import type { Routed } from './types.ts';

export type RouteOptions = AskOptions & {
  readonly limit: number;
  /** Tokens that passages may take; null where no model reads them. */
  readonly readTokens: number | null;
};

/** What a question is answered from, by the kind of question that it is. */
export async function routeQuestion(context: AppContext, question: string, options: RouteOptions): Promise<Routed> {
  const { readTokens, ...searching } = options;
  const whole = readWholeDocument(context, question, { filter: options.filter ?? {}, contextTokens: readTokens });
  if (whole) return whole;
  const result = await rememberedSearch(context, question, searching, 'ask');
  const { model: _, system: __, conversation: ___, purpose: ____, onPrompt: _____, ...plain } = searching;
  const compared = await compareSides(context, question, result, plain);
  if (compared) return compared;
  const newest = await readNewestAsked(question, context.runtime.clock.now());
  if (newest && result.hits.length > 0) return { result: preferNewer(result, newest) };
  if (result.explanation.kind !== 'follow-up') return { result: { ...result, route: { kind: 'search', note: '' } } };
  const words = result.explanation.terms.join(', ');
  const note = `This looks like a follow-up to another question, which is not known here; it was taken by itself${words === '' ? '' : `, as ${words}`}. Say what it is about.`;
  return { result: { ...result, notes: [...result.notes, note], route: { kind: 'follow-up', note } } };
}
