import type { Segment } from './text-segments.ts';

/** Text on one baseline; `cells` parts stand apart by more than a word space. */
export type Line = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  readonly cells: number;
  readonly monospace: boolean;
  /** Name of the font when the whole line is in one. */
  readonly font: string | null;
};

/** Lines of one column, or of the full width between two columns, from top to bottom. */
export type Column = readonly Line[];

// Prose fills its column with lines of at least nine ems (about 18 Latin letters); table cells are shorter.
const narrowestProseInEm = 9;
const fewestLinesOfColumn = 3;
const deepestSplit = 6;

/**
 * Put segments into reading order. A gutter splits the page only where both sides are prose: lines that fill their
 * side. Lines across the gutter (titles, wide figures) cut the page into bands, which are read one after the other.
 * Everything else is read row by row, so that a table keeps its rows.
 */
export function readingOrder(segments: readonly Segment[]): Column[] {
  return splitColumns(segments, 0).filter((column) => column.length > 0);
}

function splitColumns(segments: readonly Segment[], depth: number): Column[] {
  const gutter = depth < deepestSplit ? findGutter(segments) : null;
  if (gutter === null) return [rows(segments)];
  const across = segments.filter((segment) => crosses(segment, gutter));
  const beside = segments.filter((segment) => !crosses(segment, gutter));
  const columns: Column[] = [];
  for (const band of bandsBetween(across, beside)) {
    if (band.across) {
      columns.push(rows(band.segments));
      continue;
    }
    const left = band.segments.filter((segment) => segment.right <= gutter);
    const right = band.segments.filter((segment) => segment.left >= gutter);
    if (!standSideBySide(left, right)) {
      columns.push(rows(band.segments));
      continue;
    }
    const order =
      band.segments.filter((segment) => segment.rtl).length * 2 > band.segments.length ? [right, left] : [left, right];
    for (const side of order) columns.push(...splitColumns(side, depth + 1));
  }
  return columns;
}

const crosses = (segment: Segment, x: number): boolean => segment.left < x && segment.right > x;

type Band = { readonly across: boolean; readonly segments: Segment[] };

function bandsBetween(across: readonly Segment[], beside: readonly Segment[]): Band[] {
  const all = [
    ...across.map((segment) => ({ segment, across: true })),
    ...beside.map((segment) => ({ segment, across: false })),
  ].sort((a, b) => b.segment.y - a.segment.y);
  const bands: Band[] = [];
  for (const { segment, across: isAcross } of all) {
    const last = bands.at(-1);
    if (last && last.across === isAcross) last.segments.push(segment);
    else bands.push({ across: isAcross, segments: [segment] });
  }
  return bands;
}

/** The x of a gutter between two columns of prose, or null. */
function findGutter(segments: readonly Segment[]): number | null {
  if (segments.length < 2 * fewestLinesOfColumn) return null;
  const size = median(segments.map((segment) => segment.size));
  let low = Infinity;
  let high = -Infinity;
  for (const { left, right } of segments) {
    low = Math.min(low, left);
    high = Math.max(high, right);
  }
  const width = high - low;
  if (!(width > 2 * narrowestProseInEm * size)) return null;
  const steps = 200;
  const crossing = new Float64Array(steps);
  for (const { left, right } of segments) {
    const from = Math.max(0, Math.ceil(((left - low) / width) * steps));
    const to = Math.min(steps - 1, Math.floor(((right - low) / width) * steps));
    for (let step = from; step <= to; step++) crossing[step]! += 1;
  }
  let best: { x: number; crossing: number; run: number } | null = null;
  for (let step = Math.floor(steps * 0.12); step < steps * 0.88; ) {
    const count = crossing[step]!;
    let end = step + 1;
    while (end < steps && crossing[end] === count) end++;
    const run = ((end - step) / steps) * width;
    if (run >= 0.6 * size && (!best || count < best.crossing || (count === best.crossing && run > best.run)))
      best = { x: low + ((step + end - 1) / 2 / steps) * width, crossing: count, run };
    step = end;
  }
  if (!best || best.crossing > 0.35 * segments.length) return null;
  const { x } = best;
  const left = segments.filter((segment) => segment.right <= x);
  const right = segments.filter((segment) => segment.left >= x);
  return isProse(left) && isProse(right) && standSideBySide(left, right) ? x : null;
}

