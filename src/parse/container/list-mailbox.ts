import { decodeWords } from 'postal-mime';
import { sha256Hex } from '../../platform/hash.ts';
import type { RandomAccess } from '../random-access.ts';
import type { MemberSink, Stretch } from './types.ts';

const WINDOW_BYTES = 8 * 1_048_576;
/** A "From " line with an address and a date. */
const LONGEST_FROM_LINE = 400;
const BYTES_OF_EMPTY_LINE = 3;
/** Headers of mails that went through many servers have some 10 KB; subject and id come before the end. */
const HEADER_BYTES = 32_768;
const LONGEST_SUBJECT = 60;

type MailboxPart = {
  readonly from: number;
  readonly scanBytes: number;
  /** False where a subject may hold what must not stand in a name. */
  readonly namesSubjects: boolean;
  readonly place: Stretch;
  readonly sink: MemberSink;
};

/**
 * Finds the messages of an mbox file from an offset on which a "From " line stands, and stops at the first one that
 * begins after `scanBytes`. A "From " line begins a message only after an empty line, and it ends with a year or a
 * zone (RFC 4155). A message is named for its subject and its id, so that it keeps its name when others come and go.
 * Returns where to go on, null at the end.
 */
export function listMailbox(
  mailbox: RandomAccess,
  { from, scanBytes, namesSubjects, place, sink }: MailboxPart,
): number | null {
  let message: FromLine | null = null;
  for (const line of fromLines(mailbox, from)) {
    if (message) put(message, line.at);
    if (line.at - from >= scanBytes) return line.at;
    message = line;
  }
  if (message) put(message, mailbox.length);
  return null;

  function put({ end: start }: FromLine, end: number): void {
    const head = mailbox.read(start, Math.min(HEADER_BYTES, end - start));
    const path = sink.admit(nameOf(head, namesSubjects));
    if (path === null) return;
    const length = end - start;
    sink.count(length);
    const content = {
      kind: 'member',
      file: place.file,
      start: place.start + start,
      length,
      isFromQuoted: true,
    } as const;
    sink.put({ path, size: length, mtimeMs: null, content });
  }
}

type FromLine = { readonly at: number; readonly end: number };

function* fromLines(mailbox: RandomAccess, from: number): Generator<FromLine> {
  const first = mailbox.read(from, LONGEST_FROM_LINE);
  if (isFromLine(first, 0)) yield { at: from, end: from + endOfLine(first, 0) };
  for (let base = from; base < mailbox.length; base += WINDOW_BYTES) {
    // What stands before a window tells whether the line before was empty, what stands after it ends its last line.
    const lead = Math.min(BYTES_OF_EMPTY_LINE, base - from);
    const window = mailbox.read(base - lead, lead + WINDOW_BYTES + LONGEST_FROM_LINE);
    let newline = window.indexOf('\nFrom ', lead);
    while (newline !== -1 && newline < lead + WINDOW_BYTES) {
      if (isAfterEmptyLine(window, newline) && isFromLine(window, newline + 1)) {
        yield { at: base - lead + newline + 1, end: base - lead + endOfLine(window, newline + 1) };
      }
      newline = window.indexOf('\nFrom ', newline + 1);
    }
  }
}

/** Whether the line that ends here is empty; at the very beginning there is nothing to say that it is not. */
function isAfterEmptyLine(window: Buffer, newline: number): boolean {
  const before = window[newline - 1];
  return before === undefined || before === 0x0a || (before === 0x0d && window[newline - 2] === 0x0a);
}

function isFromLine(window: Buffer, at: number): boolean {
  const line = window.toString('latin1', at, Math.min(window.length, at + LONGEST_FROM_LINE)).split('\n', 1)[0]!;
  return line.startsWith('From ') && /\d{4}\s*$/.test(line);
}

function endOfLine(window: Buffer, at: number): number {
  const end = window.indexOf(0x0a, at);
  return end === -1 ? window.length : end + 1;
}

/** `Re-Budget-for-June-1f0c22ab.eml` */
function nameOf(head: Buffer, namesSubject: boolean): string {
  const end = /\r?\n\r?\n/.exec(head.toString('latin1'))?.index ?? head.length;
  const headers = head.toString('utf8', 0, end).replace(/\r?\n[ \t]+/g, ' ');
  const id = /^message-id:\s*(\S.{0,900})$/im.exec(headers)?.[1]?.trim();
  if (!namesSubject) return `message-${sha256Hex(id ?? head).slice(0, 16)}.eml`;
  const subject = /^subject:\s*(.{1,900})$/im.exec(headers)?.[1] ?? '';
  const words =
    decodeWords(subject)
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const readable = words.join('-').slice(0, LONGEST_SUBJECT).replace(/-+$/, '');
  return `${readable || 'no-subject'}-${sha256Hex(id ?? head).slice(0, 8)}.eml`;
}
