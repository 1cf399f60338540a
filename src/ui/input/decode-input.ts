import { StringDecoder } from 'node:string_decoder';
import type { Input, KeyName } from './types.ts';

const ESCAPE = '\u001b';
const PASTE_START = `${ESCAPE}[200~`;
const PASTE_END = `${ESCAPE}[201~`;
/** Most of a paste that is kept, in UTF-16 units; what follows is dropped up to its end. */
const MAX_PASTE = 100_000;
/** No sequence of a key is longer; what is, was no key. */
const MAX_SEQUENCE = 32;

const FINAL: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  Z: 'tab',
};
const NUMBERED: Readonly<Record<string, KeyName>> = {
  1: 'home',
  3: 'delete',
  4: 'end',
  5: 'page-up',
  6: 'page-down',
  7: 'home',
  8: 'end',
};
const CODE: Readonly<Record<number, KeyName>> = { 9: 'tab', 13: 'enter', 27: 'escape', 127: 'backspace' };

/**
 * Bytes of a terminal as text, pastes and keys. A sequence may come in pieces, and several keys in one piece: a return
 * within typed text is Enter, never dropped. After a lone escape byte nobody can say whether more follows: `isPending` is
 * true, and `flush`, after a moment, makes it the key Esc.
 * Source: xterm's control sequences; modified keys in the forms of xterm and of the kitty protocol.
 */
export function createInputDecoder() {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  let paste: string | null = null;

  function push(bytes: Uint8Array | string): Input[] {
    pending += typeof bytes === 'string' ? bytes : decoder.write(bytes as Buffer);
    const inputs: Input[] = [];
    for (;;) {
      if (paste !== null) {
        const end = pending.indexOf(PASTE_END);
        if (end === -1) {
          // The end mark may have come in part.
          const sure = Math.max(0, pending.length - PASTE_END.length + 1);
          paste = (paste + pending.slice(0, sure)).slice(0, MAX_PASTE);
          pending = pending.slice(sure);
          return inputs;
        }
        inputs.push({ type: 'paste', text: pastedText((paste + pending.slice(0, end)).slice(0, MAX_PASTE)) });
        pending = pending.slice(end + PASTE_END.length);
        paste = null;
        continue;
      }
      if (pending === '') return inputs;
      const { length, input } = readOne(pending);
      if (length === 0) return inputs;
      if (pending.startsWith(PASTE_START)) paste = '';
      else if (input) inputs.push(input);
      pending = pending.slice(length);
    }
  }

  return {
    push,
    isPending: (): boolean => paste === null && pending !== '',
    flush(): Input[] {
      if (paste !== null || pending === '') return [];
      const rest = pending.slice(1);
      pending = '';
      return [{ type: 'key', key: 'escape' }, ...push(rest)];
    },
  };
}

type One = { readonly length: number; readonly input?: Input };

/** The first input of a text; length 0 when more has to come. */
function readOne(text: string): One {
  if (text.startsWith(ESCAPE)) return readEscape(text);
  const code = text.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return { length: 1, input: controlKey(code) };
  const run = /^[^\u0000-\u001f\u007f-\u009f]+/.exec(text);
  return run ? { length: run[0].length, input: { type: 'text', text: run[0] } } : { length: 1 };
}

function controlKey(code: number): Input | undefined {
  if (code === 13) return { type: 'key', key: 'enter' };
  if (code === 9) return { type: 'key', key: 'tab' };
  if (code === 127 || code === 8) return { type: 'key', key: 'backspace' };
  if (code >= 1 && code <= 26) return { type: 'key', key: String.fromCharCode(code + 96), ctrl: true };
  return undefined;
}

function readEscape(text: string): One {
  if (text.length === 1) return { length: 0 };
  const second = text[1]!;
  if (second === '[') return readSequence(text);
  if (second === 'O') {
    if (text.length === 2) return { length: 0 };
    const key = FINAL[text[2]!];
    return { length: 3, ...(key && { input: { type: 'key', key } }) };
  }
  if (second === ESCAPE) return { length: 1, input: { type: 'key', key: 'escape' } };
  const inner = readOne(text.slice(1));
  const { input } = inner;
  if (input?.type === 'key') return { length: 1 + inner.length, input: { ...input, alt: true } };
  const character = String.fromCodePoint(text.codePointAt(1)!);
  return { length: 1 + character.length, input: { type: 'key', key: character.toLowerCase(), alt: true } };
}

/** `ESC [ parameters letter`. */
function readSequence(text: string): One {
  const match = /^\u001b\[([0-9;:<=>?]*)([ -/]*)([@-~])/.exec(text);
  if (!match) {
    const isUnfinished = /^\u001b\[[0-9;:<=>? -/]*$/.test(text) && text.length < MAX_SEQUENCE;
    return { length: isUnfinished ? 0 : 2 };
  }
  const [whole, parameters = '', , final = ''] = match;
  const numbers = parameters.split(/[;:]/).map(Number);
  const length = whole.length;
  const key = keyOf(final, numbers);
  if (key === undefined) return { length };
  const modifiers = modifiersOf(final === '~' && numbers[0] === 27 ? numbers[1] : numbers[1]);
  const shift = final === 'Z' ? { shift: true as const } : {};
  return { length, input: { type: 'key', key, ...modifiers, ...shift } };
}

function keyOf(final: string, numbers: readonly number[]): string | undefined {
  if (final === '~') {
    // `27 ; modifiers ; code ~`: xterm with modifyOtherKeys.
    return numbers[0] === 27 && numbers.length >= 3 ? characterOf(numbers[2]!) : NUMBERED[numbers[0]!];
  }
  if (final === 'u') return characterOf(numbers[0]!);
  return FINAL[final];
}

const characterOf = (code: number): string | undefined =>
  CODE[code] ?? (code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code).toLowerCase() : undefined);

/** xterm counts them from 1: shift 1, alt 2, control 4. */
function modifiersOf(value: number | undefined): { shift?: true; alt?: true; ctrl?: true } {
  const bits = value && Number.isInteger(value) ? value - 1 : 0;
  return {
    ...((bits & 1) !== 0 && { shift: true as const }),
    ...((bits & 2) !== 0 && { alt: true as const }),
    ...((bits & 4) !== 0 && { ctrl: true as const }),
  };
}

const pastedText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', '    ')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');
