import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExplainOptions, PassageExplanation } from '../../src/app/explain/types.ts';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { openTemporaryStore } from '../store/temporary-store.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

let corpus: KnowledgeBase;

beforeAll(async () => {
  corpus = await openKnowledgeBase({ path: join(temporaryFolder({}, 'file').path, 'rag.db') });
  await finish(corpus.add(fileURLToPath(new URL('../../fixtures/corpus', import.meta.url))));
});

afterAll(() => corpus.close());

const sumOf = ({ parts }: Pick<PassageExplanation, 'parts'>): number => parts.reduce((sum, { adds }) => sum + adds, 0);

const QUERIES = [
  'parental leave',
  'who approves travel expenses?',
  'KL-2 battery replacement',
  '"data retention" backups',
  'Where does the Kestrel queue store messages and who decided it?',
  '休暇は何日ありますか',
];

describe('the parts of a score', () => {
  const modes: readonly ExplainOptions[] = [
    {},
    { mode: 'lexical' },
    { mode: 'vector' },
    { parameters: { fusion: 'rrf' } },
    { parameters: { feedbackTerms: 8 } },
    { perDocument: 1, window: 1 },
  ];
  test.each(modes)('add up to the score that the search shows: %j', async (options) => {
    let compared = 0;
    for (const query of QUERIES) {
      const { hits, explained = [] } = await corpus.search(query, { ...options, explain: true });
      expect(explained.map(({ chunkId }) => chunkId)).toEqual(hits.map(({ chunk }) => chunk.id));
      for (const [i, passage] of explained.entries()) {
        expect(sumOf(passage)).toBeCloseTo(hits[i]!.score, 10);
        expect(passage.score).toBe(hits[i]!.score);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  test('are what the figures of the steps make', async () => {
    const { explained = [] } = await corpus.search('parental leave', { explain: true });
    const [first] = explained;
    const words = first?.words?.found.reduce((sum, { bm25 }) => sum + bm25, 0) ?? 0;
    expect(words).toBeCloseTo(first?.words?.score ?? 0, 9);
    for (const { parts, agreement, words: each } of explained) {
      const best = Math.max(...explained.map((other) => other.words?.score ?? 0));
      const own = (from: string): number => parts.find((part) => part.from === from)?.adds ?? 0;
      if (each?.fetched) expect(own('words')).toBeCloseTo(each.score / best, 9);
      if (agreement?.counted) {
        const { coverage, ordered, near } = agreement;
        expect(own('agreement')).toBeCloseTo(0.3 * coverage + 0.2 * (ordered + near), 9);
      }
    }
  });
});

describe('why a passage is missing', () => {
  const first = async (query: string, reference: string, options: ExplainOptions = {}) => {
    const explanation = await corpus.explain(query, reference, options);
    return { explanation, passage: explanation.passages[0]! };
  };

  test('a hit has its rank, and is not cut', async () => {
    const { hits } = await corpus.search('parental leave');
    const { explanation, passage } = await first('parental leave', hits[1]!.chunk.id);
    expect(passage).toMatchObject({ rank: 2, place: 2, cut: null, score: hits[1]!.score });
    expect(explanation).toMatchObject({ hits: 10, missing: null, document: { path: hits[1]!.path } });
  });

  test('the list is too short', async () => {
    const { hits } = await corpus.search('parental leave');
    const { passage } = await first('parental leave', hits[4]!.chunk.id, { limit: 3 });
    expect(passage).toMatchObject({ rank: null, place: 5, cut: { reason: 'limit' } });
  });

  test('a filter that its document does not pass is named, by flag or in the query', async () => {
    const byFlag = await first('parental leave', 'leave-policy-2026.md', { filter: { types: ['pdf'] } });
    expect(byFlag.passage.cut).toMatchObject({ reason: 'filter', message: expect.stringContaining('type pdf') });
    expect(byFlag.passage.words?.score).toBeGreaterThan(0);
    const inQuery = await first('parental leave type:md path:support', 'leave-policy-2026.md');
    expect(inQuery.explanation.filters).toEqual([
      { asked: 'type md', passes: true },
      { asked: 'path support', passes: false },
    ]);
    const negated = await first('parental leave -type:md', 'leave-policy-2026.md');
    expect(negated.passage.cut?.message).toContain('not type md');
  });

  test('words that the query leaves out, and phrases that it asks for', async () => {
    const all = await corpus.explain('parental leave -weeks', 'leave-policy-2026.md', { passages: 50 });
    const excluded = all.passages.filter(({ cut }) => cut?.reason === 'excluded-word');
    expect(excluded.length).toBeGreaterThan(0);
    expect(excluded.every(({ score, parts }) => score === null && parts.length === 0)).toBe(true);
    expect((await first('"parental leave"', 'hq-guide.md')).passage.cut).toMatchObject({ reason: 'phrase' });
  });

  test('the score is too low', async () => {
    const { passage } = await first('parental leave', 'benefits.docx', { minScore: 50 });
    expect(passage.cut).toMatchObject({ reason: 'min-score' });
    expect(passage.score).toBeLessThan(50);
  });

  test('others that differ more were chosen, though its score is high enough', async () => {
    const { passage } = await first('travel', 'remote-work.md', { diversity: 1, limit: 3, graph: false });
    expect(passage.cut).toMatchObject({ reason: 'diversity', message: expect.stringContaining('in place 2 ') });
  });

  test('one document may have no more', async () => {
    const all = await corpus.explain('parental leave', 'leave-policy-2026.md', { passages: 5, perDocument: 1 });
    expect(all.passages.map(({ cut }) => cut?.reason)).toContain('per-document');
  });

  test('it is further down than the lists reach: the score that it would have is computed', async () => {
    const all = await corpus.explain('parental leave', 'onboarding.md', {
      parameters: { candidates: 1 },
      limit: 1,
      passages: 2,
    });
    expect(all.passages[0]).toMatchObject({ rank: null, place: null, cut: { reason: 'depth' } });
    expect(all.passages[0]?.vector?.rank).toBeGreaterThan(2);
    expect(sumOf(all.passages[0]!)).toBeCloseTo(all.passages[0]!.score as number, 10);
  });

  test('a copy is named with the passage that stands for it', async () => {
    const { hits } = await corpus.search('parental leave', { parameters: { copyOverlap: 0.2 } });
    const original = hits.find(({ copies }) => copies);
    const all = await corpus.search('parental leave', { limit: 60 });
    const cuts = await Promise.all(
      all.hits.slice(0, 30).map(({ chunk }) => first('parental leave', chunk.id, { parameters: { copyOverlap: 0.2 } })),
    );
    const copies = cuts.flatMap(({ passage }) => (passage.cut?.reason === 'copy' ? [passage.cut.of] : []));
    expect(copies).toContain(original?.chunk.id);
  });
});

test('over the graph: the name that leads there, with a sentence of either side', async () => {
  const linked: PassageExplanation[] = [];
  for (const query of QUERIES) {
    const { explained = [] } = await corpus.search(query, { explain: true, limit: 30 });
    linked.push(...explained.filter(({ graph }) => graph?.link && graph.link.steps.length > 0));
  }
  expect(linked.length).toBeGreaterThan(0);
  for (const { graph, chunkId } of linked) {
    const { steps, seedRank } = graph!.link!;
    expect(seedRank).toBeGreaterThan(0);
    expect(steps.at(-1)?.to.chunkId).toBe(chunkId);
    for (const { over, from } of steps) {
      expect(over.name).not.toBe('');
      expect(from.sentence).not.toBe('');
    }
  }
});

test('over the graph: what models found is not walked, and changes no way', async () => {
  const path = join(temporaryFolder({}, 'file').path, 'rag.db');
  const own = await openTemporary({ path });
  await finish(own.add(fileURLToPath(new URL('../../fixtures/corpus', import.meta.url))));
  const ways = async () => {
    const { explained = [] } = await own.search(QUERIES[4]!, { explain: true, limit: 30 });
    return explained.map(({ chunkId, graph }) => [chunkId, graph?.link?.steps.map(({ over }) => over.name)]);
  };
  const before = await ways();
  const store = openTemporaryStore(path);
  const rows = store.documents({}, 1000, 0).flatMap(({ row }) => store.chunkRows(row));
  const [first, second] = [Math.min(...rows), Math.max(...rows)];
  const found = { from: 'Zeta Works', to: 'Omega Hall', relation: 'owns', fromStart: 0, toStart: 0 };
  store.write((writer) => {
    for (const row of [first, second]) writer.putModelRelations(row, 'test/model', [found]);
  });
  expect(before.some(([, names]) => names && names.length > 0)).toBe(true);
  expect(await ways()).toEqual(before);
});

describe('why there is no such document', () => {
  test('failed, skipped, ignored with the rule, excluded, hidden, new, under no source, no such name', async () => {
    const folder = temporaryFolder({
      'a.md': '# Alpha\n\nText.',
      'empty.md': '',
      'broken.pdf': '%PDF-1.4 nothing',
      'drafts/x.md': 'A draft.',
      '.gitignore': 'build\n# drafts\n/drafts/\n',
      'left/out.md': 'Left out.',
      '.hidden/y.md': 'Hidden.',
      'picture.png': 'no picture',
    });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path, { exclude: ['left'] }));
    const missing = async (name: string) => (await knowledgeBase.explain('text', join(folder.path, name))).missing;
    expect(await missing('broken.pdf')).toMatchObject({ reason: 'failed' });
    expect(await missing('picture.png')).toMatchObject({ reason: 'skipped', message: expect.stringContaining('.png') });
    expect(await missing('drafts/x.md')).toMatchObject({
      reason: 'ignored',
      message: expect.stringContaining('the rule "/drafts/" of .gitignore:3'),
    });
    expect(await missing('left/out.md')).toMatchObject({
      reason: 'ignored',
      message: expect.stringContaining('--exclude'),
    });
    expect(await missing('.hidden/y.md')).toMatchObject({
      reason: 'ignored',
      message: expect.stringContaining('hidden'),
    });
    folder.write({ 'new.md': 'New.' });
    expect(await missing('new.md')).toMatchObject({ reason: 'not-synced' });
    expect((await knowledgeBase.explain('text', folder.path)).missing).toMatchObject({
      message: expect.stringContaining('is a folder that was added'),
    });
    const other = temporaryFolder({ 'b.md': 'Elsewhere.' });
    expect((await knowledgeBase.explain('text', join(other.path, 'b.md'))).missing).toMatchObject({
      reason: 'no-source',
    });
    expect((await knowledgeBase.explain('text', 'alpha.md')).missing).toMatchObject({ reason: 'unknown' });
    expect((await knowledgeBase.explain('text', 'A.MD')).missing).toMatchObject({ near: ['a.md'] });
  });

  test('a file that has changed since it was read is said to have', async () => {
    const folder = temporaryFolder({ 'a.md': '# Alpha\n\nText.' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    expect((await knowledgeBase.explain('text', 'a.md')).stale).toBeNull();
    folder.write({ 'a.md': '# Alpha\n\nOther text.' });
    expect((await knowledgeBase.explain('text', 'a.md')).stale).toContain('has changed');
    folder.remove('a.md');
    expect((await knowledgeBase.explain('text', 'a.md')).stale).toContain('no longer');
  });
});
