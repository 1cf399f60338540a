import { type EntityKind, entityKinds } from './entity-kinds.ts';
import { comparedWords, nameSimilarity } from './name-similarity.ts';
import { keyOfNormalized } from './normalize-name.ts';

/** `from` is the name that fewer passages say. */
export type SimilarNames = {
  readonly from: number;
  readonly to: number;
  /** In [0, 1]; see `nameSimilarity`. */
  readonly similarity: number;
  /** An entity that stands beside both, and the chunk in which it stands beside `from`. */
  readonly beside: number;
  readonly chunk: number;
};

export type SimilarNamesInput = {
  /** By entity: its normalised name; undefined for those that never merge. */
  readonly names: readonly (string | undefined)[];
  /** By entity: index into entityKinds. */
  readonly kinds: Uint8Array;
  readonly frequencies: Int32Array;
  chunksOf(entity: number): Int32Array;
  /** Entities of a chunk that tie it to others. */
  tiesOf(chunk: number): readonly number[];
  /** Distance of the two in a chunk that names both, in characters; null when it names one only. */
  distance(chunk: number, a: number, b: number): number | null;
};

/** Kinds of names that people misspell; a document or a heading with another title is another. */
export const mergeableKinds: ReadonlySet<EntityKind> = new Set([
  'name',
  'person',
  'organisation',
  'place',
  'product',
  'event',
  'concept',
]);

/** Names of a block are compared with so many after them in alphabetical order: 24 N comparisons at most. */
const WINDOW = 24;
const MAX_CHUNKS = 64;
/** What stands beside everything says nothing. */
const MAX_SHARED_FREQUENCY = 500;
/** Two names so near each other are two: a list, or "Anna and Anne". */
const MIN_DISTANCE = 100;

/**
 * Names of one kind, as far as it is known, that are spelt much alike and stand beside the same third name, the likest first. Only names that
 * share all words but one, and the start of that one, are compared, so the time grows with the number of names.
 */
export function findSimilarNames(input: SimilarNamesInput): SimilarNames[] {
  const { names, kinds, frequencies } = input;
  const found = new Map<string, SimilarNames>();
  for (const block of blocksOf(names)) {
    block.sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1));
    for (let i = 0; i < block.length; i++) {
      for (let j = i + 1; j < Math.min(block.length, i + 1 + WINDOW); j++) {
        const [a, b] = [block[i] as number, block[j] as number];
        const kind = commonKind(kinds[a] as number, kinds[b] as number);
        if (kind === null) continue;
        const similarity = nameSimilarity(names[a] as string, names[b] as string, kind);
        if (similarity === 0) continue;
        const isFirst = (frequencies[a] as number) < (frequencies[b] as number);
        const [from, to] = isFirst || (frequencies[a] === frequencies[b] && a > b) ? [a, b] : [b, a];
        const key = `${from} ${to}`;
        if (found.has(key)) continue;
        const shared = sharedTie(input, from, to);
        if (shared) found.set(key, { from, to, similarity, ...shared });
      }
    }
  }
  return [...found.values()].sort((x, y) => y.similarity - x.similarity || x.from - y.from || x.to - y.to);
}

/** A name of unknown kind may be of any. */
function commonKind(a: number, b: number): EntityKind | null {
  const [one, other] = [entityKinds[a]?.kind ?? 'name', entityKinds[b]?.kind ?? 'name'];
  if (one === other || other === 'name') return one;
  return one === 'name' ? other : null;
}

/** Entities whose names are equal but for spaces, or but for one word of which they share the start. */
function blocksOf(names: readonly (string | undefined)[]): Iterable<number[]> {
  const blocks = new Map<number, number[]>();
  names.forEach((name, entity) => {
    if (name === undefined) return;
    const words = comparedWords(name);
    const keys = [`= ${words.join('')}`];
    words.forEach((word, i) => {
      const start = word.slice(0, words.length === 1 ? 4 : 2);
      keys.push(`${i} ${words.slice(0, i).join(' ')} ${start}* ${words.slice(i + 1).join(' ')}`);
    });
    for (const key of new Set(keys.map(keyOfNormalized))) {
      const block = blocks.get(key);
      if (block) block.push(entity);
      else blocks.set(key, [entity]);
    }
  });
  return [...blocks.values()].filter(({ length }) => length > 1);
}

function sharedTie(input: SimilarNamesInput, from: number, to: number): { beside: number; chunk: number } | null {
  const beside = new Map<number, number>();
  for (const chunk of input.chunksOf(from).subarray(0, MAX_CHUNKS)) {
    const distance = input.distance(chunk, from, to);
    if (distance !== null && distance < MIN_DISTANCE) return null;
    for (const other of input.tiesOf(chunk)) {
      if (other === from || other === to || (input.frequencies[other] as number) > MAX_SHARED_FREQUENCY) continue;
      if (!beside.has(other)) beside.set(other, chunk);
    }
  }
  for (const chunk of input.chunksOf(to).subarray(0, MAX_CHUNKS)) {
    for (const other of input.tiesOf(chunk)) {
      const there = beside.get(other);
      if (there !== undefined && other !== to) return { beside: other, chunk: there };
    }
  }
  return null;
}
