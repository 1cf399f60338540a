/**
 * Retrieval quality on collections in BEIR layout: every corpus entry becomes a file, is ingested through the real
 * pipeline, and every question is asked in the three modes.
 *
 *   npm run bench:retrieval -- <folder of collections | one collection> [--only a,b] [--runs <folder>]
 *
 * Prints nDCG@10, Recall@10 and Recall@100 beside the FTS5 column of the folder's README.md, where it has one.
 * --runs writes a TREC run file for each collection and mode.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mean, ndcgAt, recallAt } from '../../src/evaluate/metrics.ts';
import { type EvaluationSet, isBeir, readBeir } from '../../src/evaluate/read-beir.ts';
import { type KnowledgeBase, openKnowledgeBase, type SearchMode } from '../../src/index.ts';

const MODES: readonly SearchMode[] = ['lexical', 'vector', 'hybrid'];
const FILES_PER_FOLDER = 1000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, runs: { type: 'string' } },
});
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
const baselines = readBaselines(root);
if (values.runs) mkdirSync(values.runs, { recursive: true });

type Row = { name: string; figures: Record<SearchMode, { ndcg: number; recall10: number; recall100: number }> };
const rows: Row[] = [];
printLine('collection', [
  'docs',
  'chunks',
  'fts5',
  'tri',
  'LEX',
  'VEC',
  'HYB',
  'lexR10',
  'vecR10',
  'hybR10',
  'lexR100',
  'vecR100',
  'hybR100',
]);
for (const folder of folders) {
  const name = basename(folder);
  const row = await measure(name, readBeir(folder));
  rows.push(row);
}
const all = (pick: (row: Row) => number) => mean(rows.map(pick));
printLine(`mean of ${rows.length}`, [
  '',
  '',
  format(mean(rows.map(({ name }) => baselines.get(name)?.fts5 ?? Number.NaN))),
  '',
  ...(['ndcg', 'recall10', 'recall100'] as const).flatMap((metric) =>
    MODES.map((mode) => format(all(({ figures }) => figures[mode][metric]))),
  ),
]);
report(rows);

async function measure(name: string, set: EvaluationSet): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'rag-bench-'));
  try {
    const idByPath = writeCorpus(join(folder, 'corpus'), set);
    const kb = await openKnowledgeBase({ path: join(folder, 'rag.db') });
    try {
      for await (const event of kb.add(join(folder, 'corpus'))) {
        if (event.type === 'ingest-end' && event.report.sourceProblems.length > 0)
          throw new Error(JSON.stringify(event.report));
      }
      const { documents, chunks } = kb.status();
      const figures = {} as Row['figures'];
      for (const mode of MODES) figures[mode] = await ask(kb, name, mode, set, idByPath);
      const baseline = baselines.get(name);
      printLine(name, [
        String(documents),
        String(chunks),
        format(baseline?.fts5),
        format(baseline?.trigram),
        ...(['ndcg', 'recall10', 'recall100'] as const).flatMap((metric) =>
          MODES.map((mode) => format(figures[mode][metric])),
        ),
      ]);
      return { name, figures };
    } finally {
      kb.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ask(
  kb: KnowledgeBase,
  name: string,
  mode: SearchMode,
  set: EvaluationSet,
  idByPath: ReadonlyMap<string, string>,
) {
  const ndcg: number[] = [];
  const recall10: number[] = [];
  const recall100: number[] = [];
  const run: string[] = [];
  for (const query of set.queries) {
    const { hits } = await kb.search(query.text, { mode, limit: 100, perDocument: 1 });
    const ranked = hits.map(({ path }) => idByPath.get(path) as string);
    ndcg.push(ndcgAt(10, ranked, query.judgements));
    recall10.push(recallAt(10, ranked, query.judgements));
    recall100.push(recallAt(100, ranked, query.judgements));
    ranked.forEach((id, i) => void run.push(`${query.id} Q0 ${id} ${i + 1} ${(1000 - i).toFixed(1)} ragstone-${mode}`));
  }
  if (values.runs) writeFileSync(join(values.runs, `${name}.${mode}.run`), `${run.join('\n')}\n`);
  return { ndcg: mean(ndcg), recall10: mean(recall10), recall100: mean(recall100) };
}

/** One Markdown file for each entry, its title as the heading. Returns the entry's id by path below the folder. */
function writeCorpus(folder: string, { documents }: EvaluationSet): Map<string, string> {
  const idByPath = new Map<string, string>();
  documents.forEach(({ id, title, text }, i) => {
    const shard = String(Math.floor(i / FILES_PER_FOLDER)).padStart(3, '0');
    if (i % FILES_PER_FOLDER === 0) mkdirSync(join(folder, shard), { recursive: true });
    const path = `${shard}/${String(i).padStart(6, '0')}.md`;
    writeFileSync(join(folder, path), `${title ? `# ${title}\n\n` : ''}${text}\n`);
    idByPath.set(path, id);
  });
  return idByPath;
}

/** The columns `fts5` and `fts5_trigram` of the table in the folder's README.md. */
function readBaselines(folder: string): Map<string, { fts5: number; trigram: number }> {
  const found = new Map<string, { fts5: number; trigram: number }>();
  const readme = [join(folder, 'README.md'), join(folder, '..', 'README.md')].find(existsSync);
  let columns: string[] = [];
  for (const line of readme ? readFileSync(readme, 'utf8').split('\n') : []) {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.includes('fts5')) columns = cells;
    else if (columns.length > 0 && cells.length === columns.length) {
      found.set(cells[1] as string, {
        fts5: Number(cells[columns.indexOf('fts5')]),
        trigram: Number(cells[columns.indexOf('fts5_trigram')]),
      });
    }
  }
  return found;
}

/** What the figures have to show; the exit status is 1 where they do not. */
function report(rows: readonly Row[]): void {
  const problems = rows.flatMap(({ name, figures }) => {
    const { lexical, hybrid } = figures;
    const { fts5 = Number.NaN, trigram = Number.NaN } = baselines.get(name) ?? {};
    return [
      lexical.ndcg < fts5 - 0.015
        ? `${name}: lexical ${format(lexical.ndcg)} is more than .015 below FTS5 ${format(fts5)}`
        : '',
      /-(zh|ja)$/.test(name) && lexical.ndcg < trigram - 0.02
        ? `${name}: lexical ${format(lexical.ndcg)} is more than .02 below trigram ${format(trigram)}`
        : '',
      hybrid.ndcg < lexical.ndcg - 0.01
        ? `${name}: hybrid ${format(hybrid.ndcg)} is more than .01 below lexical ${format(lexical.ndcg)}`
        : '',
    ].filter(Boolean);
  });
  const [lexical, hybrid] = (['lexical', 'hybrid'] as const).map((mode) =>
    mean(rows.map(({ figures }) => figures[mode].ndcg)),
  ) as [number, number];
  if (hybrid <= lexical) problems.push(`on the mean hybrid ${format(hybrid)} is not above lexical ${format(lexical)}`);
  console.log(
    problems.length > 0
      ? `\n${problems.join('\n')}`
      : '\nLexical is at the baselines or above, hybrid at lexical or above, everywhere.',
  );
  if (problems.length > 0) process.exitCode = 1;
}

function format(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(3);
}

function printLine(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(18) + cells.map((cell) => cell.padStart(8)).join(''));
}
