import { describe, expect, test } from 'vitest';
import { makeSnippet } from '../../src/retrieve/make-snippet.ts';
import { createRandom } from '../chunk/markdown-like.ts';

/** The snippet with its matches in brackets. */
function marked(text: string, words: readonly string[], length?: number): string {
  const snippet = makeSnippet(text, words, length);
  return [...snippet.matches]
    .reverse()
    .reduce(
      (shown, { start, end }) => `${shown.slice(0, start)}[${shown.slice(start, end)}]${shown.slice(end)}`,
      snippet.text,
    );
}

const filler = (words: number) => Array.from({ length: words }, (_, i) => `filler${i % 7}`).join(' ');

describe('matches', () => {
  test.each([
    ['the leave policy of the firm', ['policy'], 'the leave [policy] of the firm'],
    ['All policies are reviewed', ['policy'], 'All [policies] are reviewed'],
    ['Reimbursements, reimbursed; reimburse', ['reimburse'], 'Reimbursements, [reimbursed]; [reimburse]'],
    ['Das Büro in Zürich', ['zurich'], 'Das Büro in [Zürich]'],
    ['polic politics', ['policy'], '[polic] politics'],
    ['key: value', ['"key"'], '[key]: value'],
    ['東京都庁で会議', ['東京都'], '[東京都]庁で会議'],
    ['ดื่มชาร้อน', ['ชา'], 'ดื่ม[ชา]ร้อน'],
    ['nothing here', ['absent'], 'nothing here'],
    ['nothing here', [], 'nothing here'],
    ['', ['word'], ''],
    [' \n\t ', ['word'], ''],
    ['two  \n words', ['words'], 'two [words]'],
  ])('%j for %j is %j', (text, words, expected) => expect(marked(text, words)).toBe(expected));

  test('a phrase marks its words', () => {
    expect(marked('the quick brown fox', ['quick brown'])).toBe('the [quick] [brown] fox');
  });
});

describe('windows', () => {
  test('a short text is shown whole', () => {
    expect(makeSnippet('One. Two. Three.', ['three']).text).toBe('One. Two. Three.');
  });

  test('a long text without a match is shown from its beginning', () => {
    const { text, matches } = makeSnippet(filler(200), ['absent']);
    expect(text).toMatch(/^filler0 filler1 .* …$/);
    expect(matches).toEqual([]);
  });

  test('the window goes to where most of the words are', () => {
    const text = `alpha ${filler(100)} alpha beta gamma ${filler(100)} beta ${filler(50)}`;
    expect(marked(text, ['alpha', 'beta', 'gamma'])).toMatch(/^… .*\[alpha\] \[beta\] \[gamma\].* …$/);
  });

  test('a match at the very end is shown with what leads to it', () => {
    expect(marked(`${filler(200)} target`, ['target'])).toMatch(/^… filler.* \[target\]$/);
  });

  test('a match after a long run without spaces is not skipped', () => {
    const text = `${'长'.repeat(300)}目标${'长'.repeat(80)} ${'长'.repeat(400)}`;
    expect(marked(text, ['目标'])).toContain('[目标]');
    const word = `start ${'x'.repeat(400)}-target-${'y'.repeat(90)} ${filler(60)}`;
    expect(marked(word, ['target'])).toContain('[target]');
  });

  test('a word longer than the window does not hide other matches', () => {
    const long = 'w'.repeat(500);
    expect(marked(`${long} ${filler(60)} target ${filler(60)}`, [long, 'target'])).toContain('[target]');
    expect(() => makeSnippet(long, [long])).not.toThrow();
  });

  test('surrogate pairs are never cut', () => {
    for (let offset = 0; offset < 8; offset++) {
      const { text } = makeSnippet(`${'a'.repeat(offset)}${'😀'.repeat(400)}target${'😀'.repeat(400)}`, ['target']);
      expect(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')).not.toMatch(/[\ud800-\udfff]/);
    }
  });
});

test('whatever the text: matches are in order, inside, no longer than asked, and one of the words is shown if it is there', () => {
  const random = createRandom(11);
  const pieces = [
    'alpha',
    'beta',
    'gammas',
    'x',
    ' ',
    ' ',
    ' ',
    '\n',
    '. ',
    '😀',
    '東京',
    '会議',
    'ชาร้อน',
    'é',
    '\u0301',
    '-',
    'longword'.repeat(20),
    '学'.repeat(150),
  ];
  const words = ['alpha', 'beta', 'gamma', '東京', 'ชา'];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: random(120) }, () => pieces[random(pieces.length)]).join('');
    const length = [40, 120, 240][random(3)]!;
    const snippet = makeSnippet(text, words, length);
    const folded = text.replace(/\s+/g, ' ').trim();
    const inner = snippet.text.replace(/^… /, '').replace(/ …$/, '');
    expect(folded).toContain(inner);
    expect(inner.length).toBeLessThanOrEqual(length);
    let before = 0;
    for (const { start, end } of snippet.matches) {
      expect(start).toBeGreaterThanOrEqual(before);
      expect(end).toBeGreaterThan(start);
      before = end;
    }
    expect(before).toBeLessThanOrEqual(snippet.text.length);
    if (makeSnippet(text, words, text.length + 10).matches.some(({ start, end }) => end - start < 30)) {
      expect(snippet.matches.length, JSON.stringify(text)).toBeGreaterThan(0);
    }
  }
});
