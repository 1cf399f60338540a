import type { PdfTextContent, PdfTextItem } from './load-pdfjs.ts';

/**
 * A stretch of text on one baseline without a wide gap. Coordinates are page units turned so that the text runs to
 * the right and y grows upwards.
 */
export type Segment = {
  text: string;
  left: number;
  right: number;
  /** Of the baseline. */
  y: number;
  /** Font size in page units. */
  size: number;
  rtl: boolean;
  monospace: boolean;
  /** pdfjs's name of the font. */
  font: string;
};

/** Segments of one writing direction: angle in whole degrees, anticlockwise. */
export type SegmentGroup = { readonly angle: number; readonly segments: Segment[] };

// A justified line stretches a space to about 0.8 em; column gutters and table gaps start above 1 em.
const widestSpaceInEm = 1;

/** Join the glyph runs of one page into segments, by direction, the direction with most text first. */
export function textSegments(content: PdfTextContent): SegmentGroup[] {
  const groups = new Map<number, Segment[]>();
  let current: Segment | null = null;
  let currentAngle = 0;
  let pendingSpace = false;
  for (const item of content.items) {
    if (item.str === undefined) continue;
    if (item.str.trim() === '') {
      pendingSpace ||= item.str !== '' || item.hasEOL;
      if (item.hasEOL) current = null;
      continue;
    }
    const vertical = content.styles[item.fontName]?.vertical === true;
    const angle = vertical ? 270 : angleOf(item);
    const next = segmentOf(item, angle, vertical, content.styles[item.fontName]?.fontFamily === 'monospace');
    if (current && currentAngle === angle && follows(current, next)) append(current, next, pendingSpace);
    else {
      const group = groups.get(angle) ?? [];
      group.push(next);
      groups.set(angle, group);
      current = next;
      currentAngle = angle;
    }
    pendingSpace = false;
    if (item.hasEOL) current = null;
  }
  return [...groups]
    .map(([angle, segments]) => ({ angle, segments: withoutOverprints(segments) }))
    .sort((a, b) => textLength(b.segments) - textLength(a.segments));
}

function angleOf({ transform: [a, b] }: PdfTextItem): number {
  const degrees = Math.round((Math.atan2(b, a) * 180) / Math.PI);
  return (degrees + 360) % 360;
}

function segmentOf(item: PdfTextItem, angle: number, vertical: boolean, monospace: boolean): Segment {
  const [, , c, d, e, f] = item.transform;
  const radians = (angle * Math.PI) / 180;
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  const size = Math.hypot(c, d) || item.height || 1;
  const left = e * cos + f * sin;
  const y = -e * sin + f * cos;
  const width = Math.abs(vertical ? item.height : item.width);
  return {
    text: item.str,
    left,
    right: left + width,
    y,
    size,
    rtl: item.dir === 'rtl',
    monospace,
    font: item.fontName,
  };
}

function follows(current: Segment, next: Segment): boolean {
  const size = Math.max(current.size, next.size);
  if (Math.abs(current.y - next.y) > 0.4 * size) return false;
  const gap = current.rtl && next.rtl ? current.left - next.right : next.left - current.right;
  return gap <= widestSpaceInEm * size && gap >= -0.6 * size;
}

function append(current: Segment, next: Segment, space: boolean): void {
  const spaced = space && !/\s$/.test(current.text) && !/^\s/.test(next.text);
  current.text += (spaced ? ' ' : '') + next.text;
  current.left = Math.min(current.left, next.left);
  current.right = Math.max(current.right, next.right);
  // The body of the line sets its baseline and size; a superscript does not.
  if (next.size > current.size) {
    current.size = next.size;
    current.y = next.y;
  }
}

/** Drop text drawn twice in the same place, as producers do for bold face and shadows. */
function withoutOverprints(segments: Segment[]): Segment[] {
  const seen = new Map<string, Segment[]>();
  return segments.filter((segment) => {
    const same = seen.get(segment.text);
    if (!same) {
      seen.set(segment.text, [segment]);
      return true;
    }
    const near = 0.2 * segment.size;
    const recent = same.slice(-8);
    if (recent.some((other) => Math.abs(other.left - segment.left) < near && Math.abs(other.y - segment.y) < near))
      return false;
    same.push(segment);
    return true;
  });
}

const textLength = (segments: readonly Segment[]): number =>
  segments.reduce((length, segment) => length + segment.text.length, 0);
