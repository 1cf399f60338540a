import { entityKinds, kindNumber } from './entity-kinds.ts';
import { type RelationKind, relationKinds } from './relation-kinds.ts';
import type { ChunkMentions, Mention, RelationMention } from './types.ts';
import { createByteReader, createByteWriter } from './varint.ts';

/** First byte of every record. A record of another format reads as one without mentions. */
const FORMAT = 1;
/** Kind and count share a byte: five bits and three. */
const KIND_BITS = 5;
const MAX_COUNT = 8;

/**
 * Packs the mentions of a document: eight or nine bytes for each, because names stay in the text. Mentions of a chunk
 * must be in order of their start.
 */
export function encodeMentions(chunks: readonly ChunkMentions[]): Uint8Array {
  const writer = createByteWriter();
  writer.byte(FORMAT);
  let position = 0;
  for (const { mentions, relations } of chunks) {
    writer.varint(mentions.length);
    let first = true;
    for (const { key, kind, span, count } of mentions) {
      // Chunks may overlap, so only inside a chunk does the start never go back.
      writer.varint(first ? zigzag(span.start - position) : span.start - position);
      first = false;
      position = span.start;
      writer.varint(span.end - span.start);
      writer.byte((kindNumber.get(kind) ?? 0) | ((Math.min(MAX_COUNT, count) - 1) << KIND_BITS));
      writer.uint40(key);
    }
    writer.varint(relations.length);
    for (const { kind, from, to } of relations) {
      writer.byte(relationKinds.indexOf(kind));
      writer.varint(from);
      writer.varint(to);
    }
  }
  return writer.finish();
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** Gets plain numbers, because a graph reads millions of them. */
export type MentionVisitor = {
  chunk(ordinal: number): unknown;
  /** `kind` is an index into entityKinds. */
  mention(key: number, kind: number, count: number, start: number, length: number): void;
  /** `kind` is an index into relationKinds; `from` and `to` are mentions of the chunk, by index. */
  relation(kind: number, from: number, to: number): void;
};

/** Reads what `encodeMentions` packed. Damaged bytes give fewer or wrong mentions, never an exception. */
export function visitMentions(packed: Uint8Array, visitor: MentionVisitor): void {
  const reader = createByteReader(packed);
  if (reader.byte() !== FORMAT) return;
  let position = 0;
  for (let ordinal = 0; !reader.isAtEnd(); ordinal++) {
    visitor.chunk(ordinal);
    const mentions = reader.varint();
    for (let i = 0; i < mentions && !reader.isAtEnd(); i++) {
      const delta = reader.varint();
      position = Math.max(0, position + (i === 0 ? unzigzag(delta) : delta));
      const length = reader.varint();
      const kindAndCount = reader.byte();
      const key = reader.uint40();
      visitor.mention(key, kindAndCount & ((1 << KIND_BITS) - 1), (kindAndCount >> KIND_BITS) + 1, position, length);
    }
    for (let left = reader.varint(); left > 0 && !reader.isAtEnd(); left--) {
      const kind = reader.byte();
      const from = reader.varint();
      const to = reader.varint();
      if (kind < relationKinds.length && from < mentions && to < mentions) visitor.relation(kind, from, to);
    }
  }
}

/** The mentions of every chunk, in order. */
export function decodeMentions(packed: Uint8Array): ChunkMentions[] {
  const chunks: { mentions: Mention[]; relations: RelationMention[] }[] = [];
  visitMentions(packed, {
    chunk: () => void chunks.push({ mentions: [], relations: [] }),
    mention: (key, kind, count, start, length) =>
      void chunks.at(-1)?.mentions.push({
        key,
        kind: entityKinds[kind]?.kind ?? 'name',
        span: { start, end: start + length },
        count,
      }),
    relation: (kind, from, to) =>
      void chunks.at(-1)?.relations.push({ kind: relationKinds[kind] as RelationKind, from, to }),
  });
  return chunks;
}
