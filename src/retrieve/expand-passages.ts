import type { Chunk } from '../domain/chunk.ts';
import type { DocumentId } from '../domain/ids.ts';
import type { DocumentRow } from '../store/types.ts';

export type Expandable = { readonly chunk: Chunk; readonly documentRow: DocumentRow };

export type Expansion = {
  /** So many neighbours on either side. */
  readonly window: number;
  /** The whole section where enough of its passages were found. */
  readonly section: boolean;
};

type Source = {
  /** In order. */
  readonly chunksOf: (document: DocumentRow) => readonly Chunk[];
  readonly textOf: (document: DocumentId, start: number, end: number) => string;
};

/** Share of a section's passages that must have been found before it is returned whole, and how many at least. */
const SECTION_SHARE = 0.5;
const MIN_SECTION_MATCHES = 2;

/** A chapter is no passage. */
const MAX_SECTION_TOKENS = 2000;

type Range = { readonly first: number; readonly last: number };

/**
 * Small to big: passages grow to their section or by neighbours, at the place of the best one; what an earlier passage
 * already holds is left out. A grown passage keeps the id of the one that was found.
 */
export function expandPassages<Item extends Expandable>(
  items: readonly Item[],
  { window, section }: Expansion,
  source: Source,
): Item[] {
  if (window <= 0 && !section) return [...items];
  const held = new Map<DocumentRow, Set<number>>();
  return items.flatMap((item) => {
    const taken = held.get(item.documentRow) ?? new Set<number>();
    held.set(item.documentRow, taken);
    if (taken.has(item.chunk.ordinal)) return [];
    const chunks = source.chunksOf(item.documentRow);
    const found = items.filter(({ documentRow }) => documentRow === item.documentRow).map(({ chunk }) => chunk.ordinal);
    const whole = section ? sectionRange(item.chunk, chunks, found) : null;
    const wanted = whole ?? {
      first: Math.max(0, item.chunk.ordinal - window),
      last: Math.min(chunks.length - 1, item.chunk.ordinal + window),
    };
    const range = free(wanted, item.chunk.ordinal, taken);
    for (let ordinal = range.first; ordinal <= range.last; ordinal++) taken.add(ordinal);
    return [{ ...item, chunk: grown(item, chunks.slice(range.first, range.last + 1), source) }];
  });
}

/** The run of passages under the same headings around one; null where too few of it were found, or it is too long. */
function sectionRange(chunk: Chunk, chunks: readonly Chunk[], found: readonly number[]): Range | null {
  const heading = chunk.headingPath.join('\0');
  const isSame = (ordinal: number) => chunks[ordinal]?.headingPath.join('\0') === heading;
  let first = chunk.ordinal;
  let last = chunk.ordinal;
  while (isSame(first - 1)) first--;
  while (isSame(last + 1)) last++;
  const matches = new Set(found.filter((ordinal) => ordinal >= first && ordinal <= last)).size;
  const length = last - first + 1;
  const tokens = chunks.slice(first, last + 1).reduce((sum, each) => sum + each.tokens, 0);
  return matches >= MIN_SECTION_MATCHES && matches >= SECTION_SHARE * length && tokens <= MAX_SECTION_TOKENS
    ? { first, last }
    : null;
}

/** As far from the middle as nothing is taken yet. */
function free({ first, last }: Range, middle: number, taken: ReadonlySet<number>): Range {
  let from = middle;
  let to = middle;
  while (from > first && !taken.has(from - 1)) from--;
  while (to < last && !taken.has(to + 1)) to++;
  return { first: from, last: to };
}

function grown({ chunk }: Expandable, parts: readonly Chunk[], source: Source): Chunk {
  if (parts.length <= 1) return chunk;
  const start = Math.min(...parts.map(({ span }) => span.start));
  const end = Math.max(...parts.map(({ span }) => span.end));
  const lines = parts.flatMap((part) => part.lines ?? []);
  return {
    ...chunk,
    span: { start, end },
    text: source.textOf(chunk.documentId, start, end),
    page: parts[0]?.page ?? chunk.page,
    lines:
      lines.length > 0
        ? { start: Math.min(...lines.map((each) => each.start)), end: Math.max(...lines.map((each) => each.end)) }
        : null,
    tokens: parts.reduce((sum, part) => sum + part.tokens, 0),
  };
}
