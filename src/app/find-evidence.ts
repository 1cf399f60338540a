import type { AppContext } from './app-context.ts';
import { correctRetrieval } from './correct/correct-retrieval.ts';
import { type RouteOptions, routeQuestion } from './routes/route-question.ts';
import type { Routed } from './routes/types.ts';
import { weighValidity } from './validity/weigh-validity.ts';

/**
 * What a question is answered from: found by the kind of question that it is, graded, and where it is weak looked for
 * again; documents that do not apply at the time asked for stand behind those that do. A whole document, and sides of a
 * comparison, are what was asked for and are not graded.
 */
export async function findEvidence(context: AppContext, question: string, options: RouteOptions): Promise<Routed> {
  const { readTokens: _, model, system: __, ...rest } = options;
  const searching = { ...rest, expansionModel: rest.expansionModel ?? model };
  const routed = await routeQuestion(context, question, options);
  const weighed = await weighValidity(context, question, routed, searching);
  if (routed.extracts || routed.result.route?.kind === 'document') return weighed.routed;
  const corrected = await correctRetrieval(context, question, weighed, searching);
  return corrected.result.corrections
    ? (await weighValidity(context, question, corrected, searching)).routed
    : corrected;
}
