import { expect, test } from 'vitest';
import { createEditedText } from '../../src/answer/edited-text.ts';
import { createQuotationScan, unverifiedQuotations } from '../../src/answer/mark-quotations.ts';
import { seededRandom } from './hits.ts';

const onlyPumps = (quoted: string) => quoted.includes('pump');

function mark(deltas: readonly string[]) {
  const answer = createEditedText();
  const scan = createQuotationScan(answer, onlyPumps);
  const pass = (growing: boolean): string => {
    const shown = answer.show(scan.scan(growing));
    scan.forget();
    return shown;
  };
  const push = (delta: string): string => {
    answer.append(delta);
    return pass(true);
  };
  const parts = [...deltas.map(push), pass(false)];
  const found = scan.found().map(({ text, span }) => ({ text, span: answer.shownSpan(span) }));
  return { parts, text: parts.join(''), found };
}

test('an invented quotation is shown with its mark at once, the others as they come', () => {
  const { parts, found, text } = mark(['See "the pump". He ', 'said “no ', 'water” to', ' me.']);
  expect(parts).toEqual(['See "the pump". He ', 'said ', '“no water” [not in the sources] to', ' me.', '']);
  expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual(['“no water”']);
});

test('code is left alone', () => {
  expect(mark(['```\nprint("no water here")\n```\n']).text).not.toContain('not in the sources');
  expect(mark(['Call `say("no water")` now.']).text).not.toContain('not in the sources');
});

const PIECES = [
  '"',
  '“',
  '”',
  '„',
  "'",
  '‘',
  '’',
  '«',
  ' »',
  ' ',
  'no water',
  'the pump',
  '\n',
  '\n\n',
  '.',
  '「',
  '」',
  '`',
  '```\n',
];

test('however the text is cut, the same quotations are marked, and nothing else changes', () => {
  const random = seededRandom(11);
  const pick = (count: number) => Math.floor(random() * count);
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: 1 + pick(30) }, () => PIECES[pick(PIECES.length)]).join('');
    const deltas: string[] = [];
    for (let at = 0; at < text.length; ) {
      const end = at + 1 + pick(12);
      deltas.push(text.slice(at, end));
      at = end;
    }
    const { found, text: shown } = mark(deltas);
    expect(shown.replaceAll(' [not in the sources]', '')).toBe(text);
    if (!text.includes('`')) {
      expect(found.map((each) => each.text)).toEqual(unverifiedQuotations(text, onlyPumps).map((each) => each.text));
    }
    for (const { span, text: inner } of found) expect(shown.slice(span.start + 1, span.end - 1)).toBe(inner);
  }
});
