import { beforeEach, describe, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { createBuiltinEmbedder } from '../../../src/embed/builtin/builtin-embedder.ts';
import { finish, openTemporary, type TemporaryFolder, temporaryFolder } from '../temporary-knowledge-base.ts';

let folder: TemporaryFolder;
let knowledgeBase: KnowledgeBase;

beforeEach(async () => {
  folder = temporaryFolder({
    'leave.md': '# Parental leave\n\nEach parent has 26 weeks of parental leave on full pay.\n',
    'travel.md': '# Travel\n\nTrains are booked through the travel desk. Flights need approval by a director.\n',
    'dogs.md': '# Dogs\n\nDogs are welcome in the warehouse, but not in the canteen.\n',
  });
  knowledgeBase = await openTemporary({ embedder: createBuiltinEmbedder() });
  await finish(knowledgeBase.add(folder.path));
});

const askAll = async (...questions: string[]): Promise<void> => {
  for (const question of questions) await knowledgeBase.search(question, { log: true });
};
const gaps = async (options = {}) => (await knowledgeBase.usage()).gaps(options);

describe('what people asked and nothing answers', () => {
  test('is one gap for one subject, with what to add; what is answered is none', async () => {
    await askAll('How many weeks of parental leave?', 'How do I reset the VPN?', 'vpn reset', 'VPN reset?', 'kombucha');
    const report = await gaps();
    expect(report.gaps.map(({ asked, questions }) => [asked, [...questions].sort()])).toEqual([
      [3, ['How do I reset the VPN?', 'VPN reset?']],
      [1, ['kombucha']],
    ]);
    expect(report.gaps[0]?.terms).toContain('vpn');
    expect(report.gaps[0]?.unknownWords).toEqual(expect.arrayContaining(['vpn', 'reset']));
    expect(report.gaps[0]?.advice).toMatch(/^No document says .*"vpn"/);
    expect(report).toMatchObject({ asked: 5, questions: 4, more: 0, reason: null });
  });

  test('is no gap any more once a document answers it', async () => {
    await askAll('How do I reset the VPN?');
    folder.write({ 'vpn.md': '# How to reset the VPN\n\nTo reset the VPN, open the client and choose Reset.\n' });
    await finish(knowledgeBase.add(folder.path));
    const report = await gaps();
    expect(report.gaps).toEqual([]);
    expect(report).toMatchObject({ filled: 1 });
    expect(report.reason).toBe('The one question in the log finds something that speaks of it.');
    await askAll('How many weeks of parental leave?');
    expect((await gaps()).reason).toBe(
      'All of the 2 different questions in the log find something that speaks of them.',
    );
  });

  test('has words', async () => {
    await askAll('""', '--', 'kombucha');
    expect(await gaps()).toMatchObject({ questions: 1, gaps: [{ question: 'kombucha' }] });
  });

  test('is counted from a day on, up to a limit', async () => {
    await askAll('kombucha', 'quantum chromodynamics');
    expect(await gaps({ limit: 1 })).toMatchObject({ more: 1, gaps: [{ question: 'quantum chromodynamics' }] });
    expect(await gaps({ since: '2999-01-01' })).toMatchObject({
      gaps: [],
      reason: 'Nothing was asked since 2999-01-01.',
    });
  });
});

test('an empty log says why', async () => {
  expect((await gaps()).reason).toBe('No question was asked of this database yet.');
});

test('hostile questions are clustered like any other', async () => {
  await askAll('"', '((((', 'a'.repeat(100_000), '\u0000\u202e', '公司的病假规定', '公司的病假规定');
  const report = await gaps();
  // Those that have words; the rest is nothing that a document could say.
  expect(report.questions).toBe(2);
  for (const { question } of report.gaps) expect(question.length).toBeLessThanOrEqual(500);
});

test('looking for gaps is no question itself', async () => {
  await askAll('kombucha');
  await gaps();
  await gaps();
  expect((await knowledgeBase.usage()).questions()).toHaveLength(1);
});