function isProse(segments: readonly Segment[]): boolean {
  if (segments.length < fewestLinesOfColumn) return false;
  const low = lowest(segments, (segment) => segment.left);
  const high = highest(segments, (segment) => segment.right);
  const widths = segments.map((segment) => segment.right - segment.left);
  const typical = median(widths);
  const size = median(segments.map((segment) => segment.size));
  return typical >= 0.5 * (high - low) && typical >= narrowestProseInEm * size;
}

/** Both sides share a good part of their height. */
function standSideBySide(left: readonly Segment[], right: readonly Segment[]): boolean {
  if (left.length < 2 || right.length < 2) return false;
  const [leftTop, leftBottom] = extent(left);
  const [rightTop, rightBottom] = extent(right);
  const shared = Math.min(leftTop, rightTop) - Math.max(leftBottom, rightBottom);
  return shared > 0.3 * Math.min(leftTop - leftBottom, rightTop - rightBottom);
}

function extent(segments: readonly Segment[]): [top: number, bottom: number] {
  let top = -Infinity;
  let bottom = Infinity;
  for (const { y, size } of segments) {
    top = Math.max(top, y + size);
    bottom = Math.min(bottom, y);
  }
  return [top, bottom];
}

function rows(segments: readonly Segment[]): Column {
  const sorted = [...segments].sort((a, b) => b.y - a.y);
  const found: { y: number; size: number; segments: Segment[] }[] = [];
  for (const segment of sorted) {
    const row = found.at(-1);
    if (
      row &&
      row.y - segment.y < 0.45 * Math.max(Math.min(row.size, segment.size), 0.6 * Math.max(row.size, segment.size))
    ) {
      row.segments.push(segment);
      if (segment.size > row.size) row.size = segment.size;
    } else found.push({ y: segment.y, size: segment.size, segments: [segment] });
  }
  return found.map((row) => lineOf(row.segments));
}

function lineOf(segments: readonly Segment[]): Line {
  const rtl = segments.filter((segment) => segment.rtl).length * 2 > segments.length;
  const ordered = [...segments].sort((a, b) => (rtl ? b.right - a.right : a.left - b.left));
  const size = highest(segments, (segment) => segment.size);
  let text = '';
  let cells = 1;
  let previous: Segment | null = null;
  for (const segment of ordered) {
    if (previous) {
      const gap = rtl ? previous.left - segment.right : segment.left - previous.right;
      const wide = gap > 2 * size;
      if (wide) cells++;
      if (wide) text = `${text.trimEnd()}  `;
      else if (gap > 0.12 * size && !text.endsWith(' ')) text += ' ';
    }
    text += segment.text;
    previous = segment;
  }
  return {
    text: text.trim(),
    left: lowest(segments, (segment) => segment.left),
    right: highest(segments, (segment) => segment.right),
    y: highest(segments, (segment) => segment.y),
    size,
    cells,
    monospace: segments.every((segment) => segment.monospace),
    font: segments.every((segment) => segment.font === segments[0]!.font) ? segments[0]!.font : null,
  };
}

// Loops: a page may have more segments than a call can have arguments.
const lowest = (segments: readonly Segment[], value: (segment: Segment) => number): number =>
  segments.reduce((least, segment) => Math.min(least, value(segment)), Infinity);
const highest = (segments: readonly Segment[], value: (segment: Segment) => number): number =>
  segments.reduce((most, segment) => Math.max(most, value(segment)), -Infinity);

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  // The lower of two middle values: of two line gaps, the wider one is the exception.
  return sorted[(sorted.length - 1) >> 1]!;
}
