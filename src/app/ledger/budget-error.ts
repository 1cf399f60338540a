import { dollars } from '../../domain/dollars.ts';
import { RagError } from '../../platform/errors.ts';
import type { Budget } from './budgets.ts';

const RAISE = (period: Budget['period']): string => `models.budget${period === 'day' ? 'Day' : 'Month'}`;

/** `cost`, `spent`: millionths of a US dollar. */
export function budgetExceeded(parts: { model: string; cost: number; spent: number; budget: Budget }): RagError {
  const { model, cost, spent, budget } = parts;
  const left = Math.max(0, budget.most - spent);
  return new RagError('BUDGET_EXCEEDED', {
    message: `"${model}" may cost up to ${dollars(cost)}, and of the ${dollars(budget.most)} for this ${budget.period} ${dollars(left)} are left (${dollars(spent)} spent or reserved).`,
    hint: `The budget begins anew at ${timeOf(budget.resetsAt)}. Raise ${RAISE(budget.period)}, or name a model that costs nothing.`,
    details: {
      model,
      period: budget.period,
      costMicroDollars: cost,
      spentMicroDollars: spent,
      budgetMicroDollars: budget.most,
      resetsAt: new Date(budget.resetsAt).toISOString(),
    },
  });
}

export const withoutPrice = (model: string, budget: Budget): RagError =>
  new RagError('BUDGET_EXCEEDED', {
    message: `"${model}" has no price, so it cannot be held to the budget of ${dollars(budget.most)} for a ${budget.period}.`,
    hint: `Give it one, in US dollars for a million tokens: \`rag config set "models.prices.${model}.input" 1\`, and the same for output.`,
    details: { model, period: budget.period },
  });

export const notRecorded = (model: string, budget: Budget): RagError =>
  new RagError('BUDGET_EXCEEDED', {
    message: `"${model}" costs money, and what it costs cannot be recorded in this database, so the budget of ${dollars(budget.most)} for a ${budget.period} cannot be kept.`,
    hint: 'Make the database writable, or name a model that costs nothing.',
    details: { model, period: budget.period },
  });

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
