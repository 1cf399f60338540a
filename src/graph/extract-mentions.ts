import type { Section } from '../domain/document.ts';
import type { Span } from '../domain/span.ts';
import { scanAcronyms } from './acronyms.ts';
import { type EntityKind, kindNumber } from './entity-kinds.ts';
import { isGerman, withoutGermanNouns } from './german-nouns.ts';
import { keyOfNormalized, normalizeName } from './normalize-name.ts';
import type { Occurrence } from './occurrence.ts';
import type { RelationKind } from './relation-kinds.ts';
import { scanMarks } from './scan-marks.ts';
import { scanNames } from './scan-names.ts';
import { scanRelations } from './scan-relations.ts';
import { scanUncased } from './scan-uncased.ts';
import type { ChunkMentions, EntityKey, Mention, RelationMention } from './types.ts';

export type ExtractionInput = {
  readonly text: string;
  readonly sections: readonly Section[];
  /** Spans in order of their start. */
  readonly chunks: readonly { readonly span: Span }[];
};

/** A chunk keeps so many mentions and one more for each so many characters: it bounds what the graph costs on disk. */
const MENTIONS_PER_CHUNK = 4;
const CHARACTERS_PER_MENTION = 60;
const MAX_RELATIONS_PER_CHUNK = 24;
/** `###### ` and the like. */
const MAX_MARKS = 12;

/** Longest names first to be kept when a chunk has too many; numbers and single words go first. */
const priority: Partial<Record<EntityKind, number>> = {
  document: 9,
  section: 7,
  identifier: 8,
  email: 7,
  url: 6,
  work: 6,
  acronym: 5,
  file: 5,
  concept: 4,
  symbol: 3,
  version: 3,
  tag: 3,
  date: 2,
  money: 1,
  quantity: 0,
};

export type Keyed = Occurrence & { readonly key: EntityKey };

/**
 * What each chunk of a document names: names, titles, headings, links, addresses, code, dates, amounts, identifiers,
 * and typed relations between them. Rules only; the same text gives the same mentions.
 */
export function extractMentions({ text, sections, chunks }: ExtractionInput): ChunkMentions[] {
  const marks = scanMarks(text);
  const scan = scanNames(text, marks);
  const names = isGerman(text) ? withoutGermanNouns(text, scan.occurrences) : scan.occurrences;
  const acronyms = scanAcronyms(text);
  const found: Keyed[] = [];
  const keep = (occurrence: Occurrence): Keyed | null => {
    const normalized = normalizeName(occurrence.name ?? text.slice(occurrence.start, occurrence.end));
    if (normalized.length < 2) return null;
    const keyed = { ...occurrence, key: keyOfNormalized(normalized) };
    found.push(keyed);
    return keyed;
  };
  for (const occurrence of marks) keep(occurrence);
  const inner = new Set<EntityKey>();
  for (const occurrence of names) {
    const keyed = keep(occurrence);
    if (keyed) inner.add(keyed.key);
  }
  for (const occurrence of scan.doubtful) {
    const key = keyOfNormalized(normalizeName(text.slice(occurrence.start, occurrence.end)));
    if (inner.has(key)) found.push({ ...occurrence, key });
  }
  for (const occurrence of scanUncased(text)) keep(occurrence);
  for (const section of sections) {
    if (section.kind === 'heading') keepHeading(text, section, keep);
  }
  const relations: { kind: RelationKind; from: Keyed; to: Keyed }[] = [];
  for (const { short, long } of acronyms) {
    const [from, to] = [keep(short), keep(long)];
    if (from && to) relations.push({ kind: 'also called', from, to });
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  for (const { kind, from, to } of scanRelations(text, found)) {
    relations.push({ kind, from: from as Keyed, to: to as Keyed });
  }
  return chunks.map(({ span }) => mentionsOf(span, found, relations));
}

function keepHeading(
  text: string,
  section: Extract<Section, { kind: 'heading' }>,
  keep: (found: Occurrence) => unknown,
): void {
  const { start } = section.span;
  // The heading's own line: marks of Markdown may stand before its words.
  const offset = text.slice(start, start + section.title.length + MAX_MARKS).indexOf(section.title);
  if (section.title.length < 3 || offset < 0) return;
  const at = start + offset;
  keep({ start: at, end: at + section.title.length, kind: 'section' });
}

/** Index of the first occurrence that begins at `start` or later. */
function lowerBound(found: readonly Keyed[], start: number): number {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((found[middle] as Keyed).start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function mentionsOf(
  span: Span,
  found: readonly Keyed[],
  relations: readonly { kind: RelationKind; from: Keyed; to: Keyed }[],
): ChunkMentions {
  const byKey = new Map<EntityKey, { key: EntityKey; kind: EntityKind; span: Span; count: number }>();
  for (let i = lowerBound(found, span.start); i < found.length; i++) {
    const { start, end, key, kind } = found[i] as Keyed;
    if (start >= span.end) break;
    if (end > span.end) continue;
    const there = byKey.get(key);
    if (!there) byKey.set(key, { key, kind, span: { start, end }, count: 1 });
    else {
      there.count++;
      if (rankOf(kind) > rankOf(there.kind)) there.kind = kind;
    }
  }
  const limit = MENTIONS_PER_CHUNK + Math.floor((span.end - span.start) / CHARACTERS_PER_MENTION);
  let mentions: Mention[] = [...byKey.values()];
  if (mentions.length > limit) {
    mentions = mentions
      .map((mention) => ({ mention, worth: worthOf(mention) }))
      .sort((a, b) => b.worth - a.worth || a.mention.span.start - b.mention.span.start)
      .slice(0, limit)
      .map(({ mention }) => mention)
      .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  }
  const indexOf = new Map(mentions.map(({ key }, i) => [key, i]));
  const kept = new Map<string, RelationMention>();
  for (const { kind, from, to } of relations) {
    if (from.start < span.start || from.start >= span.end) continue;
    const [a, b] = [indexOf.get(from.key), indexOf.get(to.key)];
    if (a !== undefined && b !== undefined && a !== b) kept.set(`${kind} ${a} ${b}`, { kind, from: a, to: b });
  }
  return { mentions, relations: [...kept.values()].slice(0, MAX_RELATIONS_PER_CHUNK) };
}

/** Of two kinds that one name has in a chunk, the one that says more. */
const rankOf = (kind: EntityKind): number =>
  kind === 'name' ? 0 : kind === 'section' ? 1 : kind === 'concept' ? 2 : 3 + (kindNumber.get(kind) ?? 0) / 100;

const worthOf = ({ kind, span, count }: Mention): number => {
  const given = priority[kind];
  const length = Math.min(30, span.end - span.start);
  return (given ?? 2 + length / 6) + Math.min(4, count - 1);
};
