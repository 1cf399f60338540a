import { expect, test } from 'vitest';
import { estimateTokens, tokenCost } from '../../src/chunk/estimate-tokens.ts';
import { createRandom } from './markdown-like.ts';

// Counts of cl100k_base and o200k_base by gpt-tokenizer 3; the estimate aims between them.
const samples: [string, string, number, number][] = [
  [
    'English prose',
    'Every employee receives twenty-eight days of paid leave per calendar year. Unused days may be carried over until the end of March, after which they expire. Requests are made in the staff portal at least two weeks in advance and approved by the line manager; in busy seasons the manager may ask for other dates.',
    61,
    62,
  ],
  [
    'a letter with numbers',
    'Invoice 20417 of 14 March 2024 over 1,299.00 EUR is due within 30 days. Please quote the customer number 88-1034 with your transfer to account DE44 5001 0517 5407 3249 31.',
    58,
    58,
  ],
  [
    'Markdown',
    '## Backups\n\n- **Daily**: the database is dumped at 02:30 and copied to `backup-02`.\n- **Weekly**: a full image, kept for 35 days.\n\nSee [the runbook](docs/runbook.md) for how to restore one.\n\n| Host | Role |\n|---|---|\n| db-1 | primary |\n',
    73,
    75,
  ],
  [
    'TypeScript',
    'export function normalized(vector: Float32Array): Float32Array | null {\n  let squares = 0;\n  for (const value of vector) squares += value * value;\n  if (squares === 0) return null;\n  const factor = 1 / Math.sqrt(squares);\n  return vector.map((value) => value * factor);\n}\n',
    73,
    73,
  ],
  [
    'Python',
    'def load_rows(path, limit=None):\n    """Read the rows of a file, at most `limit`."""\n    rows = []\n    with open(path, encoding="utf-8") as handle:\n        for index, line in enumerate(handle):\n            if limit is not None and index >= limit:\n                break\n            rows.append(line.rstrip("\\n").split("\\t"))\n    return rows\n',
    80,
    80,
  ],
  [
    'German',
    'Jeder Mitarbeiter erhält achtundzwanzig Urlaubstage im Kalenderjahr. Nicht genommene Tage können bis Ende März übertragen werden, danach verfallen sie. Der Antrag wird mindestens zwei Wochen vorher im Personalportal gestellt und vom Vorgesetzten genehmigt; für größere Vorhaben gelten längere Fristen.',
    82,
    62,
  ],
];

test.each(samples)('%s within 15 %% of the mean of two real tokenizers', (_, text, cl100k, o200k) => {
  const mean = (cl100k + o200k) / 2;
  expect(estimateTokens(text)).toBeGreaterThan(mean * 0.85);
  expect(estimateTokens(text)).toBeLessThan(mean * 1.15);
});

test('each Chinese, Japanese or Korean character costs at least one token', () => {
  for (const text of ['我们每天九点开门', '毎日九時に開店します', '매일아홉시에']) {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(text.length);
  }
});

test('nothing costs nothing, a range costs what its text costs', () => {
  expect(estimateTokens('')).toBe(0);
  const text = 'The quick brown fox, 1234 times.\n\n  Über Größe';
  expect(estimateTokens(text, 4, 20)).toBe(estimateTokens(text.slice(4, 20)));
});

test('a text never costs more than its parts, wherever it is cut outside white space', () => {
  const random = createRandom(7);
  const pieces = [
    'word',
    'camelCase',
    'HTTP',
    ' ',
    '  ',
    '\n',
    '\n  ',
    '. ',
    '12345',
    '!?',
    '漢字',
    'ß',
    '😀',
    '—',
    '\u0301',
  ];
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: random(30) }, () => pieces[random(pieces.length)]!).join('');
    const whole = tokenCost(text, 0, text.length);
    for (let cut = 1; cut < text.length; cut++) {
      if (/\s\s/.test(text.slice(cut - 1, cut + 1))) continue;
      expect(tokenCost(text, 0, cut) + tokenCost(text, cut, text.length)).toBeGreaterThanOrEqual(whole);
    }
  }
});
