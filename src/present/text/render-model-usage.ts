import type { ModelUsage } from '../../app/ledger/types.ts';
import { dollars } from '../../domain/dollars.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

type Sums = ModelUsage['rows'][number];

/** A row for each model, day or purpose, their total, and what is left of the budgets. */
export function renderModelUsage({ by, rows, total, budgets }: ModelUsage, page: Page): string {
  const columns = [
    { title: by },
    ...['calls', 'failed', 'kept', 'input', 'output', 'cost', 'first'].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ];
  const lines = rows.map((row) => [escapeLine(row.key), ...cellsOf(row)]);
  if (total && rows.length > 1) lines.push(['in all', ...cellsOf(total)]);
  const table = rows.length > 0 ? renderColumns(columns, lines, { width: page.width, paintTitle: page.style.dim }) : '';
  return `${table}${table !== '' && budgets.length > 0 ? '\n' : ''}${budgets.map(budgetLine).join('')}`;
}

const cellsOf = (sums: Sums): string[] => {
  const about = sums.estimated > 0 ? '~' : '';
  return [
    groupDigits(sums.calls),
    groupDigits(sums.failures),
    groupDigits(sums.cached),
    `${about}${groupDigits(sums.inputTokens)}`,
    `${about}${groupDigits(sums.outputTokens)}`,
    sums.unpriced === sums.calls ? 'unknown' : `${dollars(sums.cost)}${sums.unpriced > 0 ? '+' : ''}`,
    sums.firstTokenMs === null ? '' : timeOf(sums.firstTokenMs),
  ];
};

const timeOf = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

const budgetLine = ({ period, most, spent, left, resetsAt }: ModelUsage['budgets'][number]): string =>
  `This ${period}: ${dollars(spent)} of ${dollars(most)}, ${dollars(left)} left until ${resetsAt.slice(0, 16).replace('T', ' ')} UTC.\n`;
