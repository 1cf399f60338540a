import { RagError } from '../../platform/errors.ts';
import type { GraphIndex } from './graph-index.ts';

/** Names that are looked through for ones like the name asked for. */
const MAX_LOOKED_AT = 5000;
const MAX_NAMED = 5;

/** The entity of this name; throws NOT_FOUND with names that hold its words. */
export const findEntity = (index: GraphIndex, name: string): number => index.rootOf[findName(index, name)] as number;

/** As `findEntity`, but the name's own entity, which another may stand for. */
export function findName(index: GraphIndex, name: string): number {
  const own = index.ownOf(name);
  if (own >= 0) return own;
  const asked = name.toLowerCase().trim();
  const near: string[] = [];
  for (const other of index.byFrequency().slice(0, MAX_LOOKED_AT)) {
    const known = index.nameOf(other);
    if (asked !== '' && known.toLowerCase().includes(asked)) near.push(known);
    if (near.length === MAX_NAMED) break;
  }
  throw new RagError('NOT_FOUND', {
    message: `No document names an entity "${name}".`,
    hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'See `rag graph entities` for what is named.',
  });
}
