import { documentFrequencies } from '../../graph/document-frequencies.ts';
import { entityKinds } from '../../graph/entity-kinds.ts';
import { findSimilarNames, type SimilarNames } from '../../graph/find-similar-names.ts';
import { type RawGraph, readGraph } from '../../graph/read-graph.ts';
import { type Decided, entityOfName, type Merge, resolveEntities } from '../../graph/resolve-entities.ts';
import type { Store } from '../../store/types.ts';
import { isLoose } from './loose-kinds.ts';
import { readNames } from './read-names.ts';
import type { EntityRef, EntitySummary } from './types.ts';

/** Of an entity's mentions, so many are looked at for one that spells the name; links and acronyms may not. */
const MAX_SPELLINGS = 8;
const MAX_NAME_LENGTH = 200;

/** The graph both ways, with what it takes to name its entities. An entity is a number, and one that no other stands for. */
export type GraphIndex = {
  readonly raw: RawGraph;
  readonly rootOf: Int32Array;
  readonly merges: readonly Merge[];
  /** Names that a person wants kept apart. */
  readonly separated: readonly Decided[];
  /** Passages that name each entity. */
  readonly frequencies: Int32Array;
  readonly bytes: number;
  /** Chunks that name the entity, by index, ascending. */
  chunksOf(entity: number): Int32Array;
  /** Entities of a chunk, each once. */
  entitiesOf(chunk: number): readonly number[];
  /** Where a chunk names the entity first, in the document's text; null when only the document's title does. */
  spanIn(chunk: number, entity: number): { readonly start: number; readonly end: number } | null;
  /** The entity of this name, or -1. */
  find(name: string): number;
  /** As `find`, but the name's own, which another may stand for. */
  ownOf(name: string): number;
  /** Every name that the entity stands for, itself among them. */
  membersOf(root: number): readonly number[];
  nameOf(entity: number): string;
  refOf(entity: number): EntityRef;
  summaryOf(entity: number): EntitySummary;
  /** Every entity that some passage names, most named first. */
  byFrequency(): readonly number[];
};

/** Reads the graph again only when the database has changed. */
export function createGraphIndexCache(store: Store): () => GraphIndex {
  let built: { readonly generation: number; readonly index: GraphIndex } | undefined;
  return () => {
    const generation = store.generation();
    if (built?.generation !== generation) built = { generation, index: buildGraphIndex(store) };
    return built.index;
  };
}

