import { expect, test } from 'vitest';
import { asked, baseOf } from '../asked-base.ts';

const TRAVEL = {
  'travel-2024.md': '# Travel rules\n\nHotel costs are refunded up to 120 euros a night.\n',
  'travel-2026.md':
    '# Travel rules, new\n\nEffective date: 1 March 2026\n\nThis policy replaces travel-2024.md.\n\nHotel costs are refunded up to 150 euros a night.\n',
  'canteen.md': '# Canteen\n\nThe canteen opens at eleven.\n',
};

test.each([
  ['Up to how many euros a night are hotel costs refunded?', 'travel-2026.md', '150'],
  ['What is the current limit for hotel costs a night?', 'travel-2026.md', '150'],
  ['Up to how many euros a night were hotel costs refunded in March 2025?', 'travel-2024.md', '120'],
  ['Up to how many euros are hotel costs refunded as of 2026-02-28?', 'travel-2024.md', '120'],
  ['Up to how many euros are hotel costs refunded as of 2026-03-01?', 'travel-2026.md', '150'],
  ['What was the previous limit for hotel costs a night?', 'travel-2024.md', '120'],
])('%s is answered from %s', async (question, path, figure) => {
  const { first, answer, result } = await asked(await baseOf(TRAVEL), question);
  expect(first).toBe(path);
  expect(answer.citations[0]?.quote).toContain(figure);
  expect(answer.citations.every(({ marker }) => result.hits[marker - 1]?.path === path)).toBe(true);
});

test('what is put back is told with what replaced it and when', async () => {
  const { result } = await asked(await baseOf(TRAVEL), 'Up to how many euros a night are hotel costs refunded?');
  expect(result.notes).toContain('travel-2024.md comes last: it was superseded by travel-2026.md from 2026-03-01.');
  const old = result.hits.find(({ path }) => path === 'travel-2024.md');
  expect(old?.validity).toMatchObject({ supersededBy: 'travel-2026.md', applies: false });
});

test('the version that applies is fetched where only the other one was found', async () => {
  const base = await baseOf({
    'a.md': '---\nsuperseded_by: b.md\n---\n# Badge rules\n\nBadges of visitors are green and valid for a day.\n',
    'b.md': '---\nvalid_from: 2020-01-01\n---\n# Entrance\n\nGuests wear a red card for one week.\n',
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `n${i}.md`,
        `# Visitors ${i}\n\nBadges of visitors of site ${i} are green.\n`,
      ]),
    ),
  });
  const { result } = await asked(base, 'What colour are badges of visitors valid for a day?', { limit: 3 });
  expect(result.hits.map(({ path }) => path)).toContain('b.md');
  const filtered = await asked(base, 'What colour are badges of visitors valid for a day?', {
    limit: 3,
    filter: { paths: ['a.md', 'n*.md'] },
  });
  expect(filtered.result.hits.map(({ path }) => path)).not.toContain('b.md');
});

test('an answer that cites a document which does not apply says so', async () => {
  const base = await baseOf({
    'rate.md': '---\nvalid_until: 2020-12-31\n---\n# Rates\n\nThe daily rate for consultants is 900 euros.\n',
  });
  const { answer } = await asked(base, 'What is the daily rate for consultants?');
  expect(answer.citations[0]?.quote).toContain('900');
  expect(answer.warnings).toEqual(['[1] is from "Rates", which does not apply: valid until 2020-12-31.']);
});

test('a draft comes behind what is in force', async () => {
  const base = await baseOf({
    'draft.md': '---\nstatus: draft\nsupersedes: rule.md\n---\n# Parking\n\nParking costs 9 euros a day for staff.\n',
    'rule.md': '# Parking\n\nParking costs 5 euros a day for staff.\n',
  });
  expect((await asked(base, 'What does parking cost a day for staff?')).first).toBe('rule.md');
});

test('documents that say nothing of their time stay as they were found', async () => {
  const { result } = await asked(await baseOf({ 'canteen.md': TRAVEL['canteen.md'] }), 'When does the canteen open?');
  expect(result.hits[0]?.validity).toBeUndefined();
  expect(result.notes).toEqual([]);
});
