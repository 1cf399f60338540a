import type { ItemStatus } from '../../app/types.ts';
import type { WatchEvent, WatchedSource, WatchReport } from '../../app/watch/types.ts';
import { cutToWidth } from './display-width.ts';
import { escapeLine } from './escape-terminal.ts';
import { fileNameOf } from './location.ts';
import { countOf, formatDuration, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

const CHANGES: readonly ItemStatus[] = ['added', 'updated', 'moved', 'removed', 'failed'];

/** What changed, in words; '' when nothing did. */
export function changesInWords(counts: Readonly<Record<ItemStatus, number>>): string {
  const parts = CHANGES.filter((status) => counts[status] > 0);
  return parts.map((status) => `${groupDigits(counts[status])} ${status}`).join(', ');
}

/** Names a few sources, and how many more there are: `Watching notes, docs and 3 more. Ctrl-C ends it.` */
export function renderWatchStart(sources: readonly WatchedSource[], page: Page): string {
  const names = sources.slice(0, 5).map(({ uri }) => escapeLine(fileNameOf(uri, page.workingFolder) || '.'));
  const more = sources.length - names.length;
  const list = more > 0 ? `${names.join(', ')} and ${groupDigits(more)} more` : names.join(', ');
  const polled = sources.filter(({ method }) => method === 'poll').length;
  const how =
    polled === 0 ? '' : polled === sources.length ? ', by looking from time to time' : `, ${polled} of them by looking`;
  return `Watching ${list}${how}. Ctrl-C ends it.\n`;
}

/** A problem, a fall back, a return: one line, and one of what to do. '' for what is no such thing. */
export function renderWatchNotice(event: WatchEvent, page: Page): string {
  const { style } = page;
  if (!('uri' in event)) return '';
  const name = escapeLine(fileNameOf(event.uri, page.workingFolder) || '.');
  switch (event.type) {
    case 'source-problem': {
      const hint = event.hint ? `        ${escapeLine(event.hint)}\n` : '';
      return `${style.bad('source:')} ${name}: ${escapeLine(event.message)}\n${hint}`;
    }
    case 'source-back':
      return `${style.good('source:')} ${name} is there again.\n`;
    case 'polling':
      return `${style.caution('source:')} ${name}: ${escapeLine(event.message)}\n        ${escapeLine(event.hint)}\n`;
    case 'busy':
      return `${style.caution('source:')} ${name}: ${escapeLine(event.message)} The changes are taken in after that.\n`;
    default:
      return '';
  }
}

export type WatchState = {
  readonly sources: number;
  /** Milliseconds since 1970 of the last change that was taken in; null before. */
  readonly changedAt: number | null;
  readonly lastChange: string;
};

/** One line that fits the width: `watching 3 sources; 2 updated at 14:02:11`. */
export function renderWatchState({ sources, changedAt, lastChange }: WatchState, width: number): string {
  const last = changedAt === null ? 'in step' : `${lastChange} at ${new Date(changedAt).toTimeString().slice(0, 8)}`;
  return cutToWidth(`watching ${countOf(sources, 'source')}; ${last}`, width);
}

/** `Watched for 3 min 20 s: 12 updated, 1 removed.` */
export function renderWatchReport({ counts, elapsedMs, problems }: WatchReport): string {
  const changes = changesInWords(counts);
  const trouble = problems > 0 ? ` ${countOf(problems, 'source')} could not be looked at.` : '';
  return `Watched for ${formatDuration(elapsedMs)}: ${changes === '' ? 'nothing changed' : changes}.${trouble}\n`;
}
