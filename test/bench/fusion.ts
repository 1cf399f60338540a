/**
 * The table on which the defaults of fusion were chosen: nDCG@10 of each method on the even queries of every
 * collection, and of the best single leg, the default and the best method on the odd queries.
 *
 *   npm run bench:fusion -- <folder of collections | one collection> [--only a,b] [--queries 200] [--write <file.md>]
 *
 * --queries bounds those of each half. Collections are ingested once and kept in a folder of the machine's temporary one.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Configuration, parseConfiguration } from '../../src/app/evaluate/configuration.ts';
import { openQuestionSet } from '../../src/app/evaluate/open-question-set.ts';
import { everyOther, type QuestionSet } from '../../src/app/evaluate/question-set.ts';
import { runConfiguration } from '../../src/app/evaluate/run-configuration.ts';
import { valuesOf } from '../../src/evaluate/measure.ts';
import { mean } from '../../src/evaluate/metrics.ts';
import { isBeir } from '../../src/evaluate/read-beir.ts';
import { compare } from '../../src/evaluate/significance.ts';
import { defaultSettings, type KnowledgeBase, openKnowledgeBase } from '../../src/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, queries: { type: 'string', default: '200' }, write: { type: 'string' } },
});

/**
 * The legs alone, then every method with the agreement of words, and the default without it. The graph is left out: this
 * table is of words and vectors.
 */
const METHODS: readonly Configuration[] = [
  'lexical:mode=lexical',
  'vector:mode=vector',
  'plain1:vectorWeight=1,coverageWeight=0,proximityWeight=0',
  'sum.5:vectorWeight=0.5',
  'sum1:vectorWeight=1',
  'sum1.5:vectorWeight=1.5',
  'minmax.5:fusion=min-max,vectorWeight=0.5',
  'minmax1:fusion=min-max,vectorWeight=1',
  'relative1:fusion=relative,vectorWeight=1',
  'dbsf1:fusion=distribution,vectorWeight=1',
  // Their scores are some hundredths, so that agreement of any weight would be all.
  'rrf60:fusion=rrf,rankConstant=60,vectorWeight=1,coverageWeight=0,proximityWeight=0',
  'rrf10:fusion=rrf,rankConstant=10,vectorWeight=1,coverageWeight=0,proximityWeight=0',
].map((text) => parseConfiguration(`${text},graphWeight=0`));
const LEGS = ['lexical', 'vector'];
const DEFAULT = 'sum1';

const root = resolve(positionals[0] ?? '../shared/eval');
const folders = (
  isBeir(root)
    ? [root]
    : readdirSync(root)
        .map((name) => join(root, name))
        .filter(isBeir)
).filter((folder) => !values.only || values.only.split(',').includes(basename(folder)));
if (folders.length === 0) {
  console.error(`No collection in BEIR layout at ${root}.`);
  process.exit(2);
}

type Row = {
  readonly name: string;
  readonly even: ReadonlyMap<string, number[]>;
  readonly odd: ReadonlyMap<string, number[]>;
};
const rows: Row[] = [];
for (const folder of folders) {
  const { knowledgeBase, set } = await openQuestionSet(folder, {
    cacheFolder: join(tmpdir(), 'ragstone-bench-fusion'),
    databasePath: '',
    settings: defaultSettings,
    open: (path, create) => openKnowledgeBase({ path, create }),
  });
  try {
    const even = await figuresOf(knowledgeBase, firstOf(everyOther(set, 'even')));
    const odd = await figuresOf(knowledgeBase, firstOf(everyOther(set, 'odd')));
    rows.push({ name: basename(folder), even, odd });
    console.error(
      `${basename(folder)}: ${METHODS.map(({ name }) => `${name} ${format(mean(even.get(name) ?? []))}`).join('  ')}`,
    );
  } finally {
    knowledgeBase.close();
  }
}
const text = report();
console.log(text);
if (values.write) writeFileSync(values.write, text);

function firstOf(set: QuestionSet): QuestionSet {
  return { ...set, questions: set.questions.slice(0, Number(values.queries)) };
}

async function figuresOf(knowledgeBase: KnowledgeBase, set: QuestionSet): Promise<Map<string, number[]>> {
  const figures = new Map<string, number[]>();
  for (const method of METHODS) {
    const run = await runConfiguration(knowledgeBase, set, method, { rankingOnly: true });
    figures.set(method.name, valuesOf(run.measures, 'ndcg10'));
  }
  return figures;
}

function report(): string {
  const names = METHODS.map(({ name }) => name);
  const meanOf = (name: string, half: 'even' | 'odd') => mean(rows.map((row) => mean(row[half].get(name) ?? [])));
  const methods = names.filter((name) => !LEGS.includes(name));
  const best = [...methods].sort((a, b) => meanOf(b, 'even') - meanOf(a, 'even'))[0] as string;
  const evenTable = table(
    ['collection', 'queries', ...names],
    [
      ...rows.map(({ name, even }) => [
        name,
        String(even.get(DEFAULT)?.length),
        ...names.map((each) => format(mean(even.get(each) ?? []))),
      ]),
      [`mean of ${rows.length}`, '', ...names.map((each) => format(meanOf(each, 'even')))],
    ],
  );
  const oddTable = table(
    ['collection', 'queries', ...LEGS, DEFAULT, ...(best === DEFAULT ? [] : [best]), 'points', '95 %', 'p'],
    rows.map(({ name, odd }) => {
      const chosen = odd.get(DEFAULT) ?? [];
      const { difference, interval, p } = compare(chosen, odd.get('lexical') ?? []);
      return [
        name,
        String(chosen.length),
        ...LEGS.map((leg) => format(mean(odd.get(leg) ?? []))),
        format(mean(chosen)),
        ...(best === DEFAULT ? [] : [format(mean(odd.get(best) ?? []))]),
        points(difference),
        `${points(interval[0])} … ${points(interval[1])}`,
        p.toFixed(4),
      ];
    }),
  );
  return `# How fusion was chosen

Made by \`npm run bench:fusion -- ../shared/eval --queries ${values.queries} --write fixtures/eval/decisions.md\`. nDCG@10, documents ranked by
their best passage, at most ${values.queries} queries of each half, the entity graph off. The number behind a method is the weight of the
vector leg (times its fall with the length of the question), that behind rrf its constant. All but the legs, plain1 and rrf
add the agreement of words (coverage .3, nearness .2 twice).

## Even queries: the choice

${evenTable}
Best on the mean: ${best} (${format(meanOf(best, 'even'))}); the default is ${DEFAULT} (${format(meanOf(DEFAULT, 'even'))}).
Another method becomes the default where it gains half a point on both halves.

## Odd queries: what the default brings against words alone

${oddTable}
Means: words ${format(meanOf('lexical', 'odd'))}, vectors ${format(meanOf('vector', 'odd'))}, default ${format(meanOf(DEFAULT, 'odd'))}, ${best} ${format(meanOf(best, 'odd'))}.
`;
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map((_, i) => (i === 0 ? '---' : '--:'))) + body.map(line).join('');
}

function format(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

function points(difference: number): string {
  return `${difference >= 0 ? '+' : ''}${(difference * 100).toFixed(1)}`;
}
