/**
 * Code search: a folder of sources is ingested through the real pipeline, once divided by syntax trees and once by indentation, and
 * both are asked the same questions, made from the definitions in it: by name, by the words of the name, and by the first
 * sentence of what documents it, without its name. Right is the passage that holds the line where it is defined.
 *
 *   npm run bench:code -- [<folder> ...] [--questions 300] [--seed 1] [--mode hybrid] [--misses]
 *
 * Prints recall@1, recall@5 and the mean reciprocal rank (at 10) for each language. Names that are defined more than once are asked
 * with their holder, and left out where that does not tell them apart. --misses lists what was asked by name and not found first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mean } from '../../src/evaluate/metrics.ts';
import { defaultSettings, type KnowledgeBase, openKnowledgeBase, type SearchMode } from '../../src/index.ts';
import { sourceStructure } from '../../src/parse/code/source-structure.ts';
import type { CodeSymbol } from '../../src/parse/code/types.ts';
import { sourceLanguage } from '../../src/parse/source-languages.ts';
import { type CodeQuestion, questionsOf } from './shared/code-questions.ts';
import { randomFrom } from './shared/random.ts';

const DEPTH = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    questions: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    mode: { type: 'string', default: 'hybrid' },
    misses: { type: 'boolean', default: false },
  },
});
const folders = (positionals.length > 0 ? positionals : ['src', 'commands', 'bin']).map((folder) => resolve(folder));
const scratch = mkdtempSync(join(tmpdir(), 'rag-code-'));
try {
  const byTree = await ingest('trees', true);
  const byIndent = await ingest('indentation', false);
  const questions = sample(await questionsIn(byTree), Number(values.questions));
  const languages = [...new Set(questions.map(({ language }) => language))].sort();
  console.log(`\n${''.padEnd(34)}${'syntax tree'.padEnd(24)}indentation`);
  console.log(
    `${'language'.padEnd(14)}${'asked by'.padEnd(12)}${'n'.padEnd(8)}${'R@1    R@5    MRR'.padEnd(24)}R@1    R@5    MRR`,
  );
  const ranks = new Map<CodeQuestion, readonly [number, number]>();
  for (const question of questions)
    ranks.set(question, [await rankOf(byTree, question), await rankOf(byIndent, question)]);
  for (const language of [...languages, 'all']) {
    for (const kind of ['name', 'words', 'documentation'] as const) {
      const asked = questions.filter(
        (each) => each.kind === kind && (language === 'all' || each.language === language),
      );
      if (asked.length === 0) continue;
      const of = (side: 0 | 1) => figures(asked.map((each) => ranks.get(each)?.[side] ?? 0));
      console.log(
        `${language.padEnd(14)}${kind.padEnd(12)}${String(asked.length).padEnd(8)}${of(0).padEnd(24)}${of(1)}`,
      );
    }
  }
  if (values.misses) {
    for (const [question, [rank]] of ranks) {
      if (question.kind !== 'documentation' && rank !== 1)
        console.log(`${rank || '-'}\t${question.kind}\t${question.text}\t${question.path}:${question.line}`);
    }
  }
  byTree.close();
  byIndent.close();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function ingest(name: string, syntaxTrees: boolean): Promise<KnowledgeBase> {
  const settings = { ...defaultSettings, parse: { ...defaultSettings.parse, syntaxTrees } };
  const kb = await openKnowledgeBase({ path: join(scratch, `${name}.db`), settings });
  const started = performance.now();
  for (const folder of folders) {
    for await (const event of kb.add(folder)) {
      if (event.type === 'ingest-end' && event.report.sourceProblems.length > 0)
        throw new Error(JSON.stringify(event.report.sourceProblems));
    }
  }
  const { documents, chunks } = kb.status();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`by ${name}: ${documents} documents, ${chunks} passages, ${seconds} s`);
  return kb;
}

/** Every definition that can be told from the others by what it is called. */
async function questionsIn(kb: KnowledgeBase): Promise<CodeQuestion[]> {
  const found: { symbol: CodeSymbol; text: string; language: string; path: string; documentId: string }[] = [];
  for (const { documentId, path, type } of kb.list({ limit: 1_000_000, filter: { types: ['code'] } })) {
    const { text } = kb.get(documentId).document;
    const language = sourceLanguage(basename(path), text.slice(0, 200));
    const structure = type === 'code' ? await sourceStructure(language, basename(path), text) : null;
    for (const symbol of structure?.symbols ?? [])
      found.push({ symbol, text, language: language?.name ?? '', path, documentId });
  }
  return questionsOf(found);
}

function sample(questions: readonly CodeQuestion[], most: number): CodeQuestion[] {
  const random = randomFrom(Number(values.seed));
  const groups = new Map<string, CodeQuestion[]>();
  for (const question of questions) {
    const key = `${question.language} ${question.kind}`;
    const group = groups.get(key);
    if (group) group.push(question);
    else groups.set(key, [question]);
  }
  return [...groups.values()].flatMap((group) =>
    group
      .map((question) => ({ question, place: random() }))
      .sort((a, b) => a.place - b.place)
      .slice(0, most)
      .map(({ question }) => question),
  );
}

/** From 1; 0 when its passage is not among the first. */
async function rankOf(kb: KnowledgeBase, { text, documentId, definedAt }: CodeQuestion): Promise<number> {
  const { hits } = await kb.search(text, { limit: DEPTH, mode: values.mode as SearchMode });
  const at = hits.findIndex(
    ({ chunk }) => chunk.documentId === documentId && chunk.span.start <= definedAt && definedAt < chunk.span.end,
  );
  return at + 1;
}

function figures(ranks: readonly number[]): string {
  const within = (most: number) => mean(ranks.map((rank) => (rank > 0 && rank <= most ? 1 : 0)));
  const reciprocal = mean(ranks.map((rank) => (rank > 0 ? 1 / rank : 0)));
  return [within(1), within(5), reciprocal].map((value) => value.toFixed(3)).join('  ');
}
