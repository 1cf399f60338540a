import { type Command, Help, Option } from 'commander';
import type { CommandContext } from '../shared/context.ts';
import { addExamples, collect, wholeNumber } from '../shared/flags.ts';
import { type AnswersFlags, runAnswers } from './answers.ts';
import { type GenerateFlags, runGenerate } from './generate.ts';
import { type EvalFlags, runEval } from './run.ts';

export function defineEval(command: Command, context: CommandContext): void {
  const run = command
    .command('run', { isDefault: true, hidden: true })
    .description('Measure how well questions find what answers them')
    .argument('<path>', 'folder in BEIR layout, or JSON lines of {question, paths, answer, kind} about this database')
    .option('--config <name:key=value,...>', 'what to measure, in place of lexical, vector, hybrid', collect)
    .option('--ablate', 'measure the whole, and the whole without one stage at a time')
    .addOption(new Option('--only <half>', 'only every other question').choices(['even', 'odd']))
    .option('--save-baseline <file>', 'keep the figures to compare a later evaluation with')
    .option('--check-baseline <file>', 'exit with 4 when a figure has dropped: by 2 points, or significantly')
    .option('--run <folder>', 'write the rankings as TREC run files')
    .option('--fresh', 'ingest a collection again although it was ingested before')
    .action(context.action((path: string, flags: EvalFlags) => runEval(context, path, flags)));
  const generate = command
    .command('generate')
    .description('Make questions from the documents of this database')
    .option('-n, --limit <number>', 'most questions', wholeNumber, 100)
    .option('--seed <number>', 'another number makes another choice', wholeNumber, 1)
    .option('-c, --collection <name>', 'only from this collection')
    .option('-m, --model <name>', 'have a model write them: provider/model; by rules else')
    .option('--to <file>', 'write the questions to this file')
    .action(context.action((flags: GenerateFlags) => runGenerate(context, flags)));
  addExamples(generate, [
    ['rag eval generate --to q.jsonl', 'from titles, headings and facts, by rules'],
    ['rag eval q.jsonl', 'and how well they are answered'],
    ['rag eval generate -m ollama/qwen3 -n 50', 'from a model, each checked: two to four calls a question at most'],
  ]);
  const answers = command
    .command('answers')
    .description('Measure how good the answers to questions are')
    .argument('<path>', 'as for rag eval; "answer" is what is right, "paths": [] what should be refused')
    .option('-m, --model <name>', 'who answers: provider/model, or "none" to quote; else the one that is set')
    .option('--judge <name>', 'model that judges the answers; else the one that answers, "none" for words alone')
    .option('--passages <number>', 'passages that an answer may draw on', wholeNumber)
    .option('-n, --limit <number>', 'most questions', wholeNumber)
    .addOption(new Option('--only <half>', 'only every other question').choices(['even', 'odd']))
    .option('--fresh', 'ingest a collection again although it was ingested before')
    .action(context.action((path: string, flags: AnswersFlags) => runAnswers(context, path, flags)));
  addExamples(answers, [
    ['rag eval answers questions.jsonl', 'quoted answers, measured by words'],
    ['rag eval answers q.jsonl -m ollama/qwen3 -n 50', 'up to five questions to the judge each'],
    ['rag eval answers q.jsonl --json', 'with every answer'],
  ]);
  answers.addHelpText('after', ANSWERS_HELP);
  const examples = [
    ['rag eval questions.jsonl', 'by words, meaning and both'],
    ['rag eval nfcorpus --ablate', 'what each stage brings'],
    ['rag eval q.jsonl --config hybrid --config heavy:vectorWeight=1.5', ''],
    ['rag eval q.jsonl --config hybrid --config wide:window=1', ''],
    ['rag eval q.jsonl --save-baseline eval.json', 'once, then after each change:'],
    ['rag eval q.jsonl --check-baseline eval.json', 'exits with 4 after a drop'],
  ] as const;
  addExamples(run, examples);
  addExamples(command, examples);
  showRunIn(command, run);
}

const ANSWERS_HELP = `
Measures, after RAGAS; "lexical" where words and vectors decide, "judged" where a model does:
  faithfulness       how much of the answer its passages bear out
  answer relevancy   how near the answer is to the question
  context precision  how far useful passages stand before useless ones
  context recall     how much of what is needed the passages hold
  correctness        F1 of the answer and the right answer
  gold recall        how much of the right answer the answer says`;

/** `rag eval <path>` is `rag eval run <path>`, so its help shows what that takes. */
function showRunIn(command: Command, run: Command): void {
  const shown = new Help();
  const of = (each: Command): Command => (each === command ? run : each);
  command.usage('<path> [options] | <command> ...').configureHelp({
    visibleOptions: (each) => shown.visibleOptions(of(each)),
    visibleArguments: (each) => shown.visibleArguments(of(each)),
  });
}
