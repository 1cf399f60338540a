import { expect, test } from 'vitest';
import { packTuning, unpackTuning } from '../../../src/app/evaluate/tuning-note.ts';

const note = { at: '2026-03-01T10:00:00.000Z', set: 'q.jsonl (odd)', questions: 20, before: 0.4, after: 0.5, p: 0.01 };

test('values come back with their note, and without one where there is none', () => {
  expect(unpackTuning(packTuning({ vectorWeight: 2 }, note))).toEqual({ values: { vectorWeight: 2 }, note });
  expect(unpackTuning(packTuning({ vectorWeight: 2 }))).toEqual({ values: { vectorWeight: 2 }, note: null });
  expect(packTuning({}, note)).toEqual({});
});

test.each([[{ ...note, at: 'yesterday' }], [{ ...note, p: 'small' }], [{ set: 'x' }], ['text'], [null]])(
  'a note that another version wrote is left out: %j',
  (about) => {
    expect(unpackTuning({ vectorWeight: 2, about })).toEqual({ values: { vectorWeight: 2 }, note: null });
  },
);
