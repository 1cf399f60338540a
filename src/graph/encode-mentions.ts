import { entityKinds, kindNumber } from './entity-kinds.ts';
import { relationKinds } from './relation-kinds.ts';
import type { ChunkMentions, Mention } from './types.ts';
import { type ByteReader, createByteReader, createByteWriter } from './varint.ts';

/** First byte of every record. A record of another format reads as one without mentions. */
const FORMAT = 1;
/** Kind and count share a byte: five bits and three. */
const KIND_BITS = 5;
const MAX_COUNT = 8;
const KEY_BYTES = 5;

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
      let rest = key;
      for (let i = 0; i < KEY_BYTES; i++) {
        writer.byte(rest % 256);
        rest = Math.floor(rest / 256);
      }
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

/** The mentions of every chunk, in order. Damaged bytes give fewer or wrong mentions, never an exception. */
export function decodeMentions(packed: Uint8Array): ChunkMentions[] {
  const chunks: ChunkMentions[] = [];
  const reader = createByteReader(packed);
  if (reader.byte() !== FORMAT) return chunks;
  const cursor = { position: 0 };
  while (!reader.isAtEnd()) {
    const mentions: Mention[] = [];
    for (let left = reader.varint(); left > 0 && !reader.isAtEnd(); left--) {
      mentions.push(readMention(reader, cursor, mentions.length === 0));
    }
    const relations: ChunkMentions['relations'][number][] = [];
    for (let left = reader.varint(); left > 0 && !reader.isAtEnd(); left--) {
      const relation = { kind: relationKinds[reader.byte()], from: reader.varint(), to: reader.varint() };
      const { kind, from, to } = relation;
      if (kind && from < mentions.length && to < mentions.length) relations.push({ kind, from, to });
    }
    chunks.push({ mentions, relations });
  }
  return chunks;
}

function readMention(reader: ByteReader, cursor: { position: number }, isFirst: boolean): Mention {
  const delta = reader.varint();
  cursor.position = Math.max(0, cursor.position + (isFirst ? unzigzag(delta) : delta));
  const start = cursor.position;
  const end = start + reader.varint();
  const packed = reader.byte();
  let key = 0;
  let scale = 1;
  for (let i = 0; i < KEY_BYTES; i++) {
    key += reader.byte() * scale;
    scale *= 256;
  }
  const kind = entityKinds[packed & ((1 << KIND_BITS) - 1)]?.kind ?? 'name';
  return { key, kind, span: { start, end }, count: (packed >> KIND_BITS) + 1 };
}
