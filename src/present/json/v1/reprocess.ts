import type { ReprocessEvent, ReprocessedItem, ReprocessReport } from '../../../app/reprocess/types.ts';

const itemToJson = ({ reason, ...item }: ReprocessedItem) => ({
  ...item,
  reason: reason ? { code: reason.code, message: reason.message, hint: reason.hint ?? null } : null,
});

/** Data of `rag.reprocess/1`: the report, and the documents that changed or failed. */
export const reprocessToJson = (report: ReprocessReport, items: readonly ReprocessedItem[]) => ({
  ...report,
  documents: items.map(itemToJson),
});

/** One line of `rag reprocess -o jsonl`. */
export function reprocessEventToLine(event: ReprocessEvent) {
  if (event.type === 'item-end') {
    return { type: event.type, ...itemToJson(event.item), done: event.done, total: event.total };
  }
  return event.type === 'reprocess-end' ? { type: event.type, ...event.report } : event;
}
