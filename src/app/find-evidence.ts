import type { AppContext } from './app-context.ts';
import { correctRetrieval } from './correct/correct-retrieval.ts';
import { type RouteOptions, routeQuestion } from './routes/route-question.ts';
import type { Routed } from './routes/types.ts';

/**
 * What a question is answered from: found by the kind of question that it is, graded, and where it is weak looked for
 * again. A whole document, and sides of a comparison, are what was asked for and are not graded.
 */
export async function findEvidence(context: AppContext, question: string, options: RouteOptions): Promise<Routed> {
  const routed = await routeQuestion(context, question, options);
  if (routed.extracts || routed.result.route?.kind === 'document') return routed;
  const { readTokens: _, model, system: __, ...searching } = options;
  return correctRetrieval(context, question, routed, {
    ...searching,
    expansionModel: searching.expansionModel ?? model,
  });
}
