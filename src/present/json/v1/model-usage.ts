import type { ModelUsage } from '../../../app/ledger/types.ts';

type Sums = ModelUsage['rows'][number];

/**
 * Data of `rag.usage/1`. Money is in US dollars. Tokens and medians leave out replies that were kept; `unpriced` calls are
 * not in `cost`; `estimated` calls have tokens that no server counted.
 */
export const modelUsageToJson = ({ by, since, rows, total, budgets }: ModelUsage) => ({
  by,
  since,
  rows: rows.map((row) => ({ [by]: row.key, ...sumsToJson(row) })),
  total: total && sumsToJson(total),
  budgets: budgets.map(({ period, most, spent, left, resetsAt }) => ({
    period,
    budget: toDollars(most),
    spent: toDollars(spent),
    left: toDollars(left),
    resetsAt,
  })),
});

const sumsToJson = (sums: Sums) => ({
  calls: sums.calls,
  failures: sums.failures,
  cached: sums.cached,
  inputTokens: sums.inputTokens,
  cachedInputTokens: sums.cachedInputTokens,
  outputTokens: sums.outputTokens,
  estimated: sums.estimated,
  cost: toDollars(sums.cost),
  unpriced: sums.unpriced,
  firstTokenMs: sums.firstTokenMs,
  totalMs: sums.totalMs,
});

const toDollars = (microDollars: number): number => microDollars / 1_000_000;
