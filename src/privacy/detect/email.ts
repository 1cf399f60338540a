import { anyOf, wordsNear } from '../text/words-near.ts';
import type { Detector, Finding } from '../types.ts';

/** RFC 5321: 64 octets before the sign, 255 after it. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

/** The sign, as it is written by programs and by people who hide it. */
const AT =
  /@|%40|&#0*64;|&#x0*40;|&commat;|[ \t]?[([{<][ \t]?(?:at|ät|arroba|chez|a)[ \t]?[)\]}>][ \t]?|[ \t](?:at|AT|arroba)[ \t](?=[\p{L}\p{N}-]{1,63}[ \t](?:dot|DOT|punto|point|punkt)[ \t])/giu;

const LOCAL = /[\p{L}\p{N}.!#$&'*+/=?^_`{|}~-]/u;
const LABEL = /[\p{L}\p{N}-]/u;
const DOT =
  /[ \t]?[([{<][ \t]?(?:dot|punto|point|punkt|\.)[ \t]?[)\]}>][ \t]?|[ \t](?:dot|punto|point|punkt)[ \t]|\.|%2e/iuy;

/** Ends of file names that follow an at sign: icon@2x.png. */
const FILE_ENDS =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|js|mjs|cjs|ts|tsx|jsx|css|scss|html?|json|map|wasm|pdf|zip|gz|tgz)$/i;
/** Signs of a scheme that logs in: git@host:path. */
const SERVICE = /^(?:git|svn|hg)$/i;

const words = anyOf('e-mail', 'email', 'mail', 'contact', 'kontakt', 'correo', 'courriel', 'write to', 'mailto');

/** Addresses of mail, also `name (at) example (dot) org`, percent-encoded, and broken by a line end after the sign. */
export const email: Detector = {
  kind: 'email',
  *detect(text): Generator<Finding> {
    let done = 0;
    for (const match of text.matchAll(AT)) {
      const sign = match[0];
      const start = localStart(text, match.index, done);
      if (start === match.index) continue;
      const local = text.slice(start, match.index);
      const domain = readDomain(text, match.index + sign.length, sign === '@');
      if (!domain || (SERVICE.test(local) && text[domain.end] === ':')) continue;
      const [bare, offset] = withoutWrapping(local);
      if (!isLocalPart(bare) || (sign.length === 1 && FILE_ENDS.test(domain.name) && /^\d/.test(domain.name))) continue;
      if (FILE_ENDS.test(domain.name)) continue;
      const span = { start: start + offset, end: domain.end };
      const isPlain = sign.length === 1 || sign.startsWith('%') || sign.startsWith('&');
      const near = domain.isBroken ? wordsNear(text, span, words) : 1;
      const confidence = isPlain && !domain.isBroken ? 0.95 : near > 0 ? 0.85 : 0.6;
      done = domain.end;
      yield { kind: 'email', rule: 'email', span, value: `${bare}@${domain.name}`.toLowerCase(), confidence };
    }
  },
};

/** Where what may be a local part begins, not before `from`. */
function localStart(text: string, end: number, from: number): number {
  let start = end;
  while (start > from && end - start < MAX_LOCAL && LOCAL.test(text[start - 1] as string)) start--;
  return start;
}

/** Quotes, braces and `key=` that stand before an address are no part of it. */
function withoutWrapping(local: string): [bare: string, offset: number] {
  const key = Math.max(local.lastIndexOf('='), local.lastIndexOf('?'), local.lastIndexOf('&'), local.lastIndexOf('/'));
  let offset = key + 1;
  while (offset < local.length && /[^\p{L}\p{N}_]/u.test(local[offset] as string)) offset++;
  return [local.slice(offset), offset];
}

const isLocalPart = (local: string): boolean =>
  local !== '' && !local.endsWith('.') && !local.includes('..') && /[\p{L}\p{N}]/u.test(local);

type Domain = { readonly name: string; readonly end: number; readonly isBroken: boolean };

/** Labels and dots from a place on; a line may end right after the sign or a dot. Null when it is no domain. */
function readDomain(text: string, from: number, mayBreak: boolean): Domain | null {
  const labels: string[] = [];
  let position = from;
  let end = from;
  let isBroken = false;
  const skipBreak = (): void => {
    if (!mayBreak || isBroken || text[position] !== '\n') return;
    const next = /^\n[ \t>]{0,8}/.exec(text.slice(position, position + 9)) as RegExpExecArray;
    if (!/[a-z0-9]/.test(text[position + next[0].length] ?? '')) return;
    position += next[0].length;
    isBroken = true;
  };
  skipBreak();
  while (position - from < MAX_DOMAIN) {
    const start = position;
    while (position < text.length && position - start < 63 && LABEL.test(text[position] as string)) position++;
    if (position === start) break;
    labels.push(text.slice(start, position));
    end = position;
    DOT.lastIndex = position;
    const dot = DOT.exec(text);
    if (!dot) break;
    position = DOT.lastIndex;
    if (dot[0] === '.') skipBreak();
  }
  // A sentence that goes on without a space after its full stop.
  while (labels.length > 2 && !isTopLevel(labels.at(-1) as string)) end -= (labels.pop() as string).length + 1;
  const last = labels.at(-1) ?? '';
  if (labels.length < 2 || !isTopLevel(last) || labels.some((label) => /^-|-$/.test(label))) return null;
  return { name: labels.join('.'), end, isBroken };
}

const isTopLevel = (label: string): boolean => /^(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})$/iu.test(label);
