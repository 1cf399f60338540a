import { visitMentions } from './encode-mentions.ts';
import { type EntityKind, entityKinds, kindNumber } from './entity-kinds.ts';
import { createGrowingArray } from './growing-array.ts';
import { createKeyIndex, type KeyIndex } from './key-index.ts';
import { keyOfNormalized, normalizeName } from './normalize-name.ts';
import { linkName } from './scan-marks.ts';
import type { EntityKey, GraphReader } from './types.ts';

export type GraphDocument = { readonly row: number; readonly title: string; readonly path: string };

/** Everything that the documents name, as rows of numbers. An entity is its number, in order of first sight. */
export type RawGraph = {
  readonly keys: KeyIndex;
  readonly documents: readonly GraphDocument[];
  /** By chunk, in order of reading: its row, and its document by index. */
  readonly chunkRows: Int32Array;
  readonly chunkDocuments: Int32Array;
  /** Edges of one chunk stand together: `chunkOffsets[i]` to `chunkOffsets[i + 1]`. */
  readonly chunkOffsets: Int32Array;
  readonly edgeEntities: Int32Array;
  readonly edgeCounts: Int32Array;
  readonly edgeStarts: Int32Array;
  readonly edgeLengths: Int32Array;
  /** By entity: index into entityKinds. */
  readonly kinds: Uint8Array;
  /** By entity: a document whose title it is, by index, or -1. */
  readonly titledDocuments: Int32Array;
  /** Fours of numbers: kind, from, to, chunk. */
  readonly relations: Int32Array;
};

/** Chunks of a document that its names lead to: the first say what it is about. */
const CHUNKS_OF_NAME = 3;

const general = new Set<EntityKind>(['name', 'section', 'concept', 'work', 'document']);

/** Reads the mentions of all documents, in one pass. */
export function readGraph(reader: Pick<GraphReader, 'readMentions'>): RawGraph {
  const keys = createKeyIndex(1 << 14);
  const documents: GraphDocument[] = [];
  const chunkRows = createGrowingArray();
  const chunkDocuments = createGrowingArray();
  const chunkOffsets = createGrowingArray();
  const edgeEntities = createGrowingArray(1 << 14);
  const edgeCounts = createGrowingArray(1 << 14);
  const edgeStarts = createGrowingArray(1 << 14);
  const edgeLengths = createGrowingArray(1 << 14);
  const kindOf = createGrowingArray(1 << 14);
  const titled = createGrowingArray(1 << 14);
  const relations = createGrowingArray();
  const entityOf = (key: EntityKey, kind: number): number => {
    const entity = keys.intern(key);
    if (entity === kindOf.length()) {
      kindOf.push(kind);
      titled.push(-1);
    }
    return entity;
  };

  const upgrades: [entity: number, kind: number][] = [];
  const titles: [entity: number, document: number][] = [];
  reader.readMentions(({ documentRow, title, path, firstChunk, chunkCount, packed }) => {
    const document = documents.length;
    documents.push({ row: documentRow, title, path });
    const names = namesOf(title, path).map((key) => entityOf(key, documentKind));
    for (const name of names) titles.push([name, document]);
    let chunk = -1;
    let offset = 0;
    let pendingNames: number[] = [];
    const endChunk = (): void => {
      for (const name of pendingNames) pushEdge(name, 1, -1, 0);
    };
    const pushEdge = (entity: number, count: number, start: number, length: number): void => {
      edgeEntities.push(entity);
      edgeCounts.push(count);
      edgeStarts.push(start);
      edgeLengths.push(length);
    };
    const startChunk = (ordinal: number): void => {
      chunk = chunkRows.length();
      offset = edgeEntities.length();
      chunkRows.push(firstChunk + ordinal);
      chunkDocuments.push(document);
      chunkOffsets.push(offset);
      pendingNames = ordinal < CHUNKS_OF_NAME ? [...names] : [];
    };
    const inChunk: number[] = [];
    let ordinals = 0;
    visitMentions(packed, {
      chunk(ordinal) {
        if (ordinal > 0) endChunk();
        ordinals = ordinal + 1;
        inChunk.length = 0;
        if (ordinal < chunkCount) startChunk(ordinal);
      },
      mention(key, kind, count, start, length) {
        const known = keys.find(key);
        const entity = entityOf(key, kind);
        if (known >= 0) upgrades.push([entity, kind]);
        inChunk.push(entity);
        pendingNames = pendingNames.filter((name) => name !== entity);
        if (ordinals <= chunkCount) pushEdge(entity, count, start, length);
      },
      relation(kind, from, to) {
        for (const value of [kind, inChunk[from] as number, inChunk[to] as number, chunk]) relations.push(value);
      },
    });
    if (ordinals > 0) endChunk();
    for (let ordinal = ordinals; ordinal < chunkCount; ordinal++) {
      startChunk(ordinal);
      endChunk();
    }
  });
  chunkOffsets.push(edgeEntities.length());

  const kinds = Uint8Array.from(kindOf.finish());
  for (const [entity, kind] of upgrades) {
    const there = entityKinds[kinds[entity] as number]?.kind ?? 'name';
    const here = entityKinds[kind]?.kind ?? 'name';
    if (general.has(there) && !general.has(here)) kinds[entity] = kind;
  }
  const titledDocuments = titled.finish();
  for (const [entity, document] of titles) titledDocuments[entity] = document;
  return {
    keys,
    documents,
    chunkRows: chunkRows.finish(),
    chunkDocuments: chunkDocuments.finish(),
    chunkOffsets: chunkOffsets.finish(),
    edgeEntities: edgeEntities.finish(),
    edgeCounts: edgeCounts.finish(),
    edgeStarts: edgeStarts.finish(),
    edgeLengths: edgeLengths.finish(),
    kinds,
    titledDocuments,
    relations: relations.finish(),
  };
}

const documentKind = kindNumber.get('document') as number;

/** Keys that a document goes by: its title, the title without what stands in parentheses at its end, its file name. */
export function namesOf(title: string, path: string): EntityKey[] {
  const names = [title, title.replace(/\s*\([^()]*\)\s*$/, ''), linkName(path)];
  return [...new Set(names.map(normalizeName).filter((name) => name.length > 1))].map(keyOfNormalized);
}
