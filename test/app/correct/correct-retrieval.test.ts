import { expect, test } from 'vitest';
import { asked, baseOf } from '../asked-base.ts';
import { openTemporary } from '../temporary-knowledge-base.ts';

const OFFICE = {
  'phones.md': '# Telephones\n\nThe extension of the security desk is 4400.\n',
  'canteen.md': '# Canteen\n\nThe canteen opens at eleven and serves soup on Mondays.\n',
  'leave.md': '# Leave\n\nParental leave lasts 26 weeks for each parent.\n',
};

test('what is found well is searched for once, and graded', async () => {
  const { result } = await asked(await baseOf(OFFICE), 'What is the extension of the security desk?');
  expect(result.corrections).toBeUndefined();
  expect(result.grade).toMatchObject({ answerable: true, missing: [] });
});

test('a question of two parts whose answers stand in two documents is answered part by part', async () => {
  const base = await baseOf(OFFICE);
  const question = 'When does the canteen open with soup, and how many weeks does parental leave last for each parent?';
  const { result, answer } = await asked(base, question, { limit: 3 });
  const cited = answer.citations.map(({ quote }) => quote).join(' ');
  expect(cited).toContain('eleven');
  expect(cited).toContain('26 weeks');
  expect(result.corrections?.[0]?.kind ?? 'none').toMatch(/decomposed|none/);
});

test('where nothing is found the tries, what is missing and what is nearest are told', async () => {
  const { result, answer } = await asked(
    await baseOf(OFFICE),
    'Which extension has Zephyrine Quux in the Ulaanbaatar bureau?',
  );
  expect(answer).toMatchObject({ text: '', support: 'none' });
  expect(answer.warnings.join(' ')).toMatch(/No passage mentions .*Quux/);
  expect(result.corrections?.length).toBeGreaterThan(0);
  expect(result.corrections?.length).toBeLessThanOrEqual(3);
  expect(result.notes.join(' ')).toContain('searched again');
  expect(result.notes.join(' ')).toMatch(/Nearest is "Telephones" \(phones\.md, line 3\)/);
});

test('a filter that the user gave stays, and what it hides is told', async () => {
  const base = await baseOf(OFFICE);
  const { result, answer } = await asked(base, 'What is the extension of the security desk?', {
    filter: { paths: ['canteen.md'] },
  });
  expect(answer.support).toBe('none');
  expect(result.hits.every(({ path }) => path === 'canteen.md')).toBe(true);
  expect(result.notes.join(' ')).toContain('hides what may answer this: "Telephones" (phones.md)');
});

test('a date that the question only seems to ask for is left out at last', async () => {
  const base = await baseOf({
    ...OFFICE,
    'review.md':
      '---\ndate: 2020-05-01\n---\n# Review\n\nThe sprinkler inspection notes name Ada Byron as the inspector.\n',
    'new.md': '---\ndate: 2024-03-05\n---\n# Diary\n\nNothing of note.\n',
  });
  const { result, answer } = await asked(base, 'Who is named in the sprinkler inspection notes from 2024-03-05?');
  expect(result.corrections).toMatchObject([{ kind: 'without-dates' }]);
  expect(result.notes.join(' ')).toContain('without the date');
  expect(answer.citations.map(({ quote }) => quote).join(' ')).toContain('Ada Byron');
});

test('an empty database is not searched again', async () => {
  const { result } = await asked(await openTemporary(), 'What is the extension of the security desk?');
  expect(result.corrections).toBeUndefined();
});

test.each(['extractive', 'none'])('"%s" is no model that could put a question in other words', async (model) => {
  const question = 'Which extension has Zephyrine Quux in the Ulaanbaatar bureau?';
  const { result } = await asked(await baseOf(OFFICE), question, { model, expansionModel: model });
  expect(result.corrections?.map(({ kind }) => kind)).toContain('expanded');
});
