import type { AppContext } from '../app-context.ts';
import { momentOf } from '../usage/moment-of.ts';
import { budgetsOf } from './budgets.ts';
import type { ModelUsage, ModelUsageOptions } from './types.ts';

/** Sums of the ledger, and where the budgets stand. */
export function modelUsage(
  { store, settings, runtime }: AppContext,
  { by = 'model', since }: ModelUsageOptions = {},
): ModelUsage {
  const from = momentOf(since) ?? null;
  const fromMs = from === null ? 0 : Date.parse(from);
  return {
    by,
    since: from,
    rows: store.callSums(by, fromMs),
    total: store.callSums('all', fromMs)[0] ?? null,
    budgets: budgetsOf(settings, runtime.clock.now()).map((budget) => {
      const spent = store.spentSince(budget.since);
      return {
        period: budget.period,
        most: budget.most,
        spent,
        left: Math.max(0, budget.most - spent),
        resetsAt: new Date(budget.resetsAt).toISOString(),
      };
    }),
  };
}
