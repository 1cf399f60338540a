import { visitMentions } from './encode-mentions.ts';
import { entityKinds, kindNumber } from './entity-kinds.ts';
import { createGrowingArray } from './growing-array.ts';
import { createKeyIndex, type KeyIndex } from './key-index.ts';
import { keyOfNormalized, normalizeName } from './normalize-name.ts';
import { relationKinds } from './relation-kinds.ts';
import { linkName } from './scan-marks.ts';
import type { EntityKey, GraphReader, PassageRelations } from './types.ts';

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
  /** By the kind's number: those of the rules, then what models said. */
  readonly relationLabels: readonly string[];
};

/** Chunks of a document that its names lead to: the first say what it is about. */
const CHUNKS_OF_NAME = 3;

/** A kind that fewer of an entity's chunks give it is a mistake of the rules. */
const MIN_SHARE_OF_KIND = 0.15;

/** A kind that gives way to one that says more, by index. */
const isGeneral = entityKinds.map(({ kind }) => ['name', 'section', 'concept', 'work', 'document'].includes(kind));

/** Reads the mentions of all documents, in one pass, and puts beside them what models found. */
export function readGraph(
  reader: Pick<GraphReader, 'readMentions'>,
  passageRelations: readonly PassageRelations[] = [],
): RawGraph {
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
  // By entity: chunks that name it, and how far the kind that says more is ahead of others (Boyer and Moore, 1981).
  const seen = createGrowingArray(1 << 14);
  const lead = createGrowingArray(1 << 14);
  const entityOf = (key: EntityKey, kind: number): number => {
    const entity = keys.intern(key);
    if (entity === kindOf.length()) {
      kindOf.push(kind);
      titled.push(-1);
      seen.push(0);
      lead.push(0);
    }
    return entity;
  };
  const vote = (entity: number, kind: number): void => {
    seen.set(entity, seen.at(entity) + 1);
    if (isGeneral[kind]) {
      // Whatever the order of documents: a heading that a text says as a name is a name.
      if (isGeneral[kindOf.at(entity)]) kindOf.set(entity, Math.min(kindOf.at(entity), kind));
      return;
    }
    const ahead = lead.at(entity);
    if (ahead === 0) kindOf.set(entity, kind);
    lead.set(entity, ahead === 0 || kindOf.at(entity) === kind ? ahead + 1 : ahead - 1);
  };

  const relationsOfRow = new Map<number, PassageRelations[]>();
  for (const each of passageRelations) relationsOfRow.set(each.row, [...(relationsOfRow.get(each.row) ?? []), each]);
  const labels = new Map<string, number>(relationKinds.map((label, i) => [label, i]));
  const addModelRelations = ({ start, relations: found }: PassageRelations): void => {
    for (const { from, to, relation, fromStart, toStart } of found) {
      const place = (name: string, at: number): number => {
        const entity = entityOf(keyOfNormalized(normalizeName(name)), nameKind);
        if (!inChunk.includes(entity)) add(entity, 1, start + at, name.length);
        return entity;
      };
      if (!labels.has(relation)) labels.set(relation, labels.size);
      const ends = [place(from, fromStart), place(to, toStart)];
      for (const value of [labels.get(relation) as number, ...ends, chunkRows.length() - 1]) relations.push(value);
    }
  };

  const titles: [entity: number, document: number][] = [];
  const inChunk: number[] = [];
  const add = (entity: number, count: number, start: number, length: number): void => {
    edgeEntities.push(entity);
    edgeCounts.push(count);
    edgeStarts.push(start);
    edgeLengths.push(length);
    inChunk.push(entity);
  };
  reader.readMentions(({ documentRow, title, path, firstChunk, chunkCount, packed, titleLinks }) => {
    const document = documents.length;
    const baseChunk = chunkRows.length();
    documents.push({ row: documentRow, title, path });
    const names = namesOf(title, path).map((key) => entityOf(key, documentKind));
    for (const name of names) titles.push([name, document]);
    const links = titleLinks ? linksByChunk(titleLinks) : [];
    let ordinal = -1;
    /** What stands beside a chunk's own mentions: titles that it says, and the names of its document. */
    const finish = (): void => {
      for (const [key, count, start, length] of links[ordinal] ?? []) {
        const entity = entityOf(key, documentKind);
        if (!inChunk.includes(entity)) add(entity, count, start, length);
      }
      for (const found of relationsOfRow.get(firstChunk + ordinal) ?? []) addModelRelations(found);
      if (ordinal < CHUNKS_OF_NAME) for (const name of names) if (!inChunk.includes(name)) add(name, 1, -1, 0);
    };
    const begin = (next: number): void => {
      if (ordinal >= 0) finish();
      ordinal = next;
      inChunk.length = 0;
      chunkRows.push(firstChunk + next);
      chunkDocuments.push(document);
      chunkOffsets.push(edgeEntities.length());
    };
    visitMentions(packed, {
      chunk: (next) => next < chunkCount && begin(next),
      mention(key, kind, count, start, length) {
        const entity = entityOf(key, kind);
        vote(entity, kind);
        if (kind === documentKind && names[0] !== undefined && names[0] !== entity)
          for (const value of [linksTo, names[0], entity, baseChunk + ordinal]) relations.push(value);
        add(entity, count, start, length);
      },
      relation(kind, from, to) {
        const [a, b] = [inChunk[from], inChunk[to]];
        if (a !== undefined && b !== undefined)
          for (const value of [kind, a, b, baseChunk + ordinal]) relations.push(value);
      },
    });
    while (ordinal + 1 < chunkCount) begin(ordinal + 1);
    if (ordinal >= 0) finish();
  });
  chunkOffsets.push(edgeEntities.length());

  const titledDocuments = titled.finish();
  for (const [entity, document] of titles) titledDocuments[entity] = document;
  const kinds = Uint8Array.from(kindOf.finish(), (kind, entity) => {
    if (!isGeneral[kind] && lead.at(entity) >= seen.at(entity) * MIN_SHARE_OF_KIND) return kind;
    if ((titledDocuments[entity] as number) >= 0) return documentKind;
    return isGeneral[kind] ? kind : nameKind;
  });
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
    relationLabels: [...labels.keys()],
  };
}

const documentKind = kindNumber.get('document') as number;
const nameKind = kindNumber.get('name') as number;
const linksTo = relationKinds.indexOf('links to');

/** Keys that a document goes by: its title, the title without what stands in parentheses at its end, its file name. */
export function namesOf(title: string, path: string): EntityKey[] {
  const names = [title, title.replace(/\s*\([^()]*\)\s*$/, ''), linkName(path)];
  return [...new Set(names.map(normalizeName).filter((name) => name.length > 1))].map(keyOfNormalized);
}

type Link = [key: EntityKey, count: number, start: number, length: number];

function linksByChunk(packed: Uint8Array): Link[][] {
  const chunks: Link[][] = [];
  visitMentions(packed, {
    chunk: () => void chunks.push([]),
    mention: (key, _kind, count, start, length) => void chunks.at(-1)?.push([key, count, start, length]),
    relation: () => {},
  });
  return chunks;
}
