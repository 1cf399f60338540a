import { beforeEach, expect, test } from 'vitest';
import { questionSetOf } from '../../../src/app/evaluate/read-question-set.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { openRaw } from '../../store/temporary-store.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const COUNT = 30;
const word = (i: number): string => `zet${'abcdefgh'[i >> 3]}${'klmnopqr'[i & 7]}`;

let knowledgeBase: KnowledgeBase;

beforeEach(async () => {
  knowledgeBase = await openTemporary();
  const files = Object.fromEntries(
    Array.from({ length: COUNT }, (_, i) => [
      `${i}.md`,
      `# ${word(i)}\n\nThe rules of ${word(i)} and of nothing else. Everyone reads them.\n`,
    ]),
  );
  await finish(knowledgeBase.add(temporaryFolder(files).path));
});

/** Two questions for each document; a wrong one names the document after it. */
const setOf = (count: number, isRight: (i: number) => boolean) =>
  questionSetOf(
    knowledgeBase,
    'x',
    Array.from({ length: count }, (_, i) => ({
      id: String(i),
      text: `${i % 2 === 0 ? 'rules of' : 'who reads'} ${word(i % COUNT)}`,
      kind: null,
      relevant: [`${(i + (isRight(i) ? 0 : 1)) % COUNT}.md`],
      passages: [],
      answer: null,
      isUnanswerable: false,
    })),
  );
const usage = () => knowledgeBase.usage();
const confidences = async (options = {}) =>
  (await knowledgeBase.search(`rules of ${word(3)}`, options)).hits.map(({ confidence }) => confidence);

test('without labels no hit has a confidence', async () => {
  expect((await confidences()).every((each) => each === undefined)).toBe(true);
});

test('what was fitted is shown: high for the right hit, low for the others, and only for searches like those', async () => {
  const report = await (await usage()).calibrate(
    setOf(60, () => true),
    { apply: true },
  );
  expect(report).toMatchObject({ accepted: true, applied: true, labels: 60, refusals: [] });
  expect(report.brier).toBeLessThan(report.baseBrier ?? 0);
  const [first, ...others] = (await confidences()) as number[];
  expect(first).toBeGreaterThan(0.6);
  for (const other of others) expect(other).toBeLessThan(0.4);
  expect(await confidences({ cache: true })).toEqual(await confidences({ cache: true }));
  for (const options of [{ mode: 'lexical' }, { window: 1 }, { parameters: {} }] as const) {
    expect((await confidences(options))[0]).toBeUndefined();
  }
  expect((await usage()).figures().calibratedOn).toBe(60);
});

test('it goes when the weights change, and when it is taken away', async () => {
  await (await usage()).calibrate(
    setOf(60, () => true),
    { apply: true },
  );
  knowledgeBase.setTuning({ vectorWeight: 2 });
  expect((await confidences())[0]).toBeUndefined();
  expect((await usage()).figures().calibratedOn).toBeNull();
  knowledgeBase.setTuning({});
  expect((await confidences())[0]).toBeGreaterThan(0.5);
  expect((await usage()).clearCalibration()).toBe(true);
  expect((await confidences())[0]).toBeUndefined();
  expect((await usage()).clearCalibration()).toBe(false);
});

test('it goes when the vectors are of another model', async () => {
  await (await usage()).calibrate(
    setOf(60, () => true),
    { apply: true },
  );
  const raw = openRaw(knowledgeBase.path);
  raw.exec(`UPDATE spaces SET model = 'another'`);
  expect((await usage()).figures().calibratedOn).toBeNull();
});

test('too few labels are refused, and nothing is kept', async () => {
  const report = await (await usage()).calibrate(
    setOf(49, () => true),
    { apply: true },
  );
  expect(report).toMatchObject({ accepted: false, applied: false, brier: null });
  expect(report.refusals[0]).toContain('49 questions');
  expect((await confidences())[0]).toBeUndefined();
});

test('labels that have nothing to do with the hits are refused', async () => {
  // The right document is that of the next word: no sign of a hit tells which that is.
  const report = await (await usage()).calibrate(
    setOf(60, () => false),
    { apply: true },
  );
  expect(report).toMatchObject({ accepted: false, applied: false });
  expect(report.refusals).toHaveLength(1);
});
