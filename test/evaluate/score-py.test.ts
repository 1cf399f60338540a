import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mean, ndcgAt, recallAt } from '../../src/evaluate/metrics.ts';
import { createRandom } from '../../src/evaluate/random.ts';
import { trecRun } from '../../src/evaluate/trec-run.ts';

const SCORER = fileURLToPath(new URL('../../../shared/eval/score.py', import.meta.url));

test.skipIf(!existsSync(SCORER))('figures are those of score.py (skipped where ../shared/eval is absent)', () => {
  const random = createRandom(7);
  const below = (limit: number) => Math.floor(random() * limit);
  const questions = Array.from({ length: 60 }, (_, i) => {
    const judgements = new Map(Array.from({ length: 1 + below(15) }, () => [`d${below(300)}`, below(4)] as const));
    judgements.set(`d${below(300)}`, 1);
    const keys = [...new Set(Array.from({ length: below(140) }, () => `d${below(300)}`))];
    return { id: `q${i}`, judgements, keys };
  });
  const folder = mkdtempSync(join(tmpdir(), 'rag-score-'));
  try {
    writeFileSync(join(folder, 'a.run'), trecRun('test', questions));
    const lines = questions.flatMap(({ id, judgements }) =>
      [...judgements].map(([key, grade]) => `${id}\t${key}\t${grade}`),
    );
    writeFileSync(join(folder, 'qrels.tsv'), `query-id\tcorpus-id\tscore\n${lines.join('\n')}\n`);
    const theirs = JSON.parse(
      execFileSync('python3', [SCORER, join(folder, 'a.run'), join(folder, 'qrels.tsv'), '--json'], {
        encoding: 'utf8',
      }),
    ) as Record<string, number>;
    const ours = (figure: (q: (typeof questions)[number]) => number) => mean(questions.map(figure));
    expect(ours(({ keys, judgements }) => ndcgAt(10, keys, judgements))).toBeCloseTo(theirs['nDCG@10'] as number, 4);
    expect(ours(({ keys, judgements }) => recallAt(10, keys, judgements))).toBeCloseTo(theirs['R@10'] as number, 4);
    expect(ours(({ keys, judgements }) => recallAt(100, keys, judgements))).toBeCloseTo(theirs['R@100'] as number, 4);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a run file has one line for each key, scores that fall, and no space within a field', () => {
  expect(trecRun('r', [{ id: 'q 1', keys: ['a b', 'c'] }])).toBe('q_1 Q0 a_b 1 2 r\nq_1 Q0 c 2 1 r\n');
});
