import type { Settings } from '../../config/types.ts';
import type { SpendingBound } from '../../store/types.ts';

/** A bound on what models may cost, as the user set it. */
export type Budget = SpendingBound & {
  readonly period: 'day' | 'month';
  /** When it begins anew. Milliseconds since 1970. */
  readonly resetsAt: number;
};

export const MICRO_DOLLARS = 1_000_000;

/** The budgets that are set, for the day and the month of UTC that a time is in. */
export function budgetsOf({ models }: Pick<Settings, 'models'>, now: number): readonly Budget[] {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const budgets: Budget[] = [];
  if (models.budgetDay !== undefined) {
    budgets.push({
      period: 'day',
      most: Math.round(models.budgetDay * MICRO_DOLLARS),
      since: Date.UTC(year, month, day),
      resetsAt: Date.UTC(year, month, day + 1),
    });
  }
  if (models.budgetMonth !== undefined) {
    budgets.push({
      period: 'month',
      most: Math.round(models.budgetMonth * MICRO_DOLLARS),
      since: Date.UTC(year, month, 1),
      resetsAt: Date.UTC(year, month + 1, 1),
    });
  }
  return budgets;
}
