import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { workplace } from './eval-workplace.ts';

describe('rag eval', () => {
  test('reports every measure of every mode and kind, and what differs', async () => {
    const { rag } = await workplace();
    const { code, stdout, stderr } = await rag('eval', 'q.jsonl');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^q\.jsonl: 3 questions over 3 documents in 3 passages\n/);
    expect(stdout).toMatch(/\nconfiguration +nDCG@10 +MRR +R@5 +R@10 +R@100 +all@5\n/);
    expect(stdout).toMatch(/\nconfiguration +ev 1k +ev 2k +ev 4k +p50 ms +p95 ms\n/);
    expect(stdout).toMatch(/\nlexical +1\.000 +1\.000/);
    expect(stdout).toMatch(/\nfact +2 +lexical +\d.*\n +vector +\d.*\n +hybrid +\d/);
    expect(stdout).toMatch(/\nnDCG@10 against lexical, .*\n.*\nvector .*\nhybrid +[+-]\d/);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test('--json has the same as data', async () => {
    const { rag } = await workplace();
    const { stdout } = await rag(
      'eval',
      'q.jsonl',
      '--json',
      '--config',
      'a:mode=lexical',
      '--config',
      'b:vectorWeight=2',
    );
    const { schema, data } = JSON.parse(stdout);
    expect(schema).toBe('rag.eval/1');
    expect(data.set).toEqual({ name: 'q.jsonl', documents: 3, passages: 3, questions: 3, skipped: [] });
    expect(data.configurations).toMatchObject([
      { name: 'a', mode: 'lexical', parameters: {}, measures: { ndcg10: 1, evidence2000: 1 } },
      {
        name: 'b',
        mode: 'hybrid',
        parameters: { vectorWeight: 2 },
        kinds: [{ kind: 'fact', questions: 2 }, { kind: 'rule' }],
      },
    ]);
    expect(data.comparisons).toMatchObject([
      { name: 'b', against: 'a', measure: 'ndcg10' },
      { name: 'b', against: 'a', measure: 'recall5' },
    ]);
    expect(data.baseline).toBeNull();
  });

  test('--check-baseline passes on the same figures and exits with 4 after a drop', async () => {
    const { rag, write } = await workplace();
    expect((await rag('eval', 'q.jsonl', '--config', 'lexical', '--save-baseline', 'b.json')).code).toBe(0);
    const same = await rag('eval', 'q.jsonl', '--config', 'lexical', '--check-baseline', 'b.json');
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('No drop against')]);
    expect(same.stdout).toMatch(/\nlexical +nDCG@10 +ok +1\.000 +1\.000 +\+0\.0 /);
    write({ 'q.jsonl': '{"question": "words that nobody wrote", "paths": ["otter.md"]}' });
    const worse = await rag('eval', 'q.jsonl', '--config', 'lexical', '--check-baseline', 'b.json', '--json');
    expect(worse.code).toBe(4);
    expect(JSON.parse(worse.stdout).data.baseline).toMatchObject({
      passed: false,
      checks: [{ dropped: true, now: 0 }, {}],
    });
  });

  test('--only, --ablate and --run', async () => {
    const { rag, folder } = await workplace();
    expect((await rag('eval', 'q.jsonl', '--only', 'odd')).stdout).toContain('q.jsonl (odd): 1 question ');
    const ablated = await rag('eval', 'q.jsonl', '--ablate', '--run', 'runs');
    expect(ablated.stdout).toMatch(/\nnDCG@10 against all, .*\n.*\nno-vectors +[+-]\d/);
    expect(readFileSync(join(folder, 'runs', 'q.jsonl.all.run'), 'utf8')).toMatch(
      /^line-1 Q0 file:\S+otter\.md 1 \d ragstone-all\n/,
    );
  });

  test('a collection in BEIR layout is ingested into the cache folder, not into the database', async () => {
    const { rag, folder, write } = await workplace();
    write({
      'set/corpus.jsonl': '{"_id": "d1", "title": "Ebb", "text": "ebb and flow"}\n{"_id": "d2", "text": "other"}',
      'set/queries.jsonl': '{"_id": "q1", "text": "ebb"}',
      'set/qrels/test.tsv': 'q1\td1\t1\n',
    });
    const { code, stdout, stderr } = await rag('eval', 'set', '--config', 'lexical');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^set: 1 question over 2 documents/)]);
    expect(stderr).toMatch(/^note: Ingested the collection in /);
    expect(existsSync(join(folder, 'cache', 'ragstone', 'evaluation'))).toBe(true);
    expect((await rag('eval', 'set', '--config', 'lexical')).stderr).toBe('');
    expect(JSON.parse((await rag('status', '--json')).stdout).data.documents).toBe(3);
  });

  test('passages may be read with their neighbours, or by whole sections', async () => {
    const { rag } = await workplace();
    const { stdout } = await rag('eval', 'q.jsonl', '--json', '--config', 'w:window=1', '--config', 's:expand=section');
    expect(JSON.parse(stdout).data.configurations).toMatchObject([
      { name: 'w', window: 1, measures: { evidence1000: 1 } },
      { name: 's', expandSections: true },
    ]);
  });

  test('the help of eval shows what its default command takes, at 80 columns', async () => {
    const { rag } = await workplace();
    const { stdout } = await rag('eval', '--help');
    for (const part of ['<path>', '--ablate', '--check-baseline <file>', 'generate [options]', '$ rag eval'])
      expect(stdout).toContain(part);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test.each([
    [['gone.jsonl'], 1, /gone\.jsonl cannot be read/],
    [['notes'], 1, /is no collection in BEIR layout/],
    [['q.jsonl', '--config', 'x:vektorWeight=1'], 2, /did you mean vectorWeight/],
    [['q.jsonl', '--config', 'lexical', '--config', 'lexical'], 2, /Two configurations are called "lexical"/],
    [['q.jsonl', '--config', 'w:window=many'], 2, /window is a number of neighbours/],
    [['q.jsonl', '--config', 'w:expand=all'], 2, /expand is "section"/],
    [['q.jsonl', '--config', 'lexical', '--ablate'], 2, /exclude each other/],
    [['q.jsonl', '--check-baseline', 'gone.json'], 1, /There is no baseline/],
    [['q.jsonl', '--check-baseline', 'q.jsonl'], 2, /q\.jsonl is no baseline/],
    [['q.jsonl', '--save-baseline', 'q.jsonl/b.json'], 2, /cannot be written to/],
    [['q.jsonl', '--save-baseline', 'notes'], 2, /notes is a folder/],
    [['q.jsonl', '--run', 'q.jsonl'], 2, /cannot be written to/],
    [['q.jsonl', '--only', 'first'], 2, /even, odd/],
    [[], 2, /missing required argument|path/],
  ] as const)('rag eval %j is refused', async (argv, expected, message) => {
    const { rag } = await workplace();
    const { code, stderr } = await rag('eval', ...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(expected);
  });
});

describe('rag eval generate', () => {
  test('writes questions that rag eval reads', async () => {
    const { rag, folder } = await workplace();
    const { code, stdout } = await rag('eval', 'generate', '-n', '5');
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(5);
    expect(lines.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['title', 'figure']));
    const written = await rag('eval', 'generate', '--to', 'made.jsonl');
    expect([written.code, written.stdout]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'made.jsonl'), 'utf8').split('\n').length).toBeGreaterThan(3);
    expect((await rag('eval', 'made.jsonl', '--config', 'lexical')).stdout).toMatch(/\nlexical +1\.000/);
  });

  test('an empty database has nothing to ask about', async () => {
    const { rag } = await workplace();
    const { code, stderr } = await rag('eval', 'generate', '-c', 'none');
    expect([code, stderr]).toEqual([1, expect.stringContaining('None of 0 documents')]);
  });
});

