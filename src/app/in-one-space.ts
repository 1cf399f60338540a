import { isSameSpace } from '../domain/same-space.ts';
import type { EmbeddingSpace } from '../domain/search.ts';
import type { Store } from '../store/types.ts';

/** Nobody changes the model of a database so often that a third attempt meets a third one. */
const MAX_ATTEMPTS = 3;

/**
 * The result of work that compares a vector with those of the database. Where another process put another model's vectors
 * in their place meanwhile, what was found or thrown means nothing, and the work is done again.
 */
export async function inOneSpace<Result>(store: Pick<Store, 'space'>, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const before = store.space();
    const isOver = (): boolean => attempt === MAX_ATTEMPTS || isUnchanged(before, store.space());
    try {
      const result = await work();
      if (isOver()) return result;
    } catch (error) {
      if (isOver()) throw error;
    }
  }
}

const isUnchanged = (before: EmbeddingSpace | null, after: EmbeddingSpace | null): boolean =>
  before === null || after === null ? before === after : isSameSpace(before, after);
