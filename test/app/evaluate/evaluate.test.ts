import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBaseline } from '../../../src/app/evaluate/check-baseline.ts';
import { defaultConfigurations, parseConfiguration } from '../../../src/app/evaluate/configuration.ts';
import { compareWithFirst, evaluate } from '../../../src/app/evaluate/evaluate.ts';
import { openQuestionSet } from '../../../src/app/evaluate/open-question-set.ts';
import { everyOther } from '../../../src/app/evaluate/question-set.ts';
import { questionSetOf } from '../../../src/app/evaluate/read-question-set.ts';
import { idsOf, writeBaseline, writeRuns } from '../../../src/app/evaluate/write-results.ts';
import { openKnowledgeBase } from '../../../src/app/open-knowledge-base.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import type { EvaluationRun, Measures } from '../../../src/evaluate/types.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const FILES = {
  'notes/otter.md': '# Otter\n\nThe otter probe measures groundwater.\n',
  'notes/heron.md':
    '# Heron\n\nThe heron mast costs 3150 euros.\n\n## Warranty\n\nThe heron mast has five years of warranty.\n',
  'leave.md': '# Leave\n\nEach parent has 26 weeks of leave on full pay.\n',
};
const line = (id: string, text: string, more: object) => ({
  id,
  text,
  kind: null,
  relevant: [],
  passages: [],
  answer: null,
  isUnanswerable: false,
  ...more,
});

async function filled() {
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(temporaryFolder(FILES).path));
  return knowledgeBase;
}

describe('questions about a database', () => {
  test('name documents by path or the end of one, and are measured in every configuration', async () => {
    const knowledgeBase = await filled();
    const set = questionSetOf(knowledgeBase, 'mine', [
      line('1', 'groundwater probe', { relevant: ['notes/otter.md'], answer: 'measures groundwater', kind: 'fact' }),
      line('2', 'heron mast', { relevant: ['heron.md'], answer: '3150', kind: 'fact' }),
      line('3', 'weeks of leave', { relevant: ['leave.md', 'gone.md'] }),
      line('4', 'nothing', { relevant: ['gone.md'] }),
      line('5', 'neither', {}),
    ]);
    expect(set.skipped).toEqual([
      { id: '4', reason: 'the database has no gone.md' },
      { id: '5', reason: 'it names nothing that answers it' },
    ]);
    const { report, runs } = await evaluate(knowledgeBase, set, defaultConfigurations);
    expect(report.configurations.map(({ name }) => name)).toEqual(['lexical', 'vector', 'hybrid']);
    expect(runs[0]?.measures.map(({ recall5 }) => recall5)).toEqual([1, 1, 0.5]);
    expect(runs[0]?.measures.map(({ allGold5 }) => allGold5)).toEqual([1, 1, 0]);
    expect(runs[0]?.measures.map(({ evidence2000 }) => evidence2000)).toEqual([1, 1, 0.5]);
    expect(report.configurations[0]).toMatchObject({
      kinds: [{ kind: 'fact', questions: 2, measures: { ndcg10: 1, mrr: 1 } }],
    });
    expect(report.configurations[0]?.latencyMs.p95).toBeGreaterThan(0);
    expect(report.comparisons).toHaveLength(4);
    expect(report.set).toMatchObject({ name: 'mine', questions: 3, documents: 3 });
  });

  test('may give the text of the passage in place of a document', async () => {
    const knowledgeBase = await filled();
    const set = questionSetOf(knowledgeBase, 'passages', [
      line('1', 'heron warranty', { relevant: ['The heron mast has five years of warranty.'] }),
      line('2', 'heron warranty', { passages: ['The otter sleeps through the whole winter.'] }),
    ]);
    const { runs } = await evaluate(knowledgeBase, set, [parseConfiguration('lexical')]);
    expect(runs[0]?.measures.map(({ mrr }) => mrr)).toEqual([expect.any(Number), 0]);
    expect(runs[0]?.measures[0]?.recall5).toBe(1);
    expect(runs[0]?.rankings[0]).toContain('passage:0');
  });

  test('are refused when none can be judged', async () => {
    const knowledgeBase = await filled();
    expect(() => questionSetOf(knowledgeBase, 'x', [line('1', 'a', { relevant: ['gone.md'] })])).toThrow(
      /No question of x can be judged: of 1, the database has no gone\.md/,
    );
  });

  test('are halved by their place', async () => {
    const knowledgeBase = await filled();
    const set = questionSetOf(
      knowledgeBase,
      'x',
      ['a', 'b', 'c'].map((id) => line(id, 'q', { relevant: ['leave.md'] })),
    );
    expect([everyOther(set, 'even'), everyOther(set, 'odd')].map(idsOf)).toEqual([['a', 'c'], ['b']]);
  });

  test('a parameter reaches the search', async () => {
    const knowledgeBase = await filled();
    const set = questionSetOf(knowledgeBase, 'x', [line('1', 'heron measures', { relevant: ['heron.md'] })]);
    const search = (text: string) => evaluate(knowledgeBase, set, [parseConfiguration(text)]);
    const titleOnly = await search(
      't:mode=lexical,columnWeights.title=50,columnWeights.body=0,columnWeights.headings=0',
    );
    expect(titleOnly.runs[0]?.rankings[0]).toHaveLength(1);
    const bodyOnly = await search('b:mode=lexical,columnWeights.title=0,columnWeights.headings=0');
    expect(bodyOnly.runs[0]?.rankings[0]).toHaveLength(2);
  });
});