describe('rag tune', () => {
  test('says what it refused and why, and changes nothing', async () => {
    const { rag } = await workplace();
    const { code, stdout } = await rag('tune', 'q.jsonl', '--apply');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/refused: only 1 questions? .*\nNothing was changed\.\n$/),
    ]);
    expect(JSON.parse((await rag('tune', 'q.jsonl', '--json')).stdout)).toMatchObject({
      schema: 'rag.tune/1',
      data: { accepted: false, applied: false, changes: [] },
    });
  });

  test('--apply keeps what was accepted, --reset takes it away', async () => {
    const { rag, write, folder } = await workplace();
    const words = Array.from({ length: 40 }, (_, i) => `zet${'abcdefgh'[i >> 3]}${'klmnopqr'[i & 7]}`);
    for (const [i, word] of words.entries())
      write({
        [`notes/named/${i}.md`]: `# ${word}\n\nempty\n`,
        [`notes/about/${i}.md`]: `# Page\n\n${`${word} `.repeat(6)}\n`,
      });
    const questions = (which: string) =>
      words.map((question, i) => JSON.stringify({ question, paths: [`${which}/${i}.md`] })).join('\n');
    write({ 'q.jsonl': questions('about'), 'names.jsonl': questions('named') });
    await rag('sync');
    // Links and vectors out of the way: only words tell the two apart.
    const knowledgeBase = await openKnowledgeBase({ path: join(folder, 'rag.db'), embedder: hashEmbedder() });
    knowledgeBase.setTuning({ graphWeight: 0, vectorWeight: 0 });
    knowledgeBase.close();
    const refused = await rag('tune', 'q.jsonl', '--apply', '--control', 'names.jsonl');
    expect(refused.stdout).toMatch(/refused: the control names\.jsonl loses .*\nNothing was changed\.\n$/);
    const applied = await rag('tune', 'q.jsonl', '--apply');
    expect(applied.stdout).toMatch(/vectorWeight: 0 -> \d[\s\S]*The database has this setting now/);
    expect((await rag('search', 'zetbl', '-o', 'files')).stdout).toMatch(/^\S*about\/9\.md\n/);
    const status = await rag('status');
    expect(status.stdout).toMatch(/\ntuned +graphWeight 0, vectorWeight \d.*`rag tune --reset` takes it away\n/);
    expect(status.stdout).toMatch(
      /since \d{4}-\d\d-\d\d: \+\d.* points of nDCG@10 \(p .*\) on 20 questions of q\.jsonl/,
    );
    expect(JSON.parse((await rag('status', '--json')).stdout).data.tuning).toMatchObject({
      values: { graphWeight: 0 },
      note: { set: 'q.jsonl (odd)', questions: 20 },
    });
    expect((await rag('tune', '--reset')).stderr).toContain('vectorWeight');
    expect((await rag('status')).stdout).not.toContain('tuned');
    expect((await rag('tune', '--reset')).stderr).toContain('Nothing was tuned.');
  });

  test.each([
    [[], /No questions are named/],
    [['q.jsonl', '--reset'], /--reset goes with nothing else/],
  ])('rag tune %j is refused', async (argv, message) => {
    const { rag } = await workplace();
    const { code, stderr } = await rag('tune', ...argv);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
