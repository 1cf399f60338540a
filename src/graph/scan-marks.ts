import type { Occurrence } from './occurrence.ts';

const MAX_ADDRESS_LENGTH = 300;
const MAX_LABEL_LENGTH = 120;
const MAX_CODE_LENGTH = 80;

const addressEnd = /[\s<>"'`()[\]{}|\\^]/g;
const trailing = /[.,;:!?*_]+$/;
const mailbox = /[A-Za-z0-9._%+-]{1,64}$/;
const mailHost = /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}(?![A-Za-z0-9-])/;
const fileName = /^(?:[\w.~-]+\/)*[\w~-][\w.~-]*\.[A-Za-z][A-Za-z0-9]{0,4}$/;
const codeName = /^[$@A-Za-z_][\w$]*(?:(?:\.|::|->|#|\/)[\w$]+)*(?:\(\))?$/;

/** Addresses, links, and what stands between code marks: found by their marks, in order of their start. */
export function scanMarks(text: string): Occurrence[] {
  const found: Occurrence[] = [];
  scanUrls(text, found);
  scanMail(text, found);
  scanWikiLinks(text, found);
  scanMarkdownLinks(text, found);
  scanCodeSpans(text, found);
  scanBold(text, found);
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

function scanUrls(text: string, found: Occurrence[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = /https?$/i.exec(text.slice(Math.max(0, at - 5), at))?.[0];
    if (!scheme) continue;
    const start = at - scheme.length;
    const rest = text.slice(at + 3, at + 3 + MAX_ADDRESS_LENGTH);
    addressEnd.lastIndex = 0;
    const address = rest.slice(0, addressEnd.exec(rest)?.index ?? rest.length).replace(trailing, '');
    if (address.length < 3) continue;
    const name = address.replace(/^www\.|#.*$/g, '').replace(/\/$/, '');
    found.push({ start, end: at + 3 + address.length, kind: 'url', name });
  }
}

function scanMail(text: string, found: Occurrence[]): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const host = mailHost.exec(text.slice(at + 1, at + 256))?.[0];
    const box = mailbox.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    if (host && box) found.push({ start: at - box.length, end: at + 1 + host.length, kind: 'email' });
    else if (!box && /^[A-Za-z]\w{2,38}\b/.test(text.slice(at + 1, at + 41))) {
      const length = /^\w+/.exec(text.slice(at + 1, at + 41))?.[0].length ?? 0;
      found.push({ start: at, end: at + 1 + length, kind: 'tag' });
    }
  }
}

function scanWikiLinks(text: string, found: Occurrence[]): void {
  for (let at = text.indexOf('[['); at >= 0; at = text.indexOf('[[', at + 2)) {
    const length = text.slice(at, at + MAX_LABEL_LENGTH).indexOf(']]');
    if (length < 0) continue;
    const end = at + length;
    const inner = text.slice(at + 2, end);
    const target = inner.replace(/[|#^].*$/s, '');
    if (!target.trim() || target.includes('\n')) continue;
    found.push({ start: at + 2, end: at + 2 + target.length, kind: 'document', name: linkName(target), isLink: true });
  }
}

function scanMarkdownLinks(text: string, found: Occurrence[]): void {
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', at + 2)) {
    const rest = text.slice(at + 2, at + 2 + MAX_ADDRESS_LENGTH);
    const target = /^<?([^\s)<>]+)/.exec(rest)?.[1];
    if (!target || target.startsWith('](') || /^[a-z][a-z0-9+.-]*:|^#|^\/\//i.test(target)) continue;
    const start = at + 2 + rest.indexOf(target);
    const name = linkName(target);
    if (name) found.push({ start, end: start + target.length, kind: 'document', name, isLink: true });
  }
}

/** The name that a document of this path goes by: the last part, without its extension. */
export function linkName(target: string): string {
  const path = target.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const last = path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\.[A-Za-z][A-Za-z0-9]{0,4}$/, '');
  try {
    return decodeURIComponent(last);
  } catch {
    // A lone percent sign is no escape; the name stands as it is.
    return last;
  }
}

function scanCodeSpans(text: string, found: Occurrence[]): void {
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at + 1)) {
    const end = text.indexOf('`', at + 1);
    if (end < 0) return;
    const inner = text.slice(at + 1, Math.min(end, at + 1 + MAX_CODE_LENGTH + 1));
    if (inner.length > 1 && inner.length <= MAX_CODE_LENGTH && !inner.includes('\n')) {
      const kind = fileName.test(inner) ? 'file' : codeName.test(inner) ? 'symbol' : null;
      if (kind) found.push({ start: at + 1, end, kind, name: inner.replace(/\(\)$/, '') });
      at = end;
    } else if (end === at + 1) at = end;
  }
}

function scanBold(text: string, found: Occurrence[]): void {
  for (let at = text.indexOf('**'); at >= 0; at = text.indexOf('**', at + 2)) {
    const end = text.indexOf('**', at + 2);
    if (end < 0) return;
    const inner = text.slice(at + 2, Math.min(end, at + 2 + MAX_CODE_LENGTH));
    if (end - at - 2 >= 3 && end - at - 2 <= 60 && /^[\p{L}\p{N}][^\n*:]*[\p{L}\p{N}):]$/u.test(inner)) {
      found.push({ start: at + 2, end: inner.endsWith(':') ? end - 1 : end, kind: 'concept' });
      at = end;
    }
  }
}
