import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generateQuestionSet } from '../../src/app/evaluate/generate-question-set.ts';
import { generateWithModel, type ModelQuestionSet } from '../../src/app/evaluate/generate-with-model.ts';
import { createReplyCache } from '../../src/app/evaluate/reply-cache.ts';
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
  readonly model?: string;
};

export async function runGenerate(context: CommandContext, flags: GenerateFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const { folders } = session.config;
  const progress = createProgressLine(context.stderr);
  const options = {
    limit: flags.limit,
    seed: flags.seed,
    collection: flags.collection,
    signal: context.signal,
    onDocument: (done: number, total: number) => {
      if (!flags.quiet) progress.update({ done, total, path: flags.model ? 'asking' : 'reading' });
    },
  };
  const made = await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) => {
    const generator = await knowledgeBase.generator(flags.model, 'eval');
    return generator
      ? generateWithModel(knowledgeBase, {
          ...options,
          generator,
          cache: createReplyCache(join(folders.cache, 'evaluation', 'replies')),
        })
      : { questions: generateQuestionSet(knowledgeBase, options) };
  }).finally(() => progress.clear());
  const { questions } = made;
  const lines = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  if (flags.to) writeTo(resolve(context.workingFolder, flags.to), lines);
  if (flags.json) context.stdout.write(renderEnvelope('rag.eval-questions/1', made));
  else if (!flags.to) writeData(context.stdout, lines);
  session.note('calls' in made ? modelNote(made) : `Made ${countOf(questions.length, 'question')} by rules. ${EASIER}`);
  return EXIT.done;
}

const EASIER =
  'They share words with their documents, so they are easier than those of people; read them before you rely on them.';

function modelNote({ questions, calls, cached, refused }: ModelQuestionSet): string {
  const left = Object.entries(refused).map(([reason, count]) => `${count} ${reason}`);
  return [
    `Made ${countOf(questions.length, 'question')} in ${countOf(calls.calls, 'call')}, ${cached} more from replies that were kept.`,
    ...(left.length > 0 ? [`Left out: ${left.join(', ')}.`] : []),
    ...(calls.unreadable > 0 ? [`${countOf(calls.unreadable, 'reply', 'replies')} could not be read.`] : []),
    'Read them before you rely on them.',
  ].join(' ');
}

function writeTo(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new RagError('USAGE', { message: `${path} cannot be written: ${messageOf(error)}.`, cause: error });
  }
}
