import type { NewModelCall } from '../../store/types.ts';
import { budgetExceeded, notRecorded, withoutPrice } from './budget-error.ts';
import type { Budget } from './budgets.ts';
import type { Meter } from './meter-of.ts';

/**
 * Notes a call that is about to begin, with the most that it may cost. The id of its row; null where nothing can be
 * recorded. Throws BUDGET_EXCEEDED where a budget has no room for it, or cannot be kept.
 */
export function reserveCall(store: Meter['store'], call: NewModelCall, budgets: readonly Budget[]): number | null {
  const [budget] = budgets;
  const { model, cost } = call;
  if (budget && cost === null) throw withoutPrice(model, budget);
  const bounds = cost === 0 ? [] : budgets;
  const reservation = store.reserveCall(call, bounds);
  if (reservation.kind === 'reserved') return reservation.id;
  if (reservation.kind === 'exceeded') {
    const { since, most } = reservation.bound;
    const broken = budgets.find((each) => each.since === since && each.most === most);
    if (broken) throw budgetExceeded({ model, cost: cost ?? 0, spent: reservation.spent, budget: broken });
  }
  if (budget && bounds.length > 0) throw notRecorded(model, budget);
  return null;
}
