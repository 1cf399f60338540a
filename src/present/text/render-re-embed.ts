import type { ReEmbedReport } from '../../app/models/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, formatDuration } from './quantities.ts';

type Space = ReEmbedReport['to'];

export const nameOfSpace = ({ provider, model }: Pick<Space, 'provider' | 'model'>): string =>
  escapeLine(`${provider}/${model}`);

const described = (space: Space): string =>
  `${nameOfSpace(space)}${space.dimensions > 0 ? ` (${space.dimensions} dimensions)` : ''}`;

/** How a change of the vectors ended, and what can be done now. */
export function renderReEmbed(report: ReEmbedReport): string {
  const { outcome, to, embedded, withoutVector, left, elapsedMs, kept, dropped } = report;
  const lines: string[] = [];
  switch (outcome) {
    case 'active':
      lines.push(`Searches use ${described(to)} already.`);
      break;
    case 'dry-run':
      lines.push(
        left.texts === 0
          ? `Nothing is left to embed for ${described(to)}; searches would use it at once.`
          : `${countOf(left.texts, 'text')} of ${countOf(left.passages, 'passage')} would be embedded by ${described(to)}, about ${countOf(left.tokens, 'token')}${costOf(report)}.`,
      );
      break;
    case 'interrupted':
      lines.push(
        `Stopped with ${countOf(left.texts, 'text')} left; ${countOf(embedded, 'text')} ${embedded === 1 ? 'was' : 'were'} embedded, and stay.`,
        'Searches go on as before. Run the command again to go on.',
      );
      break;
    case 'swapped':
      lines.push(
        `Searches use ${described(to)} now; ${countOf(embedded, 'text')} embedded in ${formatDuration(elapsedMs)}.`,
      );
      if (withoutVector > 0)
        lines.push(`${countOf(withoutVector, 'text')} have no vector there: they are found by their words only.`);
      if (kept[0]) lines.push(`The vectors of ${nameOfSpace(kept[0])} are kept: \`rag models rollback\` goes back.`);
      if (dropped.length > 0) lines.push(`Taken away: the vectors of ${dropped.map(nameOfSpace).join(', ')}.`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

const costOf = ({ estimatedCost }: ReEmbedReport): string =>
  estimatedCost === undefined || estimatedCost === null
    ? ''
    : estimatedCost === 0
      ? ', which costs nothing'
      : `, for about $${estimatedCost < 0.01 ? estimatedCost.toFixed(4) : estimatedCost.toFixed(2)}`;
