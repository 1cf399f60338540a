import { cutStartToWidth, cutToWidth, displayWidth } from './display-width.ts';
import { escapeLine } from './escape-terminal.ts';
import { formatBytes, formatDuration, groupDigits } from './quantities.ts';

export type Progress = {
  readonly done: number;
  readonly total: number;
  readonly elapsedMs: number;
  /** What was worked on last. */
  readonly path: string;
  /** What is counted; documents or the like when left out. */
  readonly unit?: 'bytes';
};

/** Documents, or a tenth of all, from whose pace the rest can be judged; the first batch is stored late. */
const MIN_DONE = 10;

/** One line that fits the width: `120/4,500  45/s  1 min 37 s left  notes/a.md`. */
export function renderProgress(progress: Progress, width: number): string {
  const perSecond = progress.elapsedMs > 0 ? (progress.done * 1000) / progress.elapsedMs : 0;
  const amount = progress.unit === 'bytes' ? formatBytes : groupDigits;
  const rate = progress.unit === 'bytes' || perSecond >= 10 ? amount(perSecond) : perSecond.toFixed(1);
  const canTell = perSecond > 0 && (progress.done >= MIN_DONE || progress.done * 10 >= progress.total);
  const left = canTell ? `  ${formatDuration(((progress.total - progress.done) * 1000) / perSecond)} left` : '';
  const facts = cutToWidth(`${amount(progress.done)}/${amount(progress.total)}  ${rate}/s${left}`, width);
  const room = width - displayWidth(facts) - 2;
  // Less than this of a path says nothing.
  return room < 12 ? facts : `${facts}  ${cutStartToWidth(escapeLine(progress.path), room)}`;
}
