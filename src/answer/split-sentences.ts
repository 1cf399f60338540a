import type { Span } from '../domain/span.ts';
import { endsInAbbreviation } from './abbreviations.ts';

export type SentenceKind = 'sentence' | 'heading' | 'list-item' | 'table-row' | 'record' | 'code';

/** A sentence, or the part of a structured text that stands for one. Without list marks, heading marks and borders. */
export type Sentence = {
  readonly span: Span;
  readonly kind: SentenceKind;
  /** Number of the paragraph, list item, table or code block that it is in, from 0. */
  readonly block: number;
};

export type SplitOptions = {
  /** 'prose' reads Markdown structure; 'lines' takes each line as a record (CSV); 'code' takes runs of lines. */
  readonly layout?: 'prose' | 'lines' | 'code';
};

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** A sentence longer than this is cut at a clause: no quote should fill the screen. */
const MAX_SENTENCE_LENGTH = 420;

const FENCE = /^\s{0,3}(```|~~~)/;
const HEADING = /^\s{0,3}#{1,6}\s+(?=\S)/;
const UNDERLINE = /^\s{0,3}(=+|-{2,})\s*$/;
const RULE = /^\s*([-*_=~])(\s*\1){2,}\s*$/;
const LIST_MARK =
  /^\s*(?:>\s*)*(?:[-*+•‣◦▪·–]|\d{1,3}[.)]|\(?(?:\d{1,3}|[a-zA-Z])\))(?:\s+|(?=\p{Script=Han}))(?:\[[ xX]\]\s+)?/u;
const TABLE_ROW = /^\s*\|.*\|\s*$/;
const QUOTE_MARK = /^\s{0,3}(?:>\s?)+/;
const KEY_VALUE = /^[\p{Lu}\p{Lo}][^\n.!?:;]{0,40}:\s+\S/u;

/**
 * Splits a text into sentences in order. Spans never overlap, are trimmed and never part a surrogate pair. Hard-wrapped
 * lines are one sentence; list items, table rows, headings and lines of code stand alone. Never throws; linear in the
 * length of the text but for the segmenter.
 */
export function splitSentences(text: string, options: SplitOptions = {}): Sentence[] {
  const builder = new SentenceBuilder(text);
  if (options.layout === 'lines') for (const line of linesOf(text)) builder.add(line, 'record');
  else if (options.layout === 'code') addCode(builder, text, { start: 0, end: text.length });
  else addProse(builder, text);
  return builder.sentences;
}

class SentenceBuilder {
  readonly sentences: Sentence[] = [];
  private block = 0;

  constructor(readonly text: string) {}

  /** One block that is one unit, cut only when it is too long. */
  add(span: Span, kind: SentenceKind): void {
    for (const part of cutLong(this.text, trimSpan(this.text, span))) {
      if (part.end > part.start) this.sentences.push({ span: part, kind, block: this.block });
    }
    this.block++;
  }

  /** One block that is running text. */
  addRunning(span: Span, kind: SentenceKind): void {
    for (const sentence of segmentRunning(this.text, span)) {
      for (const part of cutLong(this.text, sentence)) this.sentences.push({ span: part, kind, block: this.block });
    }
    this.block++;
  }
}

function addProse(builder: SentenceBuilder, text: string): void {
  let open: { span: Span; kind: 'sentence' | 'list-item' } | null = null;
  let codeStart = -1;
  const close = () => {
    if (open) builder.addRunning(open.span, open.kind);
    open = null;
  };
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (FENCE.test(content)) {
      close();
      if (codeStart >= 0) addCode(builder, text, { start: codeStart, end: line.start });
      codeStart = codeStart >= 0 ? -1 : line.end;
      continue;
    }
    if (codeStart >= 0) continue;
    const paragraph = open as { span: Span; kind: 'sentence' | 'list-item' } | null;
    if (content.trim() === '') {
      close();
    } else if (HEADING.test(content)) {
      close();
      builder.add(from(line, HEADING.exec(content)), 'heading');
    } else if (
      UNDERLINE.test(content) &&
      paragraph?.kind === 'sentence' &&
      !text.slice(paragraph.span.start, paragraph.span.end).includes('\n')
    ) {
      builder.add(paragraph.span, 'heading');
      open = null;
    } else if (RULE.test(content) || isTableBorder(content)) {
      close();
    } else if (TABLE_ROW.test(content)) {
      close();
      builder.add(line, 'table-row');
    } else if (LIST_MARK.test(content)) {
      close();
      open = { span: from(line, LIST_MARK.exec(content)), kind: 'list-item' };
    } else if (paragraph && continues(text, paragraph.span, line)) {
      open = { ...paragraph, span: { start: paragraph.span.start, end: line.end } };
    } else {
      close();
      open = { span: from(line, QUOTE_MARK.exec(content)), kind: 'sentence' };
    }
  }
  close();
  if (codeStart >= 0) addCode(builder, text, { start: codeStart, end: text.length });
}

const from = (line: Span, mark: RegExpExecArray | null): Span => ({
  start: line.start + (mark?.[0].length ?? 0),
  end: line.end,
});

const isTableBorder = (line: string): boolean => line.includes('--') && /^[\s|:+=-]+$/.test(line);

/** Whether a line goes on with the paragraph above it, as in hard-wrapped text, or stands alone, as in an address. */
function continues(text: string, paragraph: Span, line: Span): boolean {
  const lastStart = Math.max(paragraph.start, text.lastIndexOf('\n', paragraph.end - 1) + 1);
  const last = text.slice(lastStart, paragraph.end).trimEnd();
  const next = text.slice(line.start, Math.min(line.end, line.start + 80)).trimStart();
  if (KEY_VALUE.test(next) && (KEY_VALUE.test(last.trimStart()) || last.length < 60)) return false;
  if (/^[\p{Ll},;)\]]/u.test(next) || /[,;\-–(]$/.test(last)) return true;
  // Wrapped prose fills its lines; a short line before a capital is a line of its own.
  return last.length >= 45 || !/^[\p{Lu}\p{Lo}\p{Nd}]/u.test(next) || /[.!?]$/.test(last);
}

/** Runs of lines between empty ones, up to the longest sentence, without lines that only close something at their end. */
function addCode(builder: SentenceBuilder, text: string, span: Span): void {
  let run = null as Span | null;
  for (const line of linesOf(text, span)) {
    const content = text.slice(line.start, line.end);
    const empty = content.trim() === '';
    if (run && (empty || line.end - run.start > MAX_SENTENCE_LENGTH)) {
      builder.add(run, 'code');
      run = null;
    }
    if (!empty) {
      const says = /[\p{L}\p{N}]/u.test(content);
      run = { start: run?.start ?? line.start, end: says ? line.end : (run?.end ?? line.start) };
    }
  }
  if (run) builder.add(run, 'code');
}

function* linesOf(text: string, span: Span = { start: 0, end: text.length }): Generator<Span> {
  for (let start = span.start; start < span.end; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 || newline > span.end ? span.end : newline;
    yield { start, end };
    start = end + 1;
  }
}

function segmentRunning(text: string, span: Span): Span[] {
  // The segmenter ends a sentence at every line end; one space for one line end keeps the positions.
  const flat = text.slice(span.start, span.end).replace(/\n/g, ' ');
  const sentences: Span[] = [];
  let start = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(flat)) {
    if (end > start && !joins(flat, start, index)) {
      sentences.push({ start, end });
      start = index;
    }
    end = index + segment.length;
  }
  if (end > start) sentences.push({ start, end });
  return withClosingMarks(sentences, flat)
    .map((sentence) => trimSpan(text, { start: span.start + sentence.start, end: span.start + sentence.end }))
    .filter((sentence) => sentence.end > sentence.start);
}

/** Emphasis that ends behind a full stop (`*A larger database.* Rejected.`) closes with the sentence that it is of. */
function withClosingMarks(sentences: readonly Span[], flat: string): Span[] {
  const moved = sentences.map((sentence) => ({ ...sentence }));
  for (let at = 1; at < moved.length; at++) {
    const marks = /^[*_]{1,3}(?=\s)/.exec(flat.slice(moved[at]!.start, moved[at]!.start + 4))?.[0].length ?? 0;
    moved[at - 1]!.end += marks;
    moved[at]!.start += marks;
  }
  return moved;
}

/** Whether what the segmenter took for a border is none: an abbreviation, an initial, an ordinal, a lower-case start. */
function joins(flat: string, start: number, border: number): boolean {
  const before = flat.slice(Math.max(start, border - 40), border).trimEnd();
  const after = flat.slice(border, border + 24).trimStart();
  if (after === '' || /^[)\]”’»"']+[.!?]?\s*$/.test(after)) return true;
  if (/^\p{Ll}/u.test(after) && /[.!?…]$/.test(before)) return true;
  return before.endsWith('.') && endsInAbbreviation(before, after);
}

/** Parts of at most MAX_SENTENCE_LENGTH, cut after the last clause or word that fits. */
function cutLong(text: string, span: Span): Span[] {
  const parts: Span[] = [];
  let { start } = span;
  while (span.end - start > MAX_SENTENCE_LENGTH) {
    const window = text.slice(start, start + MAX_SENTENCE_LENGTH);
    const least = MAX_SENTENCE_LENGTH / 3;
    const clause = Math.max(
      window.lastIndexOf('; '),
      window.lastIndexOf('；'),
      window.lastIndexOf('\n'),
      window.lastIndexOf(' — '),
    );
    const word = Math.max(window.lastIndexOf(' '), window.lastIndexOf('，'), window.lastIndexOf('、'));
    let cut = clause > least ? clause + 1 : word > least ? word + 1 : MAX_SENTENCE_LENGTH;
    if (isHighSurrogate(text.charCodeAt(start + cut - 1))) cut--;
    parts.push(trimSpan(text, { start, end: start + cut }));
    start += cut;
  }
  parts.push(trimSpan(text, { start, end: span.end }));
  return parts.filter((part) => part.end > part.start);
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

function trimSpan(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return { start, end };
}
