import { type Command, Option } from 'commander';
import type { CommandContext } from '../shared/context.ts';
import { addExamples, collect, wholeNumber } from '../shared/flags.ts';
import { type GenerateFlags, runGenerate } from './generate.ts';
import { type EvalFlags, runEval } from './run.ts';

export function defineEval(command: Command, context: CommandContext): void {
  const run = command
    .command('run', { isDefault: true })
    .description('Measure how well questions find what answers them')
    .argument('<path>', 'folder in BEIR layout, or JSON lines of {question, paths, answer, kind} about this database')
    .option('--config <name:key=value,...>', 'a configuration to measure; lexical, vector and hybrid else', collect)
    .option('--ablate', 'measure the whole, and the whole without one stage at a time')
    .addOption(new Option('--only <half>', 'only every other question').choices(['even', 'odd']))
    .option('--save-baseline <file>', 'keep the figures to compare a later evaluation with')
    .option('--check-baseline <file>', 'exit with 4 when a figure has dropped: by 2 points, or significantly')
    .option('--run <folder>', 'write the rankings as TREC run files')
    .option('--fresh', 'ingest a collection again although it was ingested before')
    .action(context.action((path: string, flags: EvalFlags) => runEval(context, path, flags)));
  const generate = command
    .command('generate')
    .description('Make questions from the documents of this database, without a model')
    .option('-n, --limit <number>', 'most questions', wholeNumber, 100)
    .option('--seed <number>', 'another number makes another choice', wholeNumber, 1)
    .option('-c, --collection <name>', 'only from this collection')
    .option('--to <file>', 'write the questions to this file')
    .action(context.action((flags: GenerateFlags) => runGenerate(context, flags)));
  addExamples(generate, [
    ['rag eval generate --to questions.jsonl', 'a hundred questions from titles, headings and facts'],
    ['rag eval questions.jsonl', 'and how well they are answered'],
  ]);
  const examples = [
    ['rag eval questions.jsonl', 'your own questions, by words, by meaning and by both'],
    ['rag eval nfcorpus --ablate', 'a collection in BEIR layout, and what each stage brings'],
    ['rag eval q.jsonl --config hybrid --config heavy:vectorWeight=1.5', 'two configurations'],
    ['rag eval q.jsonl --config hybrid --check-baseline eval.json', 'for a build server'],
  ] as const;
  addExamples(run, examples);
  addExamples(command, examples);
}
