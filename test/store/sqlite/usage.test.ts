import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MAX_KEPT_BYTES } from '../../../src/store/sqlite/kept-results.ts';
import { migrations } from '../../../src/store/sqlite/migrations/migrations.ts';
import { MAX_QUESTION_BYTES, MAX_QUESTIONS } from '../../../src/store/sqlite/questions.ts';
import type { AskedQuestion, NewFeedback } from '../../../src/store/types.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const asked = (text: string): AskedQuestion => ({
  text,
  normalized: text.toLowerCase(),
  command: 'search',
  mode: 'hybrid',
  filter: '{}',
  results: 3,
  bestScore: 1.5,
  bestCosine: 0.5,
  coverage: 1,
  elapsedMs: 4,
});

const feedback = (question: string, uri = 'file:///a.md'): NewFeedback => ({
  question,
  collection: 'default',
  uri,
  path: 'a.md',
  contentHash: '0a',
  passage: { start: 0, end: 4, textHash: new Uint8Array(16).fill(1), sketch: new Uint8Array(4) },
});

const key = (value: number): Uint8Array => new Uint8Array(16).fill(value);

describe('the log of questions', () => {
  test('has the newest first, from a day on', () => {
    const store = openTemporaryStore();
    for (const text of ['A', 'B']) store.record((recorder) => recorder.putQuestion(asked(text)));
    expect(store.questions({ limit: 9 }).map(({ text }) => text)).toEqual(['B', 'A']);
    expect(store.questions({ limit: 9, since: '9999' })).toEqual([]);
    expect(store.questionFigures().count).toBe(2);
    expect(store.record((recorder) => recorder.clearQuestions())).toBe(2);
    expect(store.questionFigures()).toEqual({ count: 0, bytes: 0, oldest: null });
  });

  test('leaves nothing to read in the file once it is cleared', () => {
    const path = temporaryDatabasePath();
    const contents = () => {
      store.checkpoint();
      return readFileSync(path).toString('latin1');
    };
    const store = openTemporaryStore(path);
    store.record((recorder) => {
      for (let i = 0; i < 50; i++) recorder.putQuestion(asked(`confidential ${i} ${'x'.repeat(i * 20)}`));
      recorder.putFeedback(feedback('confidential too'));
    });
    expect(contents()).toContain('confidential');
    store.record((recorder) => {
      recorder.clearQuestions();
      recorder.removeFeedback(1);
    });
    expect(contents()).not.toContain('confidential');
  });

  test('is bounded in rows', () => {
    const store = openTemporaryStore();
    store.record((recorder) => {
      for (let i = 0; i < MAX_QUESTIONS + 100; i++) recorder.putQuestion(asked(`q${i}`));
    });
    expect(store.questionFigures().count).toBe(MAX_QUESTIONS);
    expect(store.questions({ limit: 1 })[0]?.text).toBe(`q${MAX_QUESTIONS + 99}`);
  });

  test('is bounded in bytes', () => {
    const store = openTemporaryStore();
    const long = 'x'.repeat(20_000);
    store.record((recorder) => {
      for (let i = 0; i < 256; i++) recorder.putQuestion(asked(long));
    });
    expect(store.questionFigures().bytes).toBeLessThanOrEqual(MAX_QUESTION_BYTES);
    expect(store.questionFigures().bytes).toBeGreaterThan(MAX_QUESTION_BYTES / 2);
  });
});

describe('what nobody waits for', () => {
  test('is left out while another process writes, and later not', () => {
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    const other = openRaw(path);
    other.exec('BEGIN IMMEDIATE');
    expect(store.tryRecord((recorder) => recorder.putQuestion(asked('a')))).toBe(false);
    other.exec('COMMIT');
    expect(store.tryRecord((recorder) => recorder.putQuestion(asked('b')))).toBe(true);
    expect(store.questions({ limit: 9 }).map(({ text }) => text)).toEqual(['b']);
  });

  test('is left out in a database that is open for reading only', () => {
    const path = temporaryDatabasePath();
    openTemporaryStore(path);
    const reader = openTemporaryStore(path, { readOnly: true });
    expect(reader.tryRecord((recorder) => recorder.putQuestion(asked('a')))).toBe(false);
    expect(reader.questionFigures().count).toBe(0);
    expect(() => reader.record((recorder) => recorder.clearQuestions())).toThrow(/reading only/);
  });

  test('leaves the generation as it is', () => {
    const store = openTemporaryStore();
    const before = store.generation();
    store.record((recorder) => {
      recorder.putQuestion(asked('a'));
      recorder.putFeedback(feedback('a'));
      recorder.keepResult(key(1), key(2));
      recorder.countCache('results', { hits: 1, misses: 0 });
      recorder.putCalibration({ a: 1 });
    });
    expect(store.generation()).toBe(before);
  });

  test('a fault of the work itself is told, and nothing of it is kept', () => {
    const store = openTemporaryStore();
    expect(() =>
      store.tryRecord((recorder) => {
        recorder.putQuestion(asked('a'));
        throw new RangeError('mine');
      }),
    ).toThrow('mine');
    expect(store.questionFigures().count).toBe(0);
  });
});

