import type { Store } from '../../store/types.ts';

const linkedAt = new WeakMap<Store, number>();

/** Whether `linkDocumentTitles` would find nothing to do. Looked up again only after a write. */
export function areTitlesLinked(store: Store): boolean {
  const generation = store.generation();
  if (linkedAt.get(store) === generation) return true;
  if (store.documentsWithoutTitleLinks().length > 0 || store.documentsWithoutMentions(1).length > 0) return false;
  linkedAt.set(store, generation);
  return true;
}
