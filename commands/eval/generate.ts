import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateQuestionSet } from '../../src/app/evaluate/generate-question-set.ts';
import { messageOf, RagError } from '../../src/platform/errors.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { countOf } from '../../src/present/text/quantities.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import type { CommonFlags } from '../shared/flags.ts';
import { writeData } from '../shared/output.ts';
import { createProgressLine } from '../shared/progress.ts';
import { startSession, withKnowledgeBase } from '../shared/session.ts';

export type GenerateFlags = CommonFlags & {
  readonly limit: number;
  readonly seed: number;
  readonly collection?: string;
  readonly to?: string;
};

export async function runGenerate(context: CommandContext, flags: GenerateFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const progress = createProgressLine(context.stderr);
  const questions = await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) =>
    generateQuestionSet(knowledgeBase, {
      limit: flags.limit,
      seed: flags.seed,
      collection: flags.collection,
      signal: context.signal,
      onDocument: (done, total) => {
        if (!flags.quiet) progress.update({ done, total, path: 'reading' });
      },
    }),
  ).finally(() => progress.clear());
  const lines = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  if (flags.to) writeTo(resolve(context.workingFolder, flags.to), lines);
  if (flags.json) context.stdout.write(renderEnvelope('rag.eval-questions/1', { questions }));
  else if (!flags.to) writeData(context.stdout, lines);
  session.note(
    `Made ${countOf(questions.length, 'question')}. They share words with their documents, so they are easier than those of people; read them before you rely on them.`,
  );
  return EXIT.done;
}

function writeTo(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new RagError('USAGE', { message: `${path} cannot be written: ${messageOf(error)}.`, cause: error });
  }
}
