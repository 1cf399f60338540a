import { type Command, InvalidArgumentError } from 'commander';
import type { ReprocessEvent, ReprocessedItem, ReprocessReport } from '../src/app/reprocess/types.ts';
import { renderEnvelope, renderLine } from '../src/present/json/stringify.ts';
import { reprocessEventToLine, reprocessToJson } from '../src/present/json/v1/reprocess.ts';
import { renderReprocessed, renderReprocessReport } from '../src/present/text/render-reprocess.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  addFormatFlag,
  collect,
  type FilterFlags,
  type FormatFlags,
  filterOf,
  formatOf,
} from './shared/flags.ts';
import { createProgressLine } from './shared/progress.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type ReprocessFlags = FormatFlags &
  FilterFlags & {
    readonly chunkSize?: number;
    readonly maxChunkSize?: number;
    readonly overlap?: number;
    readonly parser?: string;
    readonly reset?: boolean;
    readonly dryRun?: boolean;
  };

export function defineReprocess(command: Command, context: CommandContext): void {
  command
    .argument('[glob]', 'only documents with such a path or URL')
    .option('--chunk-size <tokens>', 'length that passages are cut to, in place of chunk.targetTokens', tokens(16))
    .option('--max-chunk-size <tokens>', 'length that no passage exceeds (else 1.7 times the --chunk-size)', tokens(16))
    .option('--overlap <tokens>', 'most that a passage repeats of the one before it', tokens(0))
    .option('--parser <type>', 'read them as this type, whatever they look like: md, txt, html, csv, ...')
    .option('--reset', 'forget what these documents had in place of the settings')
    .option('--dry-run', 'say how many passages would change, and change nothing')
    .action(context.action((glob: string | undefined, flags: ReprocessFlags) => reprocess(context, glob, flags)));
  addFilterFlags(command);
  addFormatFlag(command, ['text', 'json', 'jsonl']);
  addExamples(command, [
    ['rag reprocess', 'read and cut everything anew, by the settings of now'],
    ['rag reprocess "contracts/**" --chunk-size 200 --overlap 40', 'smaller passages, some documents only'],
    ['rag reprocess --type txt --parser md --dry-run', 'what reading text as Markdown would change'],
    ['rag reprocess --reset', 'back to the settings'],
  ]);
}

const tokens =
  (least: number) =>
  (value: string): number => {
    const number = Number(value);
    if (/^\d{1,4}$/.test(value) && number >= least && number <= 8192) return number;
    throw new InvalidArgumentError(`It must be a whole number of tokens from ${least} to 8192.`);
  };

async function reprocess(context: CommandContext, glob: string | undefined, flags: ReprocessFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const { stdout, stderr } = context;
  const format = formatOf(flags);
  const progress = createProgressLine(stderr);
  const items: ReprocessedItem[] = [];
  let report: ReprocessReport | undefined;
  const show = (event: ReprocessEvent): void => {
    if (format === 'jsonl') stdout.write(renderLine(reprocessEventToLine(event)));
    if (event.type === 'reprocess-end') report = event.report;
    if (event.type === 'embed-progress' && !flags.quiet) progress.update({ ...event, path: 'vectors of passages' });
    if (event.type !== 'item-end') return;
    const { item, done, total } = event;
    if (format === 'json' && item.status !== 'unchanged') items.push(item);
    const isTold = item.status === 'failed' || ((flags.verbose || flags.dryRun) && item.status === 'changed');
    if (format === 'text' && isTold && (item.status === 'failed' || !flags.quiet)) {
      progress.clear();
      if (item.status === 'failed') stderr.write(renderReprocessed(item, session.errorPage));
      else stdout.write(renderReprocessed(item, session.page));
    }
    if (!flags.quiet) progress.update({ done, total, path: item.path });
  };
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    const maxTokens = flags.maxChunkSize ?? roomFor(flags.chunkSize);
    const events = knowledgeBase.reprocess({
      filter: filterOf(glob === undefined ? flags : { ...flags, path: collect(glob, flags.path) }),
      processing: {
        targetTokens: flags.chunkSize,
        maxTokens,
        overlapTokens: flags.overlap,
        parser: flags.parser,
      },
      reset: flags.reset,
      dryRun: flags.dryRun,
      signal: context.signal,
    });
    try {
      for await (const event of events) show(event);
    } finally {
      progress.clear();
    }
    if (!report) return EXIT.failed;
    if (format === 'json') stdout.write(renderEnvelope('rag.reprocess/1', reprocessToJson(report, items)));
    if (format === 'text' && !flags.quiet) stdout.write(renderReprocessReport(report));
    return exitCodeOf(report);
  });
}

/** As much above the size as the defaults of the settings leave: paragraphs up to there are kept whole. */
const roomFor = (chunkSize: number | undefined): number | undefined =>
  chunkSize === undefined ? undefined : Math.min(8192, Math.ceil(chunkSize * 1.7));

function exitCodeOf({ counts, interrupted }: ReprocessReport): ExitCode {
  if (interrupted) return EXIT.interrupted;
  if (counts.failed === 0) return EXIT.done;
  return counts.changed + counts.unchanged > 0 ? EXIT.partlyFailed : EXIT.failed;
}
