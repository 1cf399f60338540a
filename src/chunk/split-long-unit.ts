import type { Span } from '../domain/span.ts';
import { tokenCost } from './estimate-tokens.ts';
import { isSafeBoundary, isWhiteSpace, splitsPair, trimSpan } from './text-boundaries.ts';

export type SplitLimits = {
  /** What a part should cost. */
  readonly aim: number;
  readonly max: number;
  /** What the first part may cost, where something stands before it in its chunk. */
  readonly firstMax: number;
  /** Whether lines mean more than sentences, as in code and tables. */
  readonly byLine: boolean;
};

/**
 * Parts of a span, each within the limits, cut where it hurts least: at a blank line, a sentence or a line, a word, and
 * only then anywhere that is no part of a character. One pass, about 1.5 times the span is read.
 */
export function splitLongUnit(text: string, span: Span, limits: SplitLimits): Span[] {
  const parts: Span[] = [];
  let start = span.start;
  // Equal parts, so that no crumb is left at the end.
  const total = tokenCost(text, span.start, span.end);
  const aim = total / Math.max(1, Math.ceil(total / limits.aim));
  while (start < span.end) {
    const max = parts.length === 0 ? limits.firstMax : limits.max;
    const end = bestCut(text, start, span.end, { aim: Math.min(aim, max), max, byLine: limits.byLine });
    const part = trimSpan(text, start, end);
    if (part) parts.push(part);
    start = end;
  }
  return parts;
}

type CutLimits = { readonly aim: number; readonly max: number; readonly byLine: boolean };

/** A cut is looked for where a part costs from half the aim to one and a half times it. */
function bestCut(text: string, start: number, end: number, { aim, max, byLine }: CutLimits): number {
  const least = aim / 2;
  const most = Math.min(max, aim * 1.5);
  let cost = 0;
  let position = start;
  let best = { end: start, weight: -1, distance: 0 };
  while (position < end) {
    const step = nextStep(text, position, end);
    const stepCost = tokenCost(text, position, step.end);
    if (cost + stepCost > most) break;
    cost += stepCost;
    position = step.end;
    const weight = step.boundary === Boundary.Line && byLine ? Boundary.Sentence + 0.5 : step.boundary;
    const distance = Math.abs(cost - aim);
    const better = weight > best.weight || (weight === best.weight && distance <= best.distance);
    if (cost >= least && better) best = { end: position, weight, distance };
  }
  if (position >= end) return end;
  if (best.end > start) return best.end;
  return position > start ? position : hardCut(text, start, nextStep(text, start, end).end, max);
}

/** Halve a step that is too dear by itself, at the end of a character where that is possible. */
function hardCut(text: string, start: number, end: number, most: number): number {
  let cut = end;
  while (cut > start + 1 && tokenCost(text, start, cut) > most) {
    const middle = start + Math.ceil((cut - start) / 2);
    let safe = middle === cut ? middle - 1 : middle;
    while (safe > start && !isSafeBoundary(text, safe)) safe--;
    const whole = splitsPair(text, middle) ? middle - 1 : middle;
    const next = safe > start ? safe : whole;
    if (next >= cut || next <= start) break;
    cut = next;
  }
  return cut;
}

/** What a place to cut is worth. */
const Boundary = { Character: 0, Word: 1, Line: 2, Sentence: 3, Paragraph: 5 } as const;

/** Without a white space for so long, a text is cut between characters. */
const MAX_STEP_LENGTH = 32;

/** How many marks and joiners may follow one character; UAX #15 (stream-safe text) allows 30. */
const MAX_MARKS = 32;

/** The next word with the white space after it, or the next ideograph, or the next few characters of neither. */
function nextStep(text: string, start: number, end: number): { end: number; boundary: number } {
  let position = start;
  while (position < end) {
    const code = text.charCodeAt(position);
    if (isWhiteSpace(code)) return whiteSpaceStep(text, position, end);
    position++;
    if (code < FIRST_IDEOGRAPH && position - start < MAX_STEP_LENGTH) continue;
    if (endsCharacter(text, position, start)) return { end: position, boundary: boundaryAfter(code) };
  }
  return { end, boundary: Boundary.Paragraph };
}

/** From here on, scripts are written without spaces; the halves of surrogate pairs may stand for such. */
const FIRST_IDEOGRAPH = 0x2e80;

function boundaryAfter(code: number): number {
  // 。！？ and the half-width stop
  if (code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0xff61) return Boundary.Sentence;
  // ，、；：
  if (code === 0xff0c || code === 0x3001 || code === 0xff1b || code === 0xff1a) return Boundary.Word;
  return Boundary.Character;
}

const endsCharacter = (text: string, position: number, start: number): boolean =>
  position - start > MAX_STEP_LENGTH + MAX_MARKS ? !splitsPair(text, position) : isSafeBoundary(text, position);

function whiteSpaceStep(text: string, start: number, end: number): { end: number; boundary: number } {
  let lines = 0;
  let position = start;
  for (; position < end && isWhiteSpace(text.charCodeAt(position)); position++) {
    if (text.charCodeAt(position) === 10) lines++;
  }
  if (lines > 1) return { end: position, boundary: Boundary.Paragraph };
  if (endsSentence(text, start, position)) {
    return { end: position, boundary: lines === 1 ? Boundary.Sentence + 0.5 : Boundary.Sentence };
  }
  return { end: position, boundary: lines === 1 ? Boundary.Line : Boundary.Word };
}

/** A stop, perhaps with closing quotes or brackets, after more than one letter, and no small letter after it. */
function endsSentence(text: string, whiteSpace: number, next: number): boolean {
  const after = text.charCodeAt(next);
  if (after >= 97 && after <= 122) return false;
  let position = whiteSpace - 1;
  for (let closing = 0; closing < 3 && `"')]”’»`.includes(text.charAt(position)); closing++) position--;
  const stop = text.charAt(position);
  if (stop === '!' || stop === '?' || stop === '…') return true;
  // "J. Smith" and "e.g. Smith" go on.
  return stop === '.' && !isWhiteSpace(text.charCodeAt(position - 2)) && text.charAt(position - 2) !== '.';
}
