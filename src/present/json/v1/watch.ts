import type { WatchEvent } from '../../../app/watch/types.ts';
import { outcomeToJson } from './ingest.ts';

/** One line of `rag watch --json`; null for what only a progress line shows. */
export function watchEventToLine(event: WatchEvent) {
  switch (event.type) {
    case 'progress':
      return null;
    case 'item':
      return { type: event.type, source: event.uri, ...outcomeToJson(event.outcome) };
    case 'watch-end':
      return { type: event.type, ...event.report };
    default:
      return event;
  }
}
