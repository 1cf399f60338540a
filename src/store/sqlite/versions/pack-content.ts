/** The columns of a row of chunks, but for its numbers and its place. */
type OtherColumns = Readonly<Record<string, unknown>>;

export type PackedChunk = {
  readonly start: number;
  readonly end: number;
  readonly lineStart: number | null;
  readonly lineEnd: number | null;
  readonly other: OtherColumns;
};

export type Content = {
  readonly text: string;
  /** As the column holds them: JSON of tuples that begin with start and end. */
  readonly sections: string;
  readonly chunks: readonly PackedChunk[];
};

type SectionTuple = [start: number, end: number, ...rest: unknown[]];

/**
 * Text, sections and passages of a document as bytes. Positions are told from those before them, so that an edit changes
 * what it touches only, and the bytes of two versions differ little. Any columns that passages have go with them.
 */
export function packContent({ text, sections, chunks }: Content): Buffer {
  const tuples = JSON.parse(sections) as SectionTuple[];
  const columns = Object.keys(chunks[0]?.other ?? {});
  const lines: unknown[] = [[tuples.length, chunks.length, columns]];
  let last = 0;
  for (const [start, end, ...rest] of tuples) {
    lines.push([start - last, end - start, ...rest]);
    last = start;
  }
  let lastEnd = 0;
  let lastLine = 0;
  for (const { start, end, lineStart, lineEnd, other } of chunks) {
    const lines_ = lineStart === null ? null : lineStart - lastLine;
    const length = lineStart === null || lineEnd === null ? null : lineEnd - lineStart;
    lines.push([start - lastEnd, end - start, lines_, length, ...columns.map((name) => packed(other[name]))]);
    lastEnd = end;
    lastLine = lineStart ?? lastLine;
  }
  return Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n${text}`, 'utf8');
}

export function unpackContent(bytes: Buffer): Content {
  let at = 0;
  const line = (): unknown[] => {
    const end = bytes.indexOf(10, at);
    const parsed = JSON.parse(bytes.toString('utf8', at, end)) as unknown[];
    at = end + 1;
    return parsed;
  };
  const [sectionCount, chunkCount, columns] = line() as [number, number, string[]];
  const tuples: SectionTuple[] = [];
  let last = 0;
  for (let i = 0; i < sectionCount; i++) {
    const [gap, length, ...rest] = line() as [number, number, ...unknown[]];
    last += gap;
    tuples.push([last, last + length, ...rest]);
  }
  const chunks: PackedChunk[] = [];
  let lastEnd = 0;
  let lastLine = 0;
  for (let i = 0; i < chunkCount; i++) {
    const [gap, length, lineGap, lineCount, ...values] = line() as [number, number, number | null, number | null];
    const start = lastEnd + gap;
    lastEnd = start + length;
    const lineStart = lineGap === null ? null : lastLine + lineGap;
    lastLine = lineStart ?? lastLine;
    chunks.push({
      start,
      end: lastEnd,
      lineStart,
      lineEnd: lineStart === null || lineCount === null ? null : lineStart + lineCount,
      other: Object.fromEntries(columns.map((name, i) => [name, unpacked((values as unknown[])[i])])),
    });
  }
  return { text: bytes.toString('utf8', at), sections: JSON.stringify(tuples), chunks };
}

/** A value of a column as JSON; bytes as an object. */
export const packed = (value: unknown): unknown =>
  value instanceof Uint8Array ? { b: Buffer.from(value).toString('base64') } : value;

export const unpacked = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'b' in value ? Buffer.from(String(value.b), 'base64') : value;
