import type { StructuredText } from '../structured-text.ts';
import { encodingOfCharset, encodingOfCodePage } from './code-pages.ts';
import { type Destination, destinationOf, symbols } from './destinations.ts';

export type RtfInfo = { title: string | null; author: string | null; modifiedAt: string | null };

/** What a group inherits and gives back when it ends. */
type State = {
  destination: Destination;
  font: number;
  /** Bytes that stand for one \u character for readers without Unicode. */
  fallbackBytes: number;
  hidden: boolean;
};

type Paragraph = { text: string; label: string; inTable: boolean; level: number | null; style: number };

/**
 * Read RTF from its bytes in one pass over control words, without recursion. Text bytes are decoded by the code page
 * of their font, so that two-byte encodings (Shift-JIS, GBK) survive.
 *
 * Source: Rich Text Format Specification 1.9.1.
 */
export async function readRtf(bytes: Uint8Array, out: StructuredText): Promise<{ info: RtfInfo }> {
  const { default: iconv } = await import('iconv-lite');
  const info: RtfInfo = { title: null, author: null, modifiedAt: null };
  const stack: State[] = [];
  const fonts = new Map<number, string>();
  const headingStyles = new Map<number, number>();
  let state: State = { destination: 'body', font: -1, fallbackBytes: 1, hidden: false };
  let defaultEncoding = 'windows-1252';
  let defaultFont = -1;
  let pending: number[] = [];
  let skipFallback = 0;
  let groupStart = false;
  let star = false;
  let collected = '';
  let styleNumber = 0;
  const date = { year: 0, month: 1, day: 1, hour: 0, minute: 0 };
  let paragraph: Paragraph = newParagraph();
  let cells: string[] = [];
  let rowsInTable = 0;
  const notes: string[] = [];

  const flush = (): void => {
    if (pending.length === 0) return;
    const encoding = fonts.get(state.font) ?? fonts.get(defaultFont) ?? defaultEncoding;
    const text = iconv.decode(Buffer.from(pending), iconv.encodingExists(encoding) ? encoding : 'windows-1252');
    pending = [];
    write(text);
  };
  const write = (text: string): void => {
    if (state.hidden && (state.destination === 'body' || state.destination === 'note')) return;
    switch (state.destination) {
      case 'body':
        paragraph.text += text;
        return;
      case 'label':
        paragraph.label += text;
        return;
      case 'note':
      case 'styles':
      case 'info-title':
      case 'info-author':
        collected += text;
        return;
    }
  };
  const endParagraph = (): void => {
    if (state.destination === 'note') {
      collected += '\n';
      return;
    }
    if (paragraph.inTable) {
      paragraph.text += ' ';
      return;
    }
    emit(paragraph);
    paragraph = { ...newParagraph(), inTable: paragraph.inTable, level: paragraph.level, style: paragraph.style };
  };
  const emit = ({ text, label, level, style }: Paragraph): void => {
    rowsInTable = 0;
    const heading = level ?? headingStyles.get(style) ?? null;
    const marker = label.trim();
    if (heading !== null) out.heading(heading, marker ? `${marker} ${text}` : text);
    else if (marker !== '') out.listItem(text, 0, /[\p{L}\p{N}]/u.test(marker) ? marker : '-');
    else out.paragraph(text);
  };
  const endCell = (): void => {
    cells.push(paragraph.text);
    paragraph.text = '';
    paragraph.label = '';
  };
  const endRow = (): void => {
    if (cells.length > 1) out.tableRow(cells, rowsInTable++ === 0);
    else for (const cell of cells) out.paragraph(cell);
    cells = [];
  };

  const control = (word: string, value: number | null): void => {
    if (groupStart) {
      groupStart = false;
      if (openDestination(word)) return;
    }
    switch (word) {
      case 'par':
      case 'sect':
      case 'page':
        flush();
        endParagraph();
        return;
      case 'pard':
        paragraph.inTable = false;
        paragraph.level = null;
        paragraph.style = 0;
        return;
      case 'intbl':
        paragraph.inTable = true;
        return;
      case 'cell':
      case 'nestcell':
        flush();
        endCell();
        return;
      case 'row':
        flush();
        endRow();
        return;
      case 'outlinelevel':
        if (state.destination === 'body') paragraph.level = value !== null && value < 9 ? value + 1 : null;
        else if (state.destination === 'styles' && value !== null && value < 9)
          headingStyles.set(styleNumber, value + 1);
        return;
      case 's':
        if (state.destination === 'styles') styleNumber = value ?? 0;
        else paragraph.style = value ?? 0;
        return;
      case 'v':
        flush();
        state.hidden = value !== 0;
        return;
      case 'plain':
        flush();
        state.hidden = false;
        state.font = defaultFont;
        return;
      case 'f':
        flush();
        state.font = value ?? 0;
        return;
      case 'fcharset': {
        const encoding = encodingOfCharset(value ?? 0);
        if (state.destination === 'fonts' && encoding) fonts.set(state.font, encoding);
        return;
      }
      case 'cpg': {
        const encoding = encodingOfCodePage(value ?? 0);
        if (state.destination === 'fonts' && encoding) fonts.set(state.font, encoding);
        return;
      }
      case 'deff':
        defaultFont = value ?? -1;
        state.font = defaultFont;
        return;
      case 'ansicpg':
        defaultEncoding = encodingOfCodePage(value ?? 1252) ?? defaultEncoding;
        return;
      case 'mac':
        defaultEncoding = 'macroman';
        return;
      case 'pc':
        defaultEncoding = 'cp437';
        return;
      case 'pca':
        defaultEncoding = 'cp850';
        return;
      case 'uc':
        state.fallbackBytes = Math.max(0, Math.min(value ?? 1, 16));
        return;
      case 'u':
        flush();
        if (value !== null) write(String.fromCharCode(value < 0 ? value + 65_536 : value));
        skipFallback = state.fallbackBytes;
        return;
      case 'yr':
        date.year = value ?? 0;
        return;
      case 'mo':
        date.month = value ?? 1;
        return;
      case 'dy':
        date.day = value ?? 1;
        return;
      case 'hr':
        date.hour = value ?? 0;
        return;
      case 'min':
        date.minute = value ?? 0;
        return;
    }
    const symbol = symbols[word];
    if (symbol !== undefined) {
      flush();
      write(symbol);
    }
  };

  /** Whether the first control word of a group opened a destination. */
  const openDestination = (word: string): boolean => {
    const starred = star;
    star = false;
    if (state.destination === 'skip') return false;
    const destination = destinationOf(word, starred);
    if (destination === null) return false;
    flush();
    state.destination = destination;
    if (destination !== 'label') collected = '';
    return true;
  };
  const closeGroup = (): void => {
    flush();
    const closed = state.destination;
    const outer = stack.pop();
    if (!outer) return;
    state = outer;
    if (closed === 'styles' && state.destination === 'styles') {
      const level = /^\s*heading (\d)/i.exec(collected)?.[1];
      if (level) headingStyles.set(styleNumber, Number(level));
      collected = '';
      styleNumber = 0;
    }
    if (closed === state.destination) return;
    if (closed === 'info-title') info.title = collected.trim() || null;
    else if (closed === 'info-author') info.author = collected.trim() || null;
    else if (closed === 'info-date') info.modifiedAt = isoOf(date);
    else if (closed === 'note' && collected.trim() !== '') {
      notes.push(collected.trim());
      write(`[^${notes.length}]`);
    }
  };

  const length = bytes.length;
  let at = 0;
  while (at < length) {
    const byte = bytes[at]!;
    if (byte === 0x7b) {
      flush();
      stack.push(state);
      state = { ...state };
      groupStart = true;
      star = false;
      skipFallback = 0;
      at++;
    } else if (byte === 0x7d) {
      skipFallback = 0;
      closeGroup();
      groupStart = false;
      at++;
    } else if (byte === 0x5c) {
      const next = bytes[at + 1] ?? 0;
      if (isLetter(next)) {
        let end = at + 1;
        while (end < length && end - at <= 32 && isLetter(bytes[end]!)) end++;
        const word = latin1(bytes, at + 1, end);
        let numberEnd = end;
        if (bytes[numberEnd] === 0x2d) numberEnd++;
        while (numberEnd < length && numberEnd - end <= 11 && isDigit(bytes[numberEnd]!)) numberEnd++;
        const hasNumber = isDigit(bytes[numberEnd - 1] ?? 0) && numberEnd > end;
        const value = hasNumber ? Number(latin1(bytes, end, numberEnd)) : null;
        at = hasNumber ? numberEnd : end;
        if (bytes[at] === 0x20) at++;
        if (word === 'bin') at += Math.max(0, value ?? 0);
        else control(word, value);
      } else if (next === 0x27) {
        groupStart = false;
        const code = Number.parseInt(latin1(bytes, at + 2, at + 4), 16);
        at += 4;
        if (skipFallback > 0) skipFallback--;
        else if (!Number.isNaN(code)) pending.push(code);
      } else {
        at += 2;
        if (next === 0x2a) star = true;
        else {
          groupStart = false;
          if (skipFallback > 0) skipFallback--;
          else if (next === 0x0a || next === 0x0d) control('par', null);
          else if (next === 0x7e) pending.push(0x20);
          else if (next === 0x5f) pending.push(0x2d);
          else if (next === 0x5c || next === 0x7b || next === 0x7d) pending.push(next);
        }
      }
    } else {
      at++;
      if (byte === 0x0a || byte === 0x0d || byte === 0) continue;
      groupStart = false;
      if (skipFallback > 0) skipFallback--;
      else if (state.destination !== 'skip') pending.push(byte);
    }
  }
  flush();
  if (cells.length > 0) endRow();
  if (paragraph.text.trim() !== '') emit(paragraph);
  notes.forEach((text, index) => {
    out.paragraph(`[^${index + 1}]: ${text}`);
  });
  return { info };
}

const newParagraph = (): Paragraph => ({ text: '', label: '', inTable: false, level: null, style: 0 });

const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

function isoOf({
  year,
  month,
  day,
  hour,
  minute,
}: {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}): string | null {
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute));
  return year >= 1970 && year < 2200 && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
}
