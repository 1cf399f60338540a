import { describe, expect, test } from 'vitest';
import { createInputDecoder } from '../../../src/ui/input/decode-input.ts';
import type { Input } from '../../../src/ui/input/types.ts';
import { createRandom } from '../generators.ts';

const decode = (...chunks: (string | Uint8Array)[]): Input[] => {
  const decoder = createInputDecoder();
  return chunks.flatMap((chunk) => decoder.push(chunk));
};
const text = (value: string): Input => ({ type: 'text', text: value });
const key = (name: string, modifiers: object = {}): Input => ({ type: 'key', key: name, ...modifiers });

describe('keys', () => {
  test('a return within a piece of text is Enter', () =>
    expect(decode('one\rtwo\r')).toEqual([text('one'), key('enter'), text('two'), key('enter')]));
  test('Ctrl-J is not Enter', () => expect(decode('\n')).toEqual([key('j', { ctrl: true })]));
  test('Enter with Alt, in the forms of several terminals', () => {
    expect(decode('\u001b\r')).toEqual([key('enter', { alt: true })]);
    expect(decode('\u001b[13;3u')).toEqual([key('enter', { alt: true })]);
    expect(decode('\u001b[27;3;13~')).toEqual([key('enter', { alt: true })]);
    expect(decode('\u001b[13;2u')).toEqual([key('enter', { shift: true })]);
  });
  test('arrows, with and without application mode', () =>
    expect(decode('\u001b[A\u001bOB\u001b[1;5C')).toEqual([key('up'), key('down'), key('right', { ctrl: true })]));
  test('Home, End, Delete and the pages', () =>
    expect(decode('\u001b[H\u001b[4~\u001b[3~\u001b[5~\u001b[6~')).toEqual(
      ['home', 'end', 'delete', 'page-up', 'page-down'].map((name) => key(name)),
    ));
  test('letters with Alt and with control', () =>
    expect(decode('\u001bb\u0001\u007f\u001b\u007f')).toEqual([
      key('b', { alt: true }),
      key('a', { ctrl: true }),
      key('backspace'),
      key('backspace', { alt: true }),
    ]));
  test('an answer of the terminal is no key', () =>
    expect(decode('\u001b[?62;c\u001b[>0;276;0cx')).toEqual([text('x')]));
});

describe('pieces', () => {
  test('a character that comes in two pieces is one', () => {
    const bytes = new TextEncoder().encode('日');
    expect(decode(bytes.slice(0, 1), bytes.slice(1))).toEqual([text('日')]);
  });
  test('a lone escape waits, and is Esc when nothing follows', () => {
    const decoder = createInputDecoder();
    expect(decoder.push('\u001b')).toEqual([]);
    expect(decoder.isPending()).toBe(true);
    expect(decoder.flush()).toEqual([key('escape')]);
    expect(decoder.isPending()).toBe(false);
  });
  test('cut anywhere, the keys are the same', () => {
    const whole = 'é日\u001b[A\u001b[1;5C\u001b[200~a\rb\u001b[201~\u001b\rz\u001b[13;3u';
    const join = (inputs: Input[]) =>
      inputs
        .map((input) => JSON.stringify(input))
        .join(' ')
        .replaceAll('"} {"type":"text","text":"', '');
    const bytes = Buffer.from(whole);
    const random = createRandom(3);
    for (let run = 0; run < 200; run++) {
      const decoder = createInputDecoder();
      const inputs: Input[] = [];
      for (let at = 0; at < bytes.length; ) {
        const size = 1 + random(6);
        inputs.push(...decoder.push(bytes.subarray(at, at + size)));
        at += size;
      }
      expect(join(inputs)).toBe(join(decode(whole)));
    }
  });
});

describe('pastes', () => {
  test('line ends are kept and send nothing', () =>
    expect(decode('\u001b[200~one\r\ntwo\rthree\u001b[201~!')).toEqual([
      { type: 'paste', text: 'one\ntwo\nthree' },
      text('!'),
    ]));
  test('what a terminal would obey is dropped', () =>
    expect(decode('\u001b[200~a\u001b[31mb\u0007\tc\u001b[201~')).toEqual([{ type: 'paste', text: 'a[31mb    c' }]));
  test('a paste without an end takes bounded room', () => {
    const decoder = createInputDecoder();
    decoder.push('\u001b[200~');
    for (let piece = 0; piece < 30; piece++) decoder.push('x'.repeat(10_000));
    const [paste] = decoder.push('\u001b[201~');
    expect(paste).toMatchObject({ type: 'paste' });
    expect((paste as { text: string }).text.length).toBe(100_000);
  });
});

test('no bytes stop it', () => {
  const random = createRandom(5);
  for (let run = 0; run < 300; run++) {
    const decoder = createInputDecoder();
    decoder.push(
      Uint8Array.from({ length: 40 }, () => (random(3) === 0 ? [27, 91, 79, 126, 117][random(5)]! : random(256))),
    );
    decoder.flush();
    decoder.push('\u001b[201~');
    expect(
      decoder.push('ok').some((input) => input.type === 'text' && input.text.endsWith('ok')) || decoder.isPending(),
    ).toBe(true);
  }
});
