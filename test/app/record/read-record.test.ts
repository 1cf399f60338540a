import { describe, expect, test } from 'vitest';
import { compareRecords } from '../../../src/app/record/compare-records.ts';
import { readRecord } from '../../../src/app/record/read-record.ts';
import type { AskRecord } from '../../../src/app/record/types.ts';

const passage = (ordinal: number, text = 'Travel is approved.') => ({
  chunkId: `00000000000000aa.${ordinal}`,
  collection: 'default',
  uri: 'file:///a.md',
  path: 'a.md',
  title: 'A',
  mediaType: 'text/markdown',
  type: 'md',
  modifiedAt: null,
  headingPath: [],
  page: null,
  lines: { start: 1, end: 2 },
  span: { start: 10, end: 10 + text.length },
  tokens: 4,
  score: 1,
  hash: text,
  text,
});

const data = {
  at: '2026-03-01T10:00:00.000Z',
  version: '0.1.0',
  question: 'Who approves travel?',
  options: {
    model: 'extractive',
    mode: 'hybrid',
    filter: { collections: ['a'], also: [{ paths: ['x'] }] },
    rerank: 'none',
  },
  embedder: null,
  route: 'search',
  notes: [],
  passages: [passage(0)],
  prompt: null,
  answer: {
    text: 'Travel is approved. [1]',
    model: 'extractive',
    support: 'supported',
    citations: [],
    warnings: [],
    usage: {},
  },
};
const envelope = (change: object = {}) => ({ schema: 'rag.record/1', data: { ...data, ...change } });
const record = (change: object = {}): AskRecord => readRecord(JSON.parse(JSON.stringify(envelope(change))));

test('a record is read as it was written', () =>
  expect(record()).toMatchObject({ question: data.question, options: data.options, passages: data.passages }));

test.each([
  [null, 'no object'],
  [[], 'no object'],
  [{ schema: 'rag.answer/1', data }, 'rag.answer/1'],
  [envelope({ question: '' }), 'empty'],
  [envelope({ question: 'x'.repeat(40_000) }), 'more than 32000'],
  [envelope({ passages: 'x' }), 'list'],
  [envelope({ passages: Array(101).fill(passage(0)) }), 'at most 100'],
  [envelope({ passages: [{ ...passage(0), span: { start: 0, end: 3 } }] }), 'as long as'],
  [envelope({ passages: [{ ...passage(0), span: { start: 9e9, end: 9e9 + 19 } }] }), 'further down'],
  [envelope({ passages: [{ chunkId: 1 }] }), 'not what a passage has'],
  [envelope({ options: { ...data.options, filter: { paths: [{ a: { b: 1 } }] } } }), 'no filter'],
  [envelope({ options: { ...data.options, limit: 1e12 } }), 'options.limit'],
  [envelope({ prompt: 'x' }), 'prompt is no object'],
  [envelope({ answer: { ...data.answer, citations: [1] } }), 'answer.citations'],
])('%# what is no record is refused with its reason', (value, reason) => {
  expect(() => readRecord(value)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(reason) }),
  );
});

describe('two records', () => {
  test('are the same when nothing but usage differs', () => {
    const usage = { inputTokens: 9, outputTokens: 9 };
    expect(compareRecords(record(), record({ answer: { ...data.answer, usage } })).isSame).toBe(true);
  });

  test('differ by passages that came, went, moved or changed', () => {
    const before = record({ passages: [passage(0), passage(1), passage(2)] });
    const after = record({ passages: [passage(1), passage(3), passage(2, 'Other text here.')] });
    const { passages, isSame } = compareRecords(before, after);
    expect(isSame).toBe(false);
    expect(passages).toMatchObject({
      gained: [{ chunkId: '00000000000000aa.3', rank: 2 }],
      lost: [{ chunkId: '00000000000000aa.0', rank: 1 }],
      moved: [{ chunkId: '00000000000000aa.1', from: 2, to: 1 }],
      changed: [{ chunkId: '00000000000000aa.2', rank: 3 }],
    });
  });

  test('differ by words of their answers', () => {
    const after = record({ answer: { ...data.answer, text: 'Travel was approved. [1]' } });
    expect(compareRecords(record(), after).text).toEqual([
      { type: 'same', text: 'Travel ' },
      { type: 'removed', text: 'is' },
      { type: 'added', text: 'was' },
      { type: 'same', text: ' approved. [1]' },
    ]);
  });
});
