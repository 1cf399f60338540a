import type { Command } from 'commander';
import { knownItemControl } from '../src/app/evaluate/known-item-control.ts';
import { type Control, tune } from '../src/app/evaluate/tune.ts';
import type { TuningNote } from '../src/app/evaluate/tuning-note.ts';
import type { TuneReport } from '../src/app/evaluate/types.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { tuneToJson } from '../src/present/json/v1/eval.ts';
import { calibrationToJson } from '../src/present/json/v1/usage.ts';
import { renderCalibration } from '../src/present/text/render-calibration.ts';
import { renderTune } from '../src/present/text/render-tune.ts';
import { withFeedbackSet, withQuestionSet } from './eval/question-set.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, collect, usageError } from './shared/flags.ts';
import type { ProgressLine } from './shared/progress.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';

type TuneFlags = CommonFlags & {
  readonly control?: string[];
  readonly apply?: boolean;
  readonly feedback?: boolean;
  readonly calibrate?: boolean;
  readonly reset?: boolean;
  readonly fresh?: boolean;
};

export function defineTune(command: Command, context: CommandContext): void {
  command
    .argument('[path]', 'JSON lines of {question, paths} about this database, or folder in BEIR layout')
    .option('--control <path>', 'questions that must not be answered worse (may be repeated)', collect)
    .option('--feedback', 'use what was said with `rag search --pick` and `rag feedback add`')
    .option('--apply', 'keep the settings in the database when they are accepted')
    .option('--calibrate', 'fit no weights, but how sure a search may be of each hit, and show that from then on')
    .option('--reset', 'take away what was kept before')
    .option('--fresh', 'ingest a collection again although it was ingested before')
    .action(context.action((path: string | undefined, flags: TuneFlags) => run(context, path, flags)));
  addExamples(command, [
    ['rag tune questions.jsonl', 'fit weights on half of the questions, judge them on the other half'],
    ['rag tune questions.jsonl --apply', 'and keep them, if the gain is no chance and nothing gets worse'],
    ['rag tune --feedback', 'the same with the hits that you picked'],
    ['rag tune questions.jsonl --calibrate', 'a confidence for hits, from 50 questions on, if it is worth showing'],
    ['rag tune --reset', 'back to the defaults'],
  ]);
}

async function run(context: CommandContext, path: string | undefined, flags: TuneFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  if (flags.reset) {
    if (path !== undefined || flags.apply || flags.feedback || flags.calibrate)
      throw usageError('--reset goes with nothing else.', 'Run `rag tune --reset`, then tune anew.');
    return reset(context, session, flags);
  }
  if (path !== undefined && flags.feedback)
    throw usageError(`Name either ${path} or --feedback.`, '`rag feedback export` writes a file that others can join.');
  if (path === undefined && !flags.feedback)
    throw usageError('No questions are named.', 'Name a file of questions; `rag eval generate` makes one.');
  const withSet = path === undefined ? withFeedbackSet : withQuestionSet;
  const named = { path: path ?? '--feedback', flags };
  if (flags.calibrate) {
    if (flags.apply || flags.control)
      throw usageError('--calibrate fits no weights.', 'Tune first, then calibrate without --apply and --control.');
    const report = await withSet(context, session, named, async ({ knowledgeBase, set, isCollection }, progress) =>
      (await knowledgeBase.usage()).calibrate(set, {
        apply: !isCollection,
        signal: context.signal,
        onQuestion: (done, total) => showProgress(progress, flags, done, total),
      }),
    );
    const asJson = () => renderEnvelope('rag.calibration/1', calibrationToJson(report));
    context.stdout.write(flags.json ? asJson() : renderCalibration(report, session.page));
    return EXIT.done;
  }
  const report = await withSet(context, session, named, async (open, progress) => {
    if (flags.apply && open.isCollection)
      throw usageError(
        `${path} is a collection with documents of its own; what fits them need not fit your database.`,
        'Tune on questions about your own documents, or leave out --apply.',
      );
    const { knowledgeBase, set } = open;
    const known = knownItemControl(knowledgeBase);
    const others = flags.control ?? [];
    return withControls(context, session, flags, others, known ? [known] : [], async (controls) => {
      const report = await tune(knowledgeBase, set, {
        controls,
        current: knowledgeBase.tuning(),
        signal: context.signal,
        onTry: (done, total) => showProgress(progress, flags, done, total),
      });
      progress.clear();
      if (!report.accepted || !flags.apply) return report;
      const changes = Object.fromEntries(report.changes.map(({ key, to }) => [key, to]));
      knowledgeBase.setTuning({ ...knowledgeBase.tuning(), ...changes }, noteOf(report));
      return { ...report, applied: true };
    });
  });
  context.stdout.write(
    flags.json ? renderEnvelope('rag.tune/1', tuneToJson(report)) : renderTune(report, session.page),
  );
  return EXIT.done;
}

function noteOf({ heldOut }: TuneReport): TuningNote | undefined {
  if (!heldOut) return undefined;
  const { set, questions, before, after, p } = heldOut;
  return { set, questions, before, after, p };
}

function showProgress(progress: ProgressLine, { quiet }: TuneFlags, done: number, total: number): void {
  if (!quiet) progress.update({ done, total, path: 'settings' });
}

/** Opens one control after another, and has all of them open while `work` runs. */
async function withControls(
  context: CommandContext,
  session: Session,
  flags: TuneFlags,
  [path, ...others]: readonly string[],
  open: readonly Control[],
  work: (controls: readonly Control[]) => Promise<TuneReport>,
): Promise<TuneReport> {
  if (path === undefined) return work(open);
  return withQuestionSet(context, session, { path, flags }, ({ knowledgeBase, set }) =>
    withControls(context, session, flags, others, [...open, { knowledgeBase, set }], work),
  );
}

async function reset(context: CommandContext, session: Session, flags: TuneFlags): Promise<ExitCode> {
  const before = await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) => {
    const values = knowledgeBase.tuning();
    if (Object.keys(values).length > 0) knowledgeBase.setTuning({});
    const hadCalibration = (await knowledgeBase.usage()).clearCalibration();
    return { values, hadCalibration };
  });
  const removed = [...Object.keys(before.values), ...(before.hadCalibration ? ['the confidence of hits'] : [])];
  if (flags.json)
    context.stdout.write(
      renderEnvelope('rag.tuning/1', { removed: before.values, calibration: before.hadCalibration }),
    );
  else session.note(removed.length > 0 ? `Took away ${removed.join(', ')}.` : 'Nothing was tuned.');
  return EXIT.done;
}
