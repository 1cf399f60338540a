import { entityKinds } from '../../graph/entity-kinds.ts';
import { mergeableKinds } from '../../graph/find-similar-names.ts';
import { entityKeyOf, normalizeName } from '../../graph/normalize-name.ts';
import type { RawGraph } from '../../graph/read-graph.ts';
import type { Store } from '../../store/types.ts';

/** Names that are read at most: as many texts as hold them are gone through once. */
const MAX_NAMES = 300_000;
/** Longer names are sentences. */
const MAX_NAME_LENGTH = 60;
/** Characters between two names up to which their text is read in one piece. */
const MAX_PIECE = 100_000;

/** Normalised names of the entities whose kind may be misspelt, by entity; undefined for the others. */
export function readNames(store: Store, raw: RawGraph): (string | undefined)[] {
  const { chunkOffsets, chunkDocuments, edgeEntities, edgeStarts, edgeLengths, kinds, documents, keys } = raw;
  const isMergeable = entityKinds.map(({ kind }) => mergeableKinds.has(kind));
  const names: (string | undefined)[] = new Array(kinds.length).fill(undefined);
  const isSeen = new Uint8Array(kinds.length);
  let left = MAX_NAMES;
  let pending: number[] = [];
  let document = -1;

  const readPending = (): void => {
    const row = documents[document]?.row;
    if (row === undefined || pending.length === 0) return;
    pending.sort((a, b) => (edgeStarts[a] as number) - (edgeStarts[b] as number));
    for (let i = 0; i < pending.length; ) {
      const start = edgeStarts[pending[i] as number] as number;
      let last = i;
      const endOf = (at: number): number => (edgeStarts[pending[at] as number] as number) + MAX_NAME_LENGTH;
      while (last + 1 < pending.length && endOf(last + 1) - start <= MAX_PIECE) last++;
      const piece = store.textOfDocument(row, { start, end: endOf(last) });
      for (; i <= last; i++) {
        const edge = pending[i] as number;
        const at = (edgeStarts[edge] as number) - start;
        const name = piece.slice(at, at + (edgeLengths[edge] as number));
        const entity = edgeEntities[edge] as number;
        // A link's text may be another than what it points to.
        if (keys.find(entityKeyOf(name)) === entity) names[entity] = normalizeName(name);
      }
    }
    pending = [];
  };
  for (let chunk = 0; chunk + 1 < chunkOffsets.length && left > 0; chunk++) {
    if (chunkDocuments[chunk] !== document) {
      readPending();
      document = chunkDocuments[chunk] as number;
    }
    for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
      const entity = edgeEntities[i] as number;
      const length = edgeLengths[i] as number;
      if (isSeen[entity] || (edgeStarts[i] as number) < 0 || length > MAX_NAME_LENGTH) continue;
      if (!isMergeable[kinds[entity] as number]) continue;
      isSeen[entity] = 1;
      left--;
      pending.push(i);
    }
  }
  readPending();
  return names;
}
