import { expect, test } from 'vitest';
import { createSentenceJudge } from '../../src/answer/check/create-sentence-judge.ts';
import { createAnswerMarker } from '../../src/answer/mark-answer.ts';
import { libraryOf, randomText, seededRandom } from './hits.ts';

const library = libraryOf([
  'The pump was bought in 2019. It is serviced every six months by Ada Lovelace. Claims are paid within 30 days.',
  'The boiler is in the cellar. The boiler must not be opened while it is hot.',
]);

function mark(deltas: readonly string[]) {
  const judge = createSentenceJudge({ question: 'When?', ...library });
  const marker = createAnswerMarker({ checkQuotation: () => true, judge, passages: library.hits.length });
  const parts = [...deltas.map((delta) => marker.push(delta)), marker.end()];
  const text = parts.join('');
  return { parts, text, checks: marker.checks() };
}

const cut = (text: string, random: () => number): string[] => {
  const deltas: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + Math.floor(random() * 12);
    deltas.push(text.slice(at, end));
    at = end;
  }
  return deltas;
};

test('a sentence with another number is marked behind its citations, before the next one', () => {
  const { text, checks } = mark(['The pump was bought in 2021 [1]. The boiler is in the cellar [2].']);
  expect(text).toBe(
    'The pump was bought in 2021 [1]. [contradicted: passage says 2019] The boiler is in the cellar [2].',
  );
  expect(checks.map(({ label, citations, span }) => [label, citations, text.slice(span.start, span.end)])).toEqual([
    ['contradicted', [1], 'The pump was bought in 2021 [1].'],
    ['supported', [2], 'The boiler is in the cellar [2].'],
  ]);
});

test('citations behind the full stop belong to the sentence before it', () => {
  const { text } = mark(['Claims are paid within 45 days. [1] The boiler is in the cellar. [2]']);
  expect(text).toBe(
    'Claims are paid within 45 days. [1] [contradicted: passage says 30 days] The boiler is in the cellar. [2]',
  );
});

test('what no passage says is marked as unsupported, and talk is left alone', () => {
  const { text } = mark([
    'Here is what the documents say:\n\n- Zebras migrate across Tanzania each winter [1].\n- The boiler is in the cellar [2].\n\nIs that enough?',
  ]);
  expect(text).toBe(
    'Here is what the documents say:\n\n- Zebras migrate across Tanzania each winter [1]. [unsupported: Tanzania]\n- The boiler is in the cellar [2].\n\nIs that enough?',
  );
});

test('a denied sentence is contradicted', () => {
  expect(mark(['The boiler must be opened while it is hot [2].']).checks[0]).toMatchObject({
    label: 'contradicted',
    reasons: [{ kind: 'negation', instead: 'not be opened' }],
  });
});

test('citations of passages that there are not are left out of the text', () => {
  expect(mark(['The boiler is in the cellar [2][9]. The pump was bought in 2019 [1, 7].']).text).toBe(
    'The boiler is in the cellar [2]. The pump was bought in 2019 [1].',
  );
});

test('the mark of a table row stands in its last cell, and code gets none', () => {
  const table = '| Thing | Year |\n|---|---|\n| pump | 2031 [1] |\n\n```\nzebra = 77\n```\n';
  const { text } = mark([table]);
  expect(text).toContain('| pump | 2031 [1] [contradicted: passage says 2019] |\n');
  expect(text).toContain('```\nzebra = 77\n```\n');
});

test('text that is beyond doubt is shown as it comes', () => {
  const { parts } = mark(['The pump ', 'was bought', ' in 2019 [1].', ' It is serviced every six months [1].']);
  expect(parts.slice(0, 3).join('')).toBe('The pump was bought in 2019 [1].');
});

const PIECES = [
  'The pump was bought in 2021 [1]. ',
  'The pump was bought in 2019 [1]. ',
  'Claims are paid within 45 days. [1] ',
  'Zebras migrate. ',
  '- Zebras eat 55 apples [2]\n',
  '\n\n',
  '\n',
  'See [9]. ',
  'e.g. this ',
  '```\ncode 12\n```\n',
  '| a | b |\n|---|---|\n| pump | 2031 |\n',
  '# Head\n',
  'Role: pump of 77 years\n',
];
const MARK = / \[(?:un|contra)[^\]]*\]/g;

test('however the text is cut, the same sentences are marked, and nothing else changes', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 60; round++) {
    const text = Array.from(
      { length: 1 + Math.floor(random() * 9) },
      () => PIECES[Math.floor(random() * PIECES.length)],
    ).join('');
    const whole = mark([text]);
    const pieces = mark(cut(text, random));
    expect(pieces.text).toBe(whole.text);
    expect(pieces.checks).toEqual(whole.checks);
    expect(whole.text.replace(MARK, '')).toBe(text.replace(/ ?\[9\]/g, ''));
    for (const { span } of whole.checks) expect(whole.text.slice(span.start, span.end)).not.toMatch(/^\s|\s$/);
  }
});

test('scraps, markup and broken surrogates pass', () => {
  const random = seededRandom(6);
  for (let round = 0; round < 20; round++) {
    const text = randomText(random, 12);
    const shown = mark(cut(text, random)).text;
    expect(shown.replace(MARK, '').replace(/\s/g, '')).toBe(text.replace(/\[7\]/g, '').replace(/\s/g, ''));
  }
});

test('sentences without spaces between them are shown and marked as they come', () => {
  const chinese = libraryOf(['年假有二十五天。申请须提前两周提交给部门经理。病假须在当天上午九点前通知人事部门。']);
  const judge = createSentenceJudge({ question: '年假', ...chinese });
  const marker = createAnswerMarker({ checkQuotation: () => true, judge, passages: 1 });
  const text =
    '年假有三十天[1]。申请须提前两周提交给部门经理[1]。病假须在当天上午九点前通知人事部门[1]。申请须提前两周提交。';
  const parts = [...text].map((character) => marker.push(character));
  const before = parts.join('');
  expect(before).toMatch(/^年假有三十天\[1\]。 \[(?:contradicted|unsupported)[^\]]*\]申请须提前两周提交给部门经理/);
  expect(`${before}${marker.end()}`.replace(MARK, '')).toBe(text);
});

test('an answer without an end to its words is passed on', () => {
  const marked = mark(Array.from({ length: 300 }, () => 'x'.repeat(100)));
  expect(marked.text.replace(MARK, '')).toBe('x'.repeat(30_000));
});
