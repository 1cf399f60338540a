import { resolve } from 'node:path';
import { ablationConfigurations } from '../../src/app/evaluate/ablations.ts';
import { checkBaseline, requireBaseline } from '../../src/app/evaluate/check-baseline.ts';
import { type Configuration, defaultConfigurations, parseConfiguration } from '../../src/app/evaluate/configuration.ts';
import { evaluate } from '../../src/app/evaluate/evaluate.ts';
import type { EvaluationReport } from '../../src/app/evaluate/types.ts';
import { idsOf, prepareFile, prepareFolder, writeBaseline, writeRuns } from '../../src/app/evaluate/write-results.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { evaluationToJson } from '../../src/present/json/v1/eval.ts';
import { renderEvaluation } from '../../src/present/text/render-eval.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { type CommonFlags, usageError } from '../shared/flags.ts';
import { type Session, startSession } from '../shared/session.ts';
import { type QuestionSetFlags, withQuestionSet } from './question-set.ts';

export type EvalFlags = CommonFlags &
  QuestionSetFlags & {
    readonly config?: string[];
    readonly ablate?: boolean;
    readonly saveBaseline?: string;
    readonly checkBaseline?: string;
    readonly run?: string;
  };

export async function runEval(context: CommandContext, path: string, flags: EvalFlags): Promise<ExitCode> {
  const configurations = configurationsOf(flags);
  const inFolder = (name: string): string => resolve(context.workingFolder, name);
  if (flags.checkBaseline) requireBaseline(inFolder(flags.checkBaseline));
  if (flags.saveBaseline) prepareFile(inFolder(flags.saveBaseline));
  if (flags.run) prepareFolder(inFolder(flags.run));
  const session = await startSession(context, flags);
  const report = await withQuestionSet(context, session, { path, flags }, async ({ knowledgeBase, set }, progress) => {
    const { report, runs } = await evaluate(knowledgeBase, set, configurations, {
      signal: context.signal,
      onQuestion: (done, total, name) => {
        if (!flags.quiet) progress.update({ done, total, path: name });
      },
    });
    progress.clear();
    // Checked first: saving to the same file must not make every check pass.
    const baseline = flags.checkBaseline ? checkBaseline(inFolder(flags.checkBaseline), idsOf(set), runs) : null;
    if (flags.saveBaseline) writeBaseline(inFolder(flags.saveBaseline), set, runs);
    if (flags.run) for (const path of writeRuns(inFolder(flags.run), set, runs)) session.note(`Wrote ${path}.`);
    return { ...report, baseline };
  });
  write(context, session, report, flags);
  return report.baseline && !report.baseline.passed ? EXIT.partlyFailed : EXIT.done;
}

function configurationsOf({ config, ablate }: EvalFlags): readonly Configuration[] {
  if (config && ablate) throw usageError('--ablate and --config exclude each other.', 'Use one of them.');
  if (ablate) return ablationConfigurations();
  const configurations = config?.map(parseConfiguration) ?? defaultConfigurations;
  const names = configurations.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw usageError(`Two configurations are called "${twice}".`, 'Give each a name of its own.');
  return configurations;
}

function write({ stdout }: CommandContext, { page }: Session, report: EvaluationReport, { json }: EvalFlags): void {
  stdout.write(json ? renderEnvelope('rag.eval/1', evaluationToJson(report)) : renderEvaluation(report, page));
}
