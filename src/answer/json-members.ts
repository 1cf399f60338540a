import type { Span } from '../domain/span.ts';

/** A name with a value that holds no further names: a string, a number, true, false, null, or a list of them. */
export type JsonMember = {
  /** From the quote before the name to the end of the value. */
  readonly span: Span;
  readonly name: string;
  readonly value: string;
  /** Names of the objects around it, outermost first; only those that the text itself shows. */
  readonly path: readonly string[];
  /** The same number for members of one object. */
  readonly record: number;
};

const NAME = /"((?:[^"\\\n]|\\.){0,200})"[ \t]{0,20}:\s{0,200}/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const SCALAR = /-?\d[\d.eE+-]{0,40}|true|false|null/y;
/** A text that was cut within a string begins with the rest of it. */
const REST_OF_STRING = /^[^"\n]*"(?=\s*[,}\]])/;

/**
 * The members of JSON or of a part of it, in order. What is cut off, or no JSON at all, is passed over. Never throws;
 * linear in the length of the text.
 */
export function jsonMembers(text: string): JsonMember[] {
  const members: JsonMember[] = [];
  const open: { readonly name: string | null; readonly record: number }[] = [{ name: null, record: 0 }];
  let records = 1;
  let at = REST_OF_STRING.exec(text)?.[0].length ?? 0;
  let name: { readonly text: string; readonly start: number } | null = null;
  const read = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const character = text[at];
    if (character === '"' && name === null) {
      NAME.lastIndex = at;
      const found = NAME.exec(text);
      if (found) name = { text: unescaped(found[1] ?? ''), start: at };
      at += (found?.[0] ?? read(STRING))?.length ?? 1;
      continue;
    }
    const value = name === null ? null : readValue(text, at, read);
    if (name !== null && value !== null) {
      const path = open.flatMap((each) => (each.name === null ? [] : [each.name]));
      const record = open.at(-1)?.record ?? 0;
      members.push({ span: { start: name.start, end: value.end }, name: name.text, value: value.text, path, record });
      at = value.end;
    } else {
      if (character === '{' || character === '[') open.push({ name: name?.text ?? null, record: records++ });
      else if ((character === '}' || character === ']') && open.length > 1) open.pop();
      at++;
    }
    name = null;
  }
  return members;
}

type Value = { readonly text: string; readonly end: number };

function readValue(text: string, at: number, read: (pattern: RegExp) => string | null): Value | null {
  const string = read(STRING);
  if (string !== null) return { text: unescaped(string.slice(1, -1)), end: at + string.length };
  const scalar = read(SCALAR);
  if (scalar !== null) return { text: scalar, end: at + scalar.length };
  return text[at] === '[' ? readList(text, at) : null;
}

/** A list of plain values, as one text; null when it holds lists or objects, or does not end. */
function readList(text: string, start: number): Value | null {
  const values: string[] = [];
  for (let at = start + 1; at < text.length; ) {
    const character = text[at]!;
    if (character === ']') return values.length === 0 ? null : { text: values.join(', '), end: at + 1 };
    if (character === '[' || character === '{') return null;
    const pattern = character === '"' ? STRING : SCALAR;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found) values.push(character === '"' ? unescaped(found.slice(1, -1)) : found);
    at += found?.length ?? 1;
  }
  return null;
}

function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return String(JSON.parse(`"${raw.replace(/[\u0000-\u001f]/g, ' ')}"`));
  } catch {
    // Not an escape that JSON knows: shown as it stands.
    return raw;
  }
}
