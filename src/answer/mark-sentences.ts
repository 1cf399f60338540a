import type { CheckLabel, CheckReason, SentenceCheck } from '../domain/answer.ts';
import type { Span } from '../domain/span.ts';
import type { SentenceJudge } from './check/create-sentence-judge.ts';
import { isClaim } from './check/is-claim.ts';
import type { EditedText } from './edited-text.ts';
import type { Quotation } from './find-quotations.ts';
import { parseCitations } from './parse-citations.ts';
import { type Sentence, splitSentences } from './split-sentences.ts';
import { isTableHeader } from './table-header.ts';
import { withoutCitations } from './without-citations.ts';

/** So much of the next sentence must have come before one is known to have ended: "approx." may go on. */
const LOOKAHEAD = 24;
/** The start of a line may yet turn out to be a line of its own: "Role: engineer". */
const LABEL_LENGTH = 44;
/** Where a sentence may have ended, in scripts without spaces too; and so often in text that has neither. */
const BREAK = /[\s。！？，、；：」』）]/;
const MAX_UNBROKEN = 512;
const LONG_STEP = 128;
const FENCE = /^\s{0,3}(?:```|~~~)/gm;
/** A citation, or the start of one. */
const OPEN_BRACKET = /[[【［][^\]】］\n]{0,60}[\]】］]?$/;
/** Where a mark is put: behind the citations of a sentence. */
const MAX_MARK_LENGTH = 60;

export type SentenceScanOptions = {
  readonly judge: SentenceJudge;
  /** How many passages may be cited. */
  readonly passages: number;
  /** What no passage has of what the answer quotes, spans in the text as it came. */
  readonly invented: () => readonly Quotation[];
};

type Judged = {
  readonly span: Span;
  readonly label: CheckLabel;
  readonly markers: readonly number[];
  readonly reasons: readonly CheckReason[];
};

/**
 * Judges every sentence of a text that comes in as soon as the sentence and its citations have come, and puts a mark
 * behind those that the passages do not say. Citations of passages that there are not are taken out.
 */
export function createSentenceScan(text: EditedText, { judge, passages, invented }: SentenceScanOptions) {
  /** Where the first sentence that is not judged yet begins, or the line that it is the first of. */
  let from = 0;
  let bracketsSeen = 0;
  let scanned = 0;
  const judged: Judged[] = [];

  const settle = (to: number, growing: boolean): void => {
    const window = text.raw.slice(from, to);
    const plain = withoutCitations(window);
    const sentences = splitSentences(plain);
    if (growing && isInFence(window)) {
      settleBefore(window, plain, sentences);
      return;
    }
    const ended = sentences.filter((_, at) => !growing || hasEnded(window, sentences, at));
    for (const sentence of ended) judgeOne(sentence, window, plain, sentences);
    const next = sentences[ended.length];
    if (next) from += startOf(window, next);
    else if (ended.length > 0) from += Math.min(window.length, endOf(window, sentences, ended.length - 1));
  };

  /** Sentences above a block of code that is still open. */
  const settleBefore = (window: string, plain: string, sentences: readonly Sentence[]): void => {
    const fence = [...window.matchAll(FENCE)].at(-1)!.index;
    const above = sentences.filter(({ span }) => span.end <= fence);
    for (const sentence of above) judgeOne(sentence, window, plain, sentences);
    if (above.length > 0) from += fence;
  };

  const judgeOne = (sentence: Sentence, window: string, plain: string, sentences: readonly Sentence[]): void => {
    const { start, end } = sentence.span;
    const at = sentences.indexOf(sentence);
    const regionEnd = sentences[at + 1]?.span.start ?? window.length;
    const own = plain.slice(start, end);
    if (!isClaim(own, sentence.kind) || isTableHeader(window, sentence)) return;
    const marks = parseCitations(window.slice(at === 0 ? 0 : start, regionEnd));
    const markers = [...new Set(marks.flatMap((mark) => mark.markers))].filter(
      (marker) => marker <= passages && marker > 0,
    );
    const found = judge({ text: own, kind: sentence.kind, markers });
    const span = { start: from + start, end: from + end };
    const quoted = invented().find((each) => each.span.start < span.end && each.span.end > span.start);
    const label = quoted && found.label !== 'contradicted' ? 'unsupported' : found.label;
    const reasons = quoted ? [{ kind: 'overlap' as const, what: quoted.text }, ...found.reasons] : found.reasons;
    judged.push({ span, label, markers, reasons });
    // What is marked as a quotation needs no second mark; code is no place for one.
    if (!isFailure(found.label) || sentence.kind === 'code') return;
    if (quoted && found.label === 'unsupported') return;
    const place = from + placeOfMark(window, sentence, regionEnd);
    text.edit({ start: place, end: place, text: markOf(found.label, found.reasons) });
  };

  const dropUnknown = (growing: boolean): void => {
    const base = Math.min(from, bracketsSeen);
    for (const { markers, span } of parseCitations(text.raw.slice(base))) {
      const start = base + span.start;
      const end = base + span.end;
      if (end <= bracketsSeen || (growing && end === text.raw.length)) continue;
      bracketsSeen = end;
      const known = markers.filter((marker) => marker >= 1 && marker <= passages);
      if (known.length === markers.length || start < text.passed) continue;
      const before = /\s*$/.exec(text.raw.slice(Math.max(text.passed, start - 8), start))![0].length;
      if (known.length > 0) text.edit({ start, end, text: `[${known.join(', ')}]` });
      else text.edit({ start: start - before, end, text: '' });
    }
  };

  return {
    /** Up to where the text may be shown. */
    scan(growing: boolean): number {
      const { raw } = text;
      dropUnknown(growing);
      // At set places only, so that it does not matter how the text was cut.
      for (let at = scanned; at < raw.length; at++) {
        const isLong = at - from >= MAX_UNBROKEN && (at - from) % LONG_STEP === 0;
        if (BREAK.test(raw[at]!) || isLong) settle(at + 1, true);
      }
      scanned = raw.length;
      if (growing) return safeEnd();
      settle(raw.length, false);
      return raw.length;
    },
    /** Spans are of the text as shown; to be called when all of it was. */
    checks(): SentenceCheck[] {
      return judged.map((each, at): SentenceCheck => {
        const next = judged[at + 1];
        const runsOn = next && !text.raw.slice(each.span.end, next.span.start).includes('\n');
        const citations = each.markers.length > 0 || !runsOn ? each.markers : next.markers;
        return { span: text.shownSpan(each.span), label: each.label, citations, reasons: each.reasons };
      });
    },
  };

  function safeEnd(): number {
    const window = text.raw.slice(from);
    if (!isInFence(window)) return from + heldFrom(window, splitSentences(withoutCitations(window)));
    const above = window.slice(0, [...window.matchAll(FENCE)].at(-1)!.index).trimEnd();
    return from + (above === '' ? window.length : above.length);
  }
}

export const isFailure = (label: CheckLabel): boolean => label === 'unsupported' || label === 'contradicted';

const isInFence = (window: string): boolean => [...window.matchAll(FENCE)].length % 2 === 1;

/** Whether nothing that may still come belongs to a sentence. */
function hasEnded(window: string, sentences: readonly Sentence[], at: number): boolean {
  const { span, kind } = sentences[at]!;
  const rest = window.slice(span.end);
  if (/^[^\S\n]*(?:[[【［][^\]\n]*[\]】］][.。]?[^\S\n]*)*\n[ \t]*\n/.test(rest)) return true;
  // Whether a row names the columns is said by the line below it.
  if (kind === 'table-row') return /^[^\n]*\n[^\n]*\n/.test(rest);
  const next = sentences[at + 1];
  if (!next) return false;
  if (next.kind === 'list-item' && /\n[^\n]*$/.test(window.slice(span.end, next.span.start))) return true;
  const come = window.slice(next.span.start);
  return (
    come.length >= LABEL_LENGTH ||
    come.includes('\n') ||
    (come.length >= LOOKAHEAD && !window.slice(span.end, next.span.start).includes('\n'))
  );
}

/** From where on text is held back, because a mark may come before it. None of the sentences is judged yet. */
function heldFrom(window: string, sentences: readonly Sentence[]): number {
  const bracket = OPEN_BRACKET.exec(window);
  let safe = window.slice(0, bracket?.index ?? window.length).trimEnd().length;
  const [first, second] = sentences;
  if (first?.kind === 'table-row') return Math.min(safe, lineStart(window, first.span.start));
  if (first && second) safe = Math.min(safe, endOf(window, sentences, 0));
  // A line of a table is shown when it is whole: its mark goes into its last cell.
  const line = window.lastIndexOf('\n') + 1;
  const current = window.slice(line);
  if (/^\s*\|/.test(current)) return Math.min(safe, window.slice(0, line).trimEnd().length);
  const isClear =
    line === 0 ||
    /^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S|^#{1,6}\s/.test(current) ||
    /\n[ \t]*\n$/.test(window.slice(0, line));
  if (!isClear && current.length < LABEL_LENGTH) safe = Math.min(safe, window.slice(0, line).trimEnd().length);
  return safe;
}

/** The end of a sentence with its citations. */
const endOf = (window: string, sentences: readonly Sentence[], at: number): number => {
  const { span } = sentences[at]!;
  const next = sentences[at + 1]?.span.start ?? window.length;
  return placeOfMark(window, { span, kind: 'sentence' }, next);
};

function placeOfMark(window: string, { span, kind }: Pick<Sentence, 'span' | 'kind'>, regionEnd: number): number {
  if (kind === 'table-row') {
    const bar = window.lastIndexOf('|', span.end);
    return window.slice(0, bar).trimEnd().length;
  }
  const behind = /^(?:[^\S\n]*(?:[[【［][^\]】］\n]{0,60}[\]】］]|[.。!?！？)\]”’»"*_]+))*/.exec(
    window.slice(span.end, regionEnd),
  )![0];
  return Math.max(span.end, span.end + behind.trimEnd().length);
}

/** Where to read on for a sentence: code from its fence on. */
const startOf = (window: string, { span, kind }: Sentence): number =>
  kind === 'code'
    ? ([...window.slice(0, span.start).matchAll(FENCE)].at(-1)?.index ?? span.start)
    : lineStart(window, span.start);

/** The start of the line, where nothing but a list mark stands before a sentence on it; else the sentence's own start. */
function lineStart(window: string, at: number): number {
  const line = window.lastIndexOf('\n', at - 1) + 1;
  return /^[\s>|]*(?:[-*+•]|\d{1,3}[.)])?\s*$/.test(window.slice(line, at)) ? line : at;
}

function markOf(label: CheckLabel, reasons: readonly CheckReason[]): string {
  const reason = reasons.find(({ instead }) => instead !== undefined) ?? reasons.find(({ kind }) => kind !== 'overlap');
  if (label === 'contradicted' && reason?.instead) return ` [contradicted: passage says ${plain(reason.instead)}]`;
  return reason ? ` [${label}: ${plain(reason.what)}]` : ` [${label}]`;
}

/** Without what Markdown or a terminal would take for a mark. */
const plain = (text: string): string =>
  text
    .replace(/[[\](){}*_`|<>\s]+/g, ' ')
    .trim()
    .slice(0, MAX_MARK_LENGTH)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[.,;:]+$/, '');