test('the same feedback twice is one entry; another passage or question is another', () => {
  const store = openTemporaryStore();
  const put = (entry: NewFeedback) => store.record((recorder) => recorder.putFeedback(entry));
  const first = put(feedback('a'));
  expect(put(feedback('a'))).toBe(first);
  expect(put({ ...feedback('a'), passage: null })).not.toBe(first);
  expect(put(feedback('b'))).not.toBe(first);
  expect(store.record((recorder) => recorder.removeFeedback(first))).toBe(true);
  expect(store.record((recorder) => recorder.removeFeedback(first))).toBe(false);
  expect(store.feedback().map(({ question, passage }) => [question, passage?.end])).toEqual([
    ['a', undefined],
    ['b', 4],
  ]);
});

describe('kept results', () => {
  test('any write takes them away', () => {
    const store = openTemporaryStore();
    store.record((recorder) => recorder.keepResult(key(1), key(9)));
    expect(Buffer.from(store.keptResult(key(1)) ?? []).equals(key(9))).toBe(true);
    store.write((writer) => writer.ensureCollection('work'));
    expect(store.keptResult(key(1))).toBeNull();
  });

  test('those that were not used for longest go when there are too many bytes', () => {
    const store = openTemporaryStore();
    const third = new Uint8Array(Math.floor(MAX_KEPT_BYTES / 3));
    const keep = (value: number) => store.record((recorder) => recorder.keepResult(key(value), third));
    for (const value of [1, 2, 3]) keep(value);
    store.record((recorder) => recorder.touchResult(key(1)));
    keep(4);
    expect([1, 2, 3, 4].filter((value) => store.keptResult(key(value)))).toEqual([1, 3, 4]);
    expect(store.keptResultFigures().bytes).toBeLessThanOrEqual(MAX_KEPT_BYTES);
    store.record((recorder) => recorder.keepResult(key(5), new Uint8Array(MAX_KEPT_BYTES + 1)));
    expect(store.keptResult(key(5))).toBeNull();
  });
});

test('hits and misses add up', () => {
  const store = openTemporaryStore();
  store.record((recorder) => recorder.countCache('results', { hits: 1, misses: 2 }));
  store.record((recorder) => recorder.countCache('results', { hits: 3, misses: 0 }));
  expect(store.cacheCounts()).toEqual({ results: { hits: 4, misses: 2 } });
});

test('a damaged calibration is none', () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  store.record((recorder) => recorder.putCalibration({ labels: 60 }));
  expect(store.calibration()).toEqual({ labels: 60 });
  openRaw(path).exec(`UPDATE meta SET value = '{' WHERE key = 'calibration'`);
  expect(store.calibration()).toBeNull();
  store.record((recorder) => recorder.putCalibration(null));
  expect(store.calibration()).toBeNull();
});

test('a database of the version before is read as one in which nothing was asked', () => {
  const path = temporaryDatabasePath();
  const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE questions'));
  const raw = openRaw(path);
  for (const sql of migrations.slice(0, before)) raw.exec(sql);
  raw.pragma(`user_version = ${before}`);
  raw.pragma(`application_id = ${0x52414753}`);
  raw.close();
  const reader = openTemporaryStore(path, { readOnly: true });
  expect([reader.questions({ limit: 1 }), reader.feedback(), reader.keptResult(key(1)), reader.cacheCounts()]).toEqual([
    [],
    [],
    null,
    {},
  ]);
});