function buildGraphIndex(store: Store): GraphIndex {
  let bytes = 0;
  const readMentions: Store['readMentions'] = (visit) =>
    store.readMentions((record) => {
      bytes += record.packed.byteLength + (record.titleLinks?.byteLength ?? 0);
      visit(record);
    });
  const raw = readGraph({ readMentions }, store.passageRelations());
  const { rootOf, merges, separated } = resolveEntities(raw, store.mergeDecisions(), similarNames(store, raw));
  const frequencies = documentFrequencies(raw, rootOf);
  const { chunkOffsets, edgeEntities, edgeStarts, edgeLengths, chunkDocuments } = raw;
  const { chunksOf } = invertChunks(raw, rootOf, frequencies);

  const spanIn = (chunk: number, entity: number) => {
    for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
      const start = edgeStarts[i] as number;
      if (start >= 0 && rootOf[edgeEntities[i] as number] === entity)
        return { start, end: start + (edgeLengths[i] as number) };
    }
    return null;
  };

  /** Spelt as the texts do, in the first place whose spelling is the name itself. */
  const spell = (entity: number, isRoot: boolean): string => {
    const titled = raw.titledDocuments[entity] as number;
    const title = titled < 0 ? undefined : raw.documents[titled]?.title;
    const isName = (text: string): boolean => entityOfName(raw, text) === entity;
    for (const candidate of title ? [title.replace(/\s*\([^()]*\)\s*$/, ''), title] : [])
      if (isName(candidate)) return oneLine(candidate);
    let first = '';
    let looked = 0;
    for (const chunk of chunksOf(isRoot ? entity : (rootOf[entity] as number))) {
      for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
        const start = edgeStarts[i] as number;
        if (edgeEntities[i] !== entity || start < 0) continue;
        const document = raw.documents[chunkDocuments[chunk] as number];
        if (!document) continue;
        const text = store.textOfDocument(document.row, { start, end: start + (edgeLengths[i] as number) });
        if (isName(text)) return oneLine(text);
        first ||= text;
        if (++looked >= MAX_SPELLINGS) return oneLine(first);
      }
    }
    return oneLine(first || title || '?');
  };

  const names = new Map<number, string>();
  const nameOf = (entity: number): string => {
    const known = names.get(entity);
    if (known !== undefined) return known;
    const name = spell(entity, rootOf[entity] === entity);
    names.set(entity, name);
    return name;
  };
  const refOf = (entity: number): EntityRef => ({
    name: nameOf(entity),
    kind: entityKinds[raw.kinds[entity] as number]?.kind ?? 'name',
  });
  const ownOf = (name: string): number => {
    const own = entityOfName(raw, name);
    return own >= 0 && (frequencies[rootOf[own] as number] as number) > 0 ? own : -1;
  };
  let members: Map<number, Set<number>> | undefined;
  const membersOf = (root: number): readonly number[] => {
    members ??= merges.reduce((map, { from, to }) => {
      const own = rootOf[from] as number;
      return map.set(own, (map.get(own) ?? new Set([own])).add(from).add(to));
    }, new Map<number, Set<number>>());
    return [...(members.get(root) ?? [root])];
  };
  let ordered: number[] | undefined;
  return {
    raw,
    rootOf,
    merges,
    separated,
    frequencies,
    bytes,
    chunksOf,
    spanIn,
    nameOf,
    refOf,
    entitiesOf(chunk) {
      const own = edgeEntities.subarray(chunkOffsets[chunk] as number, chunkOffsets[chunk + 1] as number);
      return [...new Set(Array.from(own, (entity) => rootOf[entity] as number))];
    },
    find(name) {
      const own = ownOf(name);
      return own < 0 ? -1 : (rootOf[own] as number);
    },
    ownOf,
    membersOf,
    summaryOf(entity) {
      const named = chunksOf(entity);
      const documents = new Set(Array.from(named, (chunk) => chunkDocuments[chunk]));
      return { ...refOf(entity), passages: named.length, documents: documents.size };
    },
    byFrequency() {
      ordered ??= Array.from(frequencies.keys())
        .filter((entity) => (frequencies[entity] as number) > 0)
        .sort((a, b) => (frequencies[b] as number) - (frequencies[a] as number) || a - b);
      return ordered;
    },
  };
}

/** Read from the texts, so only where entities are looked at, not in searches. */
function similarNames(store: Store, raw: RawGraph): SimilarNames[] {
  const { chunkOffsets, edgeEntities, edgeStarts, kinds } = raw;
  const alone = Int32Array.from(kinds, (_, entity) => entity);
  const frequencies = documentFrequencies(raw, alone);
  const { chunksOf } = invertChunks(raw, alone, frequencies);
  const edgesOf = (chunk: number): [start: number, end: number] => [
    chunkOffsets[chunk] as number,
    chunkOffsets[chunk + 1] as number,
  ];
  return findSimilarNames({
    names: readNames(store, raw),
    kinds,
    frequencies,
    chunksOf,
    tiesOf: (chunk) =>
      [...edgeEntities.subarray(...edgesOf(chunk))].filter((entity) => !isLoose(kinds[entity] as number)),
    distance(chunk, a, b) {
      const [start, end] = edgesOf(chunk);
      const own = edgeEntities.subarray(start, end);
      const [at, other] = [own.indexOf(a), own.indexOf(b)];
      return at < 0 || other < 0
        ? null
        : Math.abs((edgeStarts[start + at] as number) - (edgeStarts[start + other] as number));
    },
  });
}

/** Chunks that name each entity, ascending. */
function invertChunks({ chunkOffsets, edgeEntities }: RawGraph, rootOf: Int32Array, frequencies: Int32Array) {
  const offsets = new Int32Array(frequencies.length + 1);
  for (let i = 0; i < frequencies.length; i++) offsets[i + 1] = (offsets[i] as number) + (frequencies[i] as number);
  const chunks = new Int32Array(offsets[frequencies.length] as number);
  const next = offsets.slice();
  for (let chunk = 0; chunk + 1 < chunkOffsets.length; chunk++) {
    for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
      const entity = rootOf[edgeEntities[i] as number] as number;
      const at = next[entity] as number;
      if (at > (offsets[entity] as number) && chunks[at - 1] === chunk) continue;
      chunks[at] = chunk;
      next[entity] = at + 1;
    }
  }
  return {
    chunksOf: (entity: number): Int32Array => chunks.subarray(offsets[entity] as number, offsets[entity + 1] as number),
  };
}

const oneLine = (name: string): string => name.replace(/\s+/g, ' ').trim().slice(0, MAX_NAME_LENGTH);
