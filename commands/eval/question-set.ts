import { join, resolve } from 'node:path';
import { type OpenQuestionSet, openQuestionSet } from '../../src/app/evaluate/open-question-set.ts';
import { everyOther } from '../../src/app/evaluate/question-set.ts';
import { feedbackSet } from '../../src/app/usage/feedback-set.ts';
import { silentLog } from '../../src/platform/runtime.ts';
import { countOf, formatDuration } from '../../src/present/text/quantities.ts';
import type { CommandContext } from '../shared/context.ts';
import { createProgressLine, type ProgressLine } from '../shared/progress.ts';
import { type Session, withKnowledgeBase } from '../shared/session.ts';

export type QuestionSetFlags = {
  readonly quiet?: boolean;
  readonly fresh?: boolean;
  readonly only?: 'even' | 'odd';
};

export type QuestionSetRequest = {
  readonly path: string;
  readonly flags: QuestionSetFlags;
  /** Questions are asked although it is not known what should be found for them. */
  readonly withOpen?: boolean;
};

/** As `withQuestionSet`, with what people said was right. */
export function withFeedbackSet<Result>(
  context: CommandContext,
  session: Session,
  _: unknown,
  work: (open: OpenQuestionSet, progress: ProgressLine) => Promise<Result>,
): Promise<Result> {
  return withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) => {
    const progress = createProgressLine(context.stderr);
    const set = await feedbackSet(knowledgeBase);
    return work({ knowledgeBase, set, ingestMs: null, isCollection: false }, progress).finally(() => progress.clear());
  });
}

/** Runs `work` with the questions and the knowledge base that they are about, and closes it whatever happens. */
export async function withQuestionSet<Result>(
  context: CommandContext,
  session: Session,
  { path, flags, withOpen }: QuestionSetRequest,
  work: (open: OpenQuestionSet, progress: ProgressLine) => Promise<Result>,
): Promise<Result> {
  const { settings, folders } = session.config;
  const ingesting = createProgressLine(context.stderr);
  const open = await openQuestionSet(resolve(context.workingFolder, path), {
    settings,
    cacheFolder: join(folders.cache, 'evaluation'),
    databasePath: session.database.path,
    open: (path, create) => context.openKnowledgeBase({ path, settings, create, log: silentLog }),
    fresh: flags.fresh,
    signal: context.signal,
    onDocument: (done, total) => {
      if (!flags.quiet) ingesting.update({ done, total, path: 'ingesting' });
    },
  }).finally(() => ingesting.clear());
  const progress = createProgressLine(context.stderr);
  try {
    if (open.ingestMs !== null)
      session.note(`Ingested the collection in ${formatDuration(open.ingestMs)}; it is kept for the next time.`);
    const known = new Set(withOpen ? open.set.open.map(({ id }) => id) : []);
    const skipped = open.set.skipped.filter(({ id }) => !known.has(id));
    if (skipped.length > 0)
      session.note(
        `${countOf(skipped.length, 'question')} cannot be judged; of ${skipped[0]?.id}, ${skipped[0]?.reason}.`,
      );
    return await work(flags.only ? { ...open, set: everyOther(open.set, flags.only) } : open, progress);
  } finally {
    progress.clear();
    open.knowledgeBase.close();
  }
}
