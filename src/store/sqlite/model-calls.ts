import type Database from 'better-sqlite3';
import type { CallGrouping, CallSums, EndedModelCall, NewModelCall, SpendingBound } from '../ledger-types.ts';

/** Some megabytes; those of the last weeks stay whatever their number, since budgets are counted from them. */
export const MAX_CALLS = 100_000;
const ALWAYS_KEPT_MS = 32 * 86_400_000;
/** Looking for old ones is not worth it with every call. */
const PRUNE_EVERY = 256;

const KEY: Readonly<Record<CallGrouping, string>> = {
  model: 'model',
  purpose: 'purpose',
  all: `'all'`,
  day: `strftime('%Y-%m-%d', at / 1000, 'unixepoch')`,
};

/** The ledger: a row for each call of a model. */
export function createModelCalls(database: Database.Database) {
  const insert = database.prepare(`
    INSERT INTO model_calls (at, model, purpose, outcome, input_tokens, cached_input_tokens, output_tokens,
      is_estimated, is_cached, cost, first_token_ms, total_ms)
    VALUES (@at, @model, @purpose, @outcome, @inputTokens, @cachedInputTokens, @outputTokens,
      @isEstimated, @isCached, @cost, @firstTokenMs, @totalMs)`);
  const update = database.prepare(`
    UPDATE model_calls SET outcome = @outcome, input_tokens = @inputTokens, cached_input_tokens = @cachedInputTokens,
      output_tokens = @outputTokens, is_estimated = @isEstimated, is_cached = @isCached, cost = @cost,
      first_token_ms = @firstTokenMs, total_ms = @totalMs
    WHERE id = @id`);
  const sum = database
    .prepare<[number], number>('SELECT coalesce(sum(cost), 0) FROM model_calls WHERE at >= ?')
    .pluck();
  const times = database
    .prepare<[number, string], number>(
      `SELECT at FROM model_calls WHERE at >= ? AND NOT is_cached AND substr(model, 1, instr(model, '/') - 1) = ? ORDER BY at`,
    )
    .pluck();
  const prune = database.prepare('DELETE FROM model_calls WHERE id <= ? AND at < ?');

  const put = (call: NewModelCall, ended: EndedModelCall): number => {
    const id = Number(insert.run({ ...call, ...columnsOf(ended) }).lastInsertRowid);
    if (id % PRUNE_EVERY === 0) prune.run(id - MAX_CALLS, call.at - ALWAYS_KEPT_MS);
    return id;
  };

  return {
    put,
    open: (call: NewModelCall): number => put(call, { ...UNDER_WAY, ...call }),
    end: (id: number, ended: EndedModelCall): boolean => update.run({ id, ...columnsOf(ended) }).changes > 0,
    times: (provider: string, since: number): number[] => times.all(since, provider),
    spentSince: (at: number): number => sum.get(at) ?? 0,
    /** The first bound that a further cost would break. */
    exceeded(cost: number, bounds: readonly SpendingBound[]): { bound: SpendingBound; spent: number } | null {
      for (const bound of bounds) {
        const spent = sum.get(bound.since) ?? 0;
        if (spent + cost > bound.most) return { bound, spent };
      }
      return null;
    },
    sums(by: CallGrouping, since: number): CallSums[] {
      const key = KEY[by];
      const rows = database.prepare<[number], CallSums>(`
        SELECT ${key} AS key, count(*) AS calls,
          sum(outcome NOT IN ('ok', 'open', 'stopped')) AS failures,
          sum(is_cached) AS cached,
          sum(iif(is_cached, 0, input_tokens)) AS inputTokens,
          sum(iif(is_cached, 0, cached_input_tokens)) AS cachedInputTokens,
          sum(iif(is_cached, 0, output_tokens)) AS outputTokens,
          sum(is_estimated AND NOT is_cached) AS estimated,
          coalesce(sum(cost), 0) AS cost,
          sum(cost IS NULL) AS unpriced
        FROM model_calls WHERE at >= ? GROUP BY 1
        ORDER BY ${by === 'day' ? 'key' : 'cost DESC, calls DESC, key'}`);
      const [firstToken, total] = [medians(key, 'first_token_ms'), medians(key, 'total_ms')].map(
        (sql) => new Map(database.prepare<[number], [string, number]>(sql).raw().all(since)),
      );
      return rows.all(since).map((row) => ({
        ...row,
        firstTokenMs: firstToken?.get(row.key) ?? null,
        totalMs: total?.get(row.key) ?? null,
      }));
    },
  };
}

const UNDER_WAY = {
  outcome: 'open',
  cachedInputTokens: 0,
  isEstimated: true,
  isCached: false,
  firstTokenMs: null,
  totalMs: 0,
} as const;

const columnsOf = ({ isEstimated, isCached, ...rest }: EndedModelCall) => ({
  ...rest,
  isEstimated: Number(isEstimated),
  isCached: Number(isCached),
});

/** Median of a column over calls that gave text and were no kept replies, for each key. */
const medians = (key: string, column: string): string => `
  SELECT key, round(avg(value)) FROM (
    SELECT ${key} AS key, ${column} AS value,
      row_number() OVER (PARTITION BY ${key} ORDER BY ${column}) AS place,
      count(*) OVER (PARTITION BY ${key}) AS count
    FROM model_calls WHERE at >= ? AND first_token_ms IS NOT NULL AND NOT is_cached
  ) WHERE place IN ((count + 1) / 2, (count + 2) / 2) GROUP BY key`;
