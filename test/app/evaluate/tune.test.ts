import { expect, test } from 'vitest';
import { questionSetOf } from '../../../src/app/evaluate/read-question-set.ts';
import { tune } from '../../../src/app/evaluate/tune.ts';
import type { Embedder } from '../../../src/embed/types.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const COUNT = 40;

const word = (i: number): string => `zet${'abcdefgh'[i >> 3]}${'klmnopqr'[i & 7]}`;

/** All passages are as near to every question, and nothing is linked: only words tell them apart. */
const NO_GRAPH = { graphWeight: 0 };
const flat = new Float32Array([1, 0, 0, 0]);
const flatEmbedder: Embedder = {
  space: { provider: 'testing', model: 'flat', dimensions: 4 },
  embedPassages: async (texts) => texts.map(() => flat),
  embedQuery: async () => flat,
};

/**
 * For each word one document that is called by it and says nothing of it, one that says much, and one that says it in
 * passing: three have it, so that the search does not look for other words as well.
 */
const files = Object.fromEntries(
  Array.from({ length: COUNT }, (_, i) => [
    [`named/${i}.md`, `# ${word(i)}\n\nempty\n`],
    [`about/${i}.md`, `# Page\n\n${`${word(i)} `.repeat(6)}\n`],
    [`other/${i}.md`, `# Page\n\n${'plain words of a long page '.repeat(8)} ${word(i)}\n`],
  ]).flat(),
);

const lines = (wanted: (i: number) => 'named' | 'about', count = COUNT) =>
  Array.from({ length: count }, (_, i) => ({
    id: String(i),
    text: word(i),
    kind: null,
    relevant: [`${wanted(i)}/${i}.md`],
    passages: [],
    answer: null,
    isUnanswerable: false,
  }));

async function filled() {
  const knowledgeBase = await openTemporary({ embedder: flatEmbedder });
  await finish(knowledgeBase.add(temporaryFolder(files).path));
  return knowledgeBase;
}

test('where titles mislead, a lower weight of titles is found, judged on the other half, and accepted', async () => {
  const knowledgeBase = await filled();
  const report = await tune(
    knowledgeBase,
    questionSetOf(
      knowledgeBase,
      'x',
      lines(() => 'about'),
    ),
    {
      current: NO_GRAPH,
      controls: [],
    },
  );
  expect(report.changes.map(({ key }) => key)).toContain('columnWeights.title');
  expect(report.heldOut).toMatchObject({ questions: COUNT / 2, losses: 0 });
  expect(report.heldOut?.difference).toBeGreaterThan(0.05);
  expect(report).toMatchObject({ accepted: true, refusals: [], applied: false, fittedOn: COUNT / 2 });
  expect(knowledgeBase.tuning()).toEqual({});
});

test('a gain on the fitting half alone is refused', async () => {
  const knowledgeBase = await filled();
  const set = questionSetOf(
    knowledgeBase,
    'x',
    lines((i) => (i % 2 === 0 ? 'about' : 'named')),
  );
  const report = await tune(knowledgeBase, set, { current: NO_GRAPH, controls: [] });
  expect(report.changes.length).toBeGreaterThan(0);
  expect(report.accepted).toBe(false);
  expect(report.refusals[0]).toMatch(/^the held-out questions are answered no better \(-/);
});

test('a gain that costs a control is refused', async () => {
  const knowledgeBase = await filled();
  const control = {
    knowledgeBase,
    set: questionSetOf(
      knowledgeBase,
      'names',
      lines(() => 'named'),
    ),
  };
  const report = await tune(
    knowledgeBase,
    questionSetOf(
      knowledgeBase,
      'x',
      lines(() => 'about'),
    ),
    {
      current: NO_GRAPH,
      controls: [control],
    },
  );
  expect(report.accepted).toBe(false);
  expect(report.refusals).toEqual([expect.stringMatching(/^the control names loses \d/)]);
});

test('too few questions are refused at once; where all is well nothing changes', async () => {
  const knowledgeBase = await filled();
  const few = questionSetOf(
    knowledgeBase,
    'few',
    lines(() => 'about', 12),
  );
  expect(await tune(knowledgeBase, few, { current: NO_GRAPH, controls: [] })).toMatchObject({
    tried: 0,
    accepted: false,
    refusals: [expect.stringContaining('only 6 questions are left to judge by; 15 are needed')],
  });
  const easy = questionSetOf(
    knowledgeBase,
    'easy',
    lines(() => 'named'),
  );
  expect(await tune(knowledgeBase, easy, { current: NO_GRAPH, controls: [] })).toMatchObject({
    changes: [],
    accepted: false,
    refusals: ['no setting that was tried is better on the questions to fit on'],
  });
});

test('what is kept in a database changes its searches until it is taken away', async () => {
  const knowledgeBase = await filled();
  const scoreOf = async (path: string) =>
    (await knowledgeBase.search(word(7), { mode: 'lexical', parameters: NO_GRAPH })).hits.find(
      (hit) => hit.path === path,
    )?.score ?? 0;
  const before = await scoreOf('about/7.md');
  expect(before).toBeLessThan(1);
  knowledgeBase.setTuning({ 'columnWeights.title': 0, 'columnWeights.headings': 0, unknown: 3, vectorWeight: 'much' });
  expect(await scoreOf('about/7.md')).toBe(1);
  knowledgeBase.setTuning({});
  expect(await scoreOf('about/7.md')).toBe(before);
});