describe('a collection in BEIR layout', () => {
  const beir = () =>
    temporaryFolder({
      'corpus.jsonl': ['otter', 'heron', 'leave']
        .map((id) => JSON.stringify({ _id: id, title: id, text: `The ${id} text.` }))
        .join('\n'),
      'queries.jsonl': '{"_id": "q1", "text": "about the heron"}\n{"_id": "q2", "text": "leave"}\n',
      'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq1\theron\t1\nq2\tleave\t2\n',
    });
  const optionsOf = (cacheFolder: string) => ({
    cacheFolder,
    databasePath: '/nowhere',
    settings: defaultSettings,
    open: (path: string, create: boolean) => openKnowledgeBase({ path, create, embedder: hashEmbedder() }),
  });

  test('is ingested once, and opened the next time until its contents change', async () => {
    const cache = join(temporaryFolder().path, 'cache');
    const collection = beir();
    const first = await openQuestionSet(collection.path, optionsOf(cache));
    expect(first.ingestMs).not.toBeNull();
    const { runs } = await evaluate(first.knowledgeBase, first.set, [parseConfiguration('lexical')]);
    first.knowledgeBase.close();
    expect(runs[0]?.rankings.map(([best]) => best)).toEqual(['heron', 'leave']);
    expect(runs[0]?.measures.map(({ ndcg10 }) => ndcg10)).toEqual([1, 1]);

    const second = await openQuestionSet(collection.path, optionsOf(cache));
    second.knowledgeBase.close();
    expect(second.ingestMs).toBeNull();
    const fresh = await openQuestionSet(collection.path, { ...optionsOf(cache), fresh: true });
    fresh.knowledgeBase.close();
    expect(fresh.ingestMs).not.toBeNull();
    collection.write({ 'corpus.jsonl': '{"_id": "heron", "text": "Another text."}' });
    const changed = await openQuestionSet(collection.path, optionsOf(cache));
    changed.knowledgeBase.close();
    expect(changed.ingestMs).not.toBeNull();
    expect(readdirSync(cache).filter((name) => name.endsWith('.db'))).toHaveLength(2);
    expect(readdirSync(cache).filter((name) => name.includes('.part-'))).toEqual([]);
  });

  test('leaves nothing half behind when it is stopped, and clears up after one that was killed', async () => {
    const cache = temporaryFolder().path;
    const stale = join(cache, `${'a'.repeat(32)}.db.part-1`);
    writeFileSync(stale, 'x');
    utimesSync(stale, 1, 1);
    const stopped = AbortSignal.abort();
    await expect(openQuestionSet(beir().path, { ...optionsOf(cache), signal: stopped })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(readdirSync(cache)).toEqual([`${'a'.repeat(32)}.db.part-1`]);
    const open = await openQuestionSet(beir().path, optionsOf(cache));
    open.knowledgeBase.close();
    expect(existsSync(stale)).toBe(false);
  });
});

describe('a baseline', () => {
  const figures = (ndcg10: number): Measures => ({
    ndcg10,
    mrr: ndcg10,
    recall5: ndcg10,
    recall10: ndcg10,
    recall100: ndcg10,
    allGold5: 0,
    evidence1000: 0,
    evidence2000: 0,
    evidence4000: 0,
  });
  const runOf = (name: string, values: readonly number[]): EvaluationRun => ({
    name,
    measures: values.map(figures),
    rankings: values.map(() => []),
    latenciesMs: [],
  });
  const ids = Array.from({ length: 40 }, (_, i) => `q${i}`);
  const set = {
    name: 'some set',
    questions: ids.map((id) => ({
      id,
      text: id,
      kind: null,
      unit: 'document' as const,
      judgements: new Map(),
      evidence: [],
      gold: null,
    })),
    open: [],
    skipped: [],
    keysOf: () => [],
  };
  const saved = (values: readonly number[]) => {
    const path = join(temporaryFolder().path, 'below', 'baseline.json');
    writeBaseline(path, set, [runOf('hybrid', values)]);
    return path;
  };
  const half = ids.map(() => 0.5);

  test('the same figures pass, a gain passes, a drop of more than two points does not', () => {
    const path = saved(half);
    const check = (values: readonly number[]) => checkBaseline(path, ids, [runOf('hybrid', values)]);
    expect(check(half).passed).toBe(true);
    expect(check(ids.map(() => 0.6)).passed).toBe(true);
    // One of forty questions lost altogether: 1.25 points, no test would call it.
    expect(check(half.map((value, i) => (i === 0 ? 0 : value))).passed).toBe(true);
    expect(check(half.map((value, i) => (i < 2 ? 0 : value))).passed).toBe(false);
    expect(check(half.map((value, i) => (i < 2 ? 0 : value))).checks[0]).toMatchObject({
      dropped: true,
      losses: 2,
      before: 0.5,
    });
  });

  test('a small drop of nearly every question is significant, and counts', () => {
    const { passed, checks } = checkBaseline(saved(half), ids, [
      runOf(
        'hybrid',
        ids.map(() => 0.49),
      ),
    ]);
    expect(passed).toBe(false);
    expect(checks[0]?.pHolm).toBeLessThan(0.001);
  });

  test('compares what both have, and says what not', () => {
    const path = saved(half);
    const some = checkBaseline(path, ['q0', 'new'], [runOf('hybrid', [0.5, 0]), runOf('other', [0, 0])]);
    expect(some.checks.map(({ questions }) => questions)).toEqual([1, 1]);
    expect(some.notes).toEqual([
      '"hybrid" is compared over 1 of 2 questions.',
      'The baseline has nothing to compare "other" with.',
    ]);
    expect(() => checkBaseline(path, ids, [runOf('other', half)])).toThrow(/no configuration and question/);
    expect(() => checkBaseline('/nowhere/x.json', ids, [])).toThrow(/There is no baseline/);
    writeFileSync(path, '{"schema": "other"}');
    expect(() => checkBaseline(path, ids, [])).toThrow(/its schema is not/);
  });

  test('runs are written by set and configuration', () => {
    const folder = join(temporaryFolder().path, 'runs');
    const run = { ...runOf('hybrid', [1]), rankings: [['d1', 'd2']] };
    const [path] = writeRuns(folder, set, [run]);
    expect(path).toBe(join(folder, 'some-set.hybrid.run'));
    expect(readFileSync(path as string, 'utf8')).toBe('q0 Q0 d1 1 2 ragstone-hybrid\nq0 Q0 d2 2 1 ragstone-hybrid\n');
  });

  test('comparisons are corrected for their number within each measure', () => {
    const better = half.map((value, i) => (i < 6 ? value + 0.1 : value));
    const [one] = compareWithFirst([runOf('a', half), runOf('b', better)]);
    const [first] = compareWithFirst([runOf('a', half), runOf('b', better), runOf('c', half)]);
    expect(one?.pHolm).toBe(one?.p);
    expect(first?.pHolm).toBeCloseTo(2 * (first?.p ?? 0), 12);
    expect(compareWithFirst([])).toEqual([]);
  });
});
