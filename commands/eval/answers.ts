import { evaluateAnswers } from '../../src/app/evaluate/evaluate-answers.ts';
import { generatorFor } from '../../src/app/generator-for.ts';
import { systemRuntime } from '../../src/platform/runtime.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { answerReportToJson } from '../../src/present/json/v1/eval-answers.ts';
import { renderAnswerReport } from '../../src/present/text/render-answer-report.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import type { CommonFlags } from '../shared/flags.ts';
import { startSession } from '../shared/session.ts';
import { type QuestionSetFlags, withQuestionSet } from './question-set.ts';

export type AnswersFlags = CommonFlags &
  QuestionSetFlags & {
    readonly model?: string;
    readonly judge?: string;
    readonly passages?: number;
    readonly limit?: number;
  };

export async function runAnswers(context: CommandContext, path: string, flags: AnswersFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const { settings } = session.config;
  const model = flags.model ?? settings.model;
  // Before anything is asked: a wrong name should not be found after an hour.
  for (const name of [model, flags.judge]) generatorFor(name, { settings, runtime: systemRuntime }, 'eval');
  const report = await withQuestionSet(
    context,
    session,
    { path, flags, withOpen: true },
    async ({ knowledgeBase, set }, progress) =>
      evaluateAnswers(knowledgeBase, set, {
        model,
        judge: await knowledgeBase.generator(flags.judge ?? model, 'eval'),
        passages: flags.passages,
        limit: flags.limit,
        signal: context.signal,
        onQuestion: (done, total) => {
          if (!flags.quiet) progress.update({ done, total, path: 'answering' });
        },
      }),
  );
  context.stdout.write(
    flags.json
      ? renderEnvelope('rag.eval-answers/1', answerReportToJson(report))
      : renderAnswerReport(report, session.page),
  );
  return EXIT.done;
}
