import { describe, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { openRaw } from '../../store/temporary-store.ts';
import { randomNumbers } from '../../understand/random-text.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

/** A base with these files of one folder. */
async function baseOf(files: Readonly<Record<string, string>>): Promise<KnowledgeBase> {
  const kb = await openTemporary();
  await finish(kb.add(temporaryFolder(files).path));
  return kb;
}

/** Sentences of made-up words, the same for the same seed. */
const prose = (seed: number, words: number): string =>
  randomNumbers(seed, words, 4000)
    .map(
      (number, at) =>
        `${['lo', 'ma', 'ri', 'tes', 'un'][number % 5]}${number.toString(36)}${at % 12 === 11 ? '.' : ''}`,
    )
    .join(' ');

/** Every n-th word is another. */
const edited = (text: string, every: number): string =>
  text
    .split(' ')
    .map((word, at) => (at % every === every - 1 ? `neu${at}` : word))
    .join(' ');

const groupsOf = async (kb: KnowledgeBase, threshold?: number) => {
  const { groups } = await (await kb.understanding()).duplicates({ threshold });
  return groups.map(({ documents }) => documents.map(({ path, likeness }) => `${path} ${likeness}`).sort());
};

describe('duplicates', () => {
  test('copies, texts with the same words and edited ones are one group, others are none', async () => {
    const text = prose(1, 400);
    const kb = await baseOf({
      'a.txt': text,
      'b.txt': text,
      'c.txt': text.toUpperCase().replaceAll('. ', ' .\n\n'),
      'd.txt': edited(text, 200),
      'e.txt': edited(text, 6),
      'f.txt': prose(2, 400),
      'g.txt': 'short',
    });
    const [group, ...others] = (await (await kb.understanding()).duplicates()).groups;
    expect(others).toEqual([]);
    expect(group?.documents.map(({ path }) => path).sort()).toEqual(['a.txt', 'b.txt', 'c.txt', 'd.txt']);
    expect(group?.documents.filter(({ likeness }) => likeness === 'near').length).toBeGreaterThan(0);
    for (const { similarity } of group?.documents ?? []) expect(similarity).toBeGreaterThan(0.9);
  });
  test('a lower threshold finds what shares less, and 1 only equal words', async () => {
    const text = prose(3, 600);
    const kb = await baseOf({ 'a.txt': text, 'b.txt': edited(text, 25), 'c.txt': prose(4, 600) });
    expect(await groupsOf(kb)).toEqual([]);
    expect((await groupsOf(kb, 0.6)).length).toBe(1);
    expect(await groupsOf(kb, 1)).toEqual([]);
    await expect(groupsOf(kb, 0.1)).rejects.toMatchObject({ code: 'USAGE' });
  });
  test('no group is found where a filter leaves one of two', async () => {
    const kb = await baseOf({ 'a.txt': prose(5, 80), 'b.txt': prose(5, 80) });
    const { groups, documents } = await (await kb.understanding()).duplicates({ filter: { paths: ['a.txt'] } });
    expect({ groups, documents }).toEqual({ groups: [], documents: 1 });
  });
});

describe('facts', () => {
  test('of a document: language, kind, time and what it speaks of', async () => {
    const kb = await baseOf({
      'travel-policy.md':
        '---\nexpires: 2020-01-31\n---\n# Travel policy\n\nThis policy applies to all employees. Night trains are booked by the travel desk. Night trains are paid by the travel desk.\n',
      'other.md': 'Employees are paid at the end of the month, and all of this is about the salary.\n',
    });
    const report = await (await kb.understanding()).facts('travel-policy.md');
    expect(report).toMatchObject({
      facts: { language: 'en', kind: 'policy', dates: { until: '2020-01-31' } },
      isExpired: true,
    });
    const words = report.keywords.map(({ text }) => text);
    expect(words).toContain('night trains');
    expect(words).not.toContain('the');
    expect((await kb.understanding()).expired(5)).toMatchObject([{ path: 'travel-policy.md', until: '2020-01-31' }]);
    expect(kb.status().facts).toMatchObject({ expired: 1, lacking: 0, kinds: { policy: 1 } });
  });
  test('what another version stored is looked at when it is asked for, and only then', async () => {
    const kb = await baseOf({
      'a.txt': prose(7, 60),
      'rechnung.txt': 'Rechnungsnummer 4711, Rechnungsdatum 1.3.2026, und der Betrag ist für die Lieferung von Holz.',
    });
    openRaw(kb.path).exec('DELETE FROM document_facts; UPDATE documents SET language = NULL');
    expect(kb.status().facts).toMatchObject({ lacking: 2, kinds: {} });
    const understanding = await kb.understanding();
    expect((await understanding.facts('rechnung.txt')).facts).toMatchObject({ language: 'de', kind: 'invoice' });
    expect(await understanding.fill()).toBe(2);
    expect(await understanding.fill()).toBe(0);
    expect(kb.status().facts).toMatchObject({ lacking: 0, kinds: { invoice: 1 } });
    expect(kb.list({ filter: { languages: ['de'], kinds: ['invoice'] } })).toMatchObject([{ path: 'rechnung.txt' }]);
  });
  test('a search takes language and kind as filters', async () => {
    const kb = await baseOf({
      'a.txt': 'Das Holz ist im Lager, und die Lieferung ist für den nächsten Tag bestellt.',
      'b.txt': 'The Holz delivery is in the store, and it was ordered for the next day.',
    });
    const paths = async (query: string) => (await kb.search(query)).hits.map(({ path }) => path);
    expect(await paths('holz lang:de')).toEqual(['a.txt']);
    expect(await paths('holz -lang:de')).toEqual(['b.txt']);
    expect((await kb.search('holz', { filter: { kinds: ['invoice'] } })).hits).toEqual([]);
  });
});

describe('tags', () => {
  const SUBJECTS = {
    money: 'The invoice is paid from the budget of the department, and the bank books the amount of the bill.',
    ships: 'The harbour pilot guides the vessel past the lighthouse while the crew makes the anchor fast.',
  };
  /** A text of a subject, unlike the others of it. */
  const textOn = (subject: keyof typeof SUBJECTS, seed: number): string => `${SUBJECTS[subject]} ${prose(seed, 20)}\n`;
  const tagged = (subject: keyof typeof SUBJECTS, seed: number): string =>
    `---\ntags: [${subject}]\n---\n${textOn(subject, seed)}`;
  const files = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].flatMap((seed) => [
      [`m${seed}.md`, tagged('money', seed)],
      [`s${seed}.md`, tagged('ships', seed + 20)],
    ]),
  );

  test('documents without tags get suggestions from those with tags, and nothing is changed unasked', async () => {
    const kb = await baseOf({ ...files, 'new-ship.md': textOn('ships', 90), 'new-bill.md': textOn('money', 91) });
    const understanding = await kb.understanding();
    const found = await understanding.suggestTags();
    expect(found.figures.map(({ tag, documents, precision }) => ({ tag, documents, precision }))).toEqual([
      { tag: 'money', documents: 6, precision: 1 },
      { tag: 'ships', documents: 6, precision: 1 },
    ]);
    const suggested = found.suggestions.map(({ path, tags }) => [path, tags[0]?.tag]);
    expect(suggested.sort()).toEqual([
      ['new-bill.md', 'money'],
      ['new-ship.md', 'ships'],
    ]);
    expect(understanding.tags()).toEqual([
      { tag: 'money', documents: 6 },
      { tag: 'ships', documents: 6 },
    ]);
    expect((await understanding.suggestTags({ apply: true })).applied).toBe(true);
    expect(kb.list({ filter: { tags: ['ships'] } }).map(({ path }) => path)).toContain('new-ship.md');
    expect((await understanding.suggestTags()).untagged).toBe(0);
  });
  test('where too few documents have a tag nothing is suggested', async () => {
    const kb = await baseOf({ 'a.md': tagged('money', 1), 'b.md': textOn('money', 2) });
    expect(await (await kb.understanding()).suggestTags()).toMatchObject({
      figures: [],
      suggestions: [],
      tooFew: ['money'],
    });
  });
  test('a tag that was given stays when the file is edited, and goes when it is taken', async () => {
    const folder = temporaryFolder({ 'a.md': 'one\n' });
    const kb = await openTemporary();
    await finish(kb.add(folder.path));
    const understanding = await kb.understanding();
    expect(understanding.tag('a.md', ['mine', ' two words '])).toEqual({ path: 'a.md', tags: ['mine', 'two words'] });
    folder.write({ 'a.md': '---\ntags: [own]\n---\ntwo\n' });
    await finish(kb.sync());
    expect(kb.list()[0]?.tags).toEqual(['mine', 'own', 'two words']);
    expect(understanding.untag('a.md', ['mine']).tags).toEqual(['own', 'two words']);
    expect(() => understanding.tag('a.md', ['a,b'])).toThrow(/cannot be a tag/);
  });
});
