import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isBeir, readBeir } from '../../src/evaluate/read-beir.ts';
import { readQuestionLines } from '../../src/evaluate/read-question-lines.ts';
import { temporaryFolder } from '../app/temporary-knowledge-base.ts';

const fileOf = (text: string): string => {
  const folder = temporaryFolder({ 'q.jsonl': text });
  return join(folder.path, 'q.jsonl');
};

describe('a file of questions', () => {
  test('has no id twice, and an end', () => {
    const twice = fileOf('{"id": "x", "question": "Who?"}\n\n{"id": "x", "question": "What?"}\n');
    expect(() => readQuestionLines(twice)).toThrow('Lines 1 and 3 of');
    expect(() => readQuestionLines('/dev/zero')).toThrow('is a device');
  });

  test('names documents, passages and answers, and gets an id by its line', () => {
    const lines = readQuestionLines(
      fileOf(
        '\ufeff{"question": "Who?", "paths": ["a.md", "b.md"], "relevant": "a.md", "answer": "Ann", "kind": "fact"}\n\n' +
          '{"id": 7, "query": "What?", "passages": ["some words here"], "answer": null}\r\n',
      ),
    );
    expect(lines).toEqual([
      {
        id: 'line-1',
        text: 'Who?',
        kind: 'fact',
        relevant: ['a.md', 'b.md'],
        passages: [],
        answer: 'Ann',
        isUnanswerable: false,
      },
      {
        id: '7',
        text: 'What?',
        kind: null,
        relevant: [],
        passages: ['some words here'],
        answer: null,
        isUnanswerable: false,
      },
    ]);
  });

  test.each([
    ['{"question": "a", "paths": []}', true],
    ['{"question": "a", "kind": "unanswerable"}', true],
    ['{"question": "a", "paths": [], "answer": "b"}', false],
    ['{"question": "a"}', false],
  ])('%j says that nothing answers it: %s', (text, expected) => {
    expect(readQuestionLines(fileOf(text))[0]?.isUnanswerable).toBe(expected);
  });

  test.each([
    ['{"question": "a"}\nnonsense', /Line 2 .* is no JSON/],
    ['[1]', /Line 1 .* is no JSON object/],
    ['{"paths": ["a"]}', /has no question/],
    ['{"question": "a", "paths": [1]}', /paths that is no list of texts/],
    ['{"question": "a", "passages": {"b": 1}}', /passages that is no list of texts/],
  ])('%j is refused with its line', (text, message) => {
    expect(() => readQuestionLines(fileOf(text))).toThrow(message);
  });
});

describe('a collection in BEIR layout', () => {
  const collection = (files: Record<string, string | Uint8Array>) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 'qrels'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder.path, name), content);
    return folder.path;
  };
  const corpus = '{"_id": "d1", "title": "T", "text": "one"}\n{"_id": 2, "text": "two"}\n';
  const queries =
    '{"_id": "q1", "text": "a", "kind": "fact"}\n{"_id": "q2", "text": "b"}\n{"_id": "q3", "text": "c"}\n';

  test('is read with its grades, packed or not; questions without a relevant document are left out', () => {
    const folder = collection({
      'corpus.jsonl.gz': gzipSync(corpus),
      'queries.jsonl': queries,
      'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq1\td1\t2\r\nq1\t2\t0\nq2\td1\t0\n',
    });
    expect(isBeir(folder)).toBe(true);
    expect(readBeir(folder)).toEqual({
      documents: [
        { id: 'd1', title: 'T', text: 'one' },
        { id: '2', title: '', text: 'two' },
      ],
      queries: [{ id: 'q1', text: 'a', kind: 'fact', judgements: new Map(Object.entries({ d1: 2, 2: 0 })) }],
    });
  });

  test('is known by its judgements and questions, and refused with what is missing or wrong', () => {
    expect(isBeir(collection({ 'queries.jsonl': queries }))).toBe(false);
    const without = collection({ 'queries.jsonl': queries, 'qrels/dev.tsv': 'q1\td1\t1\n' });
    expect(isBeir(without)).toBe(true);
    expect(() => readBeir(without)).toThrow(/has no corpus\.jsonl/);
    const broken = collection({
      'corpus.jsonl': `${corpus}{"text": "no id"}\n`,
      'queries.jsonl': queries,
      'qrels/test.tsv': '',
    });
    expect(() => readBeir(broken)).toThrow(/Line 3 .* is no object with an _id/);
    const cut = collection({
      'corpus.jsonl.gz': gzipSync(corpus).subarray(0, 30),
      'queries.jsonl': queries,
      'qrels/test.tsv': '',
    });
    expect(() => readBeir(cut)).toThrow(/cannot be read/);
  });
});
