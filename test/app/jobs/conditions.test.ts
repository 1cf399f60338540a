import { describe, expect, test } from 'vitest';
import { namesIn, parseCondition } from '../../../src/app/jobs/workflow/condition.ts';
import { holds } from '../../../src/app/jobs/workflow/evaluate-condition.ts';
import type { JobStep } from '../../../src/store/types.ts';
import { createRandom } from '../../chunk/markdown-like.ts';

const ended = new Map<string, Pick<JobStep, 'state' | 'result'>>([
  ['sync', { state: 'done', result: { changed: 3, note: 'x y', ok: true } }],
  ['eval', { state: 'done', result: { ndcg: 0.48, 'configurations.hybrid.measures.ndcg10': 0.48 } }],
  ['backup', { state: 'failed', result: {} }],
  ['mail', { state: 'skipped', result: null }],
]);
const says = (text: string, success = true): boolean => holds(parseCondition(text), { ended, success });

test.each<[string, boolean]>([
  ['sync.changed > 0', true],
  ['sync.changed > 3', false],
  ['eval.ndcg >= .5', false],
  ['eval.ndcg<.5', true],
  ['eval.configurations.hybrid.measures.ndcg10 == 0.48', true],
  ['failed(backup)', true],
  ['failed()', true],
  ['done(backup)', false],
  ['skipped(mail) and not failed(sync)', true],
  ['always', true],
  ['always()', true],
  ['success', true],
  ['sync.note == "x y"', true],
  ["sync.note != 'x y'", false],
  ['sync.state == "done"', true],
  ['sync.ok', true],
  ['!sync.ok || sync.changed == 3 && true', true],
  ['not (sync.ok and failed(backup))', false],
  ['-1 < 0', true],
  // What is not there is neither more nor less than anything.
  ['mail.status > 0', false],
  ['mail.status <= 0', false],
  ['sync.nothing == 0', false],
  ['sync.nothing != 0', true],
  // A number is no text.
  ['sync.changed == "3"', false],
  ['sync.changed < "4"', false],
  ['sync.toString != 1', true],
])('%s is %s', (text, expected) => expect(says(text)).toBe(expected));

test('success is what its caller says', () => expect(says('success and sync.ok', false)).toBe(false));

describe('what is no condition is refused with its reason', () => {
  test.each<[string, RegExp]>([
    ['', /is empty/],
    ['sync.changed >', /ends where a value/],
    ['sync.changed > 0 sync.ok', /where it should end/],
    ['(sync.ok', /needs "\)"/],
    ['sync', /names "sync" alone/],
    ['run(sync)', /there are done\(x\)/],
    ['1 < 2 < 3', /three values/],
    ['sync.changed = 1', /cannot be read/],
    ['process.exit(1)', /needs "\)" before "1"/],
    ['a.b; drop', /cannot be read/],
    ['and', /where a value should stand/],
    ['x'.repeat(600), /longer than 500/],
    [`${'('.repeat(40)}1${')'.repeat(40)}`, /nested more than 20/],
    [`${'!'.repeat(40)}true`, /nested more than 20/],
  ])('%s', (text, reason) => expect(() => parseCondition(text)).toThrow(reason));
});

test('it names the steps and fields that it asks for', () => {
  expect(namesIn(parseCondition('a.x > 1 and (not failed(b) or c.d.e == "f") and failed()'))).toEqual([
    { step: 'a', field: 'x' },
    { step: 'b', field: null },
    { step: 'c', field: 'd.e' },
  ]);
});

test('any text is either a condition or an Error, in bounded time', () => {
  const random = createRandom(7);
  const parts = [
    'sync.ok',
    '(',
    ')',
    '<',
    '==',
    'and',
    'or',
    'not',
    '!',
    '1',
    '"t"',
    'failed',
    ' ',
    '.',
    '&&',
    '\n',
    'é',
  ];
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: 1 + random(30) }, () => parts[random(parts.length)]);
    let outcome: unknown;
    try {
      outcome = says(text.join(''));
    } catch (error) {
      outcome = error;
    }
    expect(typeof outcome === 'boolean' || outcome instanceof Error).toBe(true);
    if (outcome instanceof Error) expect(outcome.name).toBe('Error');
  }
});
