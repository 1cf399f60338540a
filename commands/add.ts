import { type Command, Option } from 'commander';
import type { AddSpec } from '../src/app/jobs/types.ts';
import type { AddOptions } from '../src/app/types.ts';
import type { FlagValues } from '../src/config/types.ts';
import type { CommandContext } from './shared/context.ts';
import { addCrawlFlags, type CrawlFlags, crawlOptions } from './shared/crawl-flags.ts';
import type { ExitCode } from './shared/exit-code.ts';
import { addExamples, addFormatFlag, collect, collectList, usageError } from './shared/flags.ts';
import { jobSettings } from './shared/job-settings.ts';
import { notedIngest } from './shared/noted-ingest.ts';
import { queueJob } from './shared/queue-job.ts';
import { readStdin } from './shared/read-stdin.ts';
import { type IngestFlags, type IngestTarget, runIngest } from './shared/run-ingest.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';

export type AddFlags = IngestFlags &
  CrawlFlags & {
    readonly background?: boolean;
    readonly collection?: string;
    readonly tag?: string[];
    readonly title?: string;
    readonly include?: string[];
    readonly exclude?: string[];
    readonly hidden?: boolean;
    /** False with --no-ignore. */
    readonly ignore?: boolean;
    readonly maxFileSize?: string;
    readonly allowPrivate?: boolean;
    readonly ocr?: boolean;
    readonly pii?: AddOptions['pii'];
  };

/** What names the sources and says how they are taken, which a schedule takes as well. */
export const declareAdd = (command: Command): Command =>
  addCrawlFlags(
    command
      .argument(
        '<target...>',
        'files, folders, patterns such as "notes/**/*.md", http(s) URLs, or - for standard input',
      )
      .option('-c, --collection <name>', 'collection that the documents go to')
      .option('--tag <tag>', 'tag for every document (may be repeated)', collectList)
      .option('--title <title>', 'title of what comes from standard input')
      .option('--include <glob>', 'take only files that match (may be repeated)', collect)
      .option('--exclude <glob>', 'leave out files that match (may be repeated)', collect)
      .option('--hidden', 'take hidden files and folders too')
      .option('--no-ignore', 'do not heed .gitignore and .ragignore')
      .option('--max-file-size <size>', 'leave out larger files: 10MB')
      .option('--ocr', 'have Tesseract read pictures and scanned pages')
      .option('--allow-private', 'allow URLs of private, loopback and link-local addresses')
      .addOption(
        new Option('--pii <what>', 'what is done with personal data and secrets, now and at each sync').choices([
          'off',
          'report',
          'redact',
          'pseudonymize',
          'refuse',
        ]),
      ),
  );

export function defineAdd(command: Command, context: CommandContext): void {
  declareAdd(command)
    .option('--background', 'queue it as a job, and return at once')
    .option('--dry-run', 'say what would happen, and change nothing')
    .action(context.action((targets: string[], flags: AddFlags) => add(context, targets, flags)));
  addFormatFlag(command, ['text', 'json', 'jsonl']);
  addExamples(command, [
    ['rag add ~/notes', 'a folder with everything below it'],
    ['rag add . --exclude "drafts/**"', 'without some of it'],
    ['rag add report.pdf https://example.com/a', 'a file and a page of the web'],
    ['rag add https://example.com/docs/ --crawl --prefix /docs/', 'the pages of a site'],
    ['pbpaste | rag add - --title clipboard', 'standard input'],
    ['rag add docs -c work --tag handbook', 'into a collection, with a tag'],
    ['rag add mails --pii pseudonymize', 'without addresses, numbers of people, and keys'],
    ['rag add ~/archive --background', 'while you do something else; see `rag jobs`'],
  ]);
}

async function add(context: CommandContext, targets: readonly string[], flags: AddFlags): Promise<ExitCode> {
  const fromStdin = targets.includes('-');
  if (fromStdin && flags.title === undefined) {
    throw usageError('Standard input needs a title.', 'Name it: `rag add - --title "Meeting notes"`.');
  }
  if (!fromStdin && flags.title !== undefined) {
    throw usageError('--title names what comes from standard input.', 'Use it with `-`, or leave it out.');
  }
  if (flags.background && (fromStdin || flags.dryRun)) {
    throw usageError(
      `${fromStdin ? 'Standard input' : 'A dry run'} cannot be left to the background.`,
      'Leave out --background.',
    );
  }
  const session = await startSession(context, flags, addSettings(flags));
  const { source } = session.config.settings;
  const spec = addSpec(context, session, { targets, flags });
  const open = { create: true, verbose: flags.verbose };
  return withKnowledgeBase(context, session, open, async (knowledgeBase) => {
    if (flags.background) return queueJob(context, session, { knowledgeBase, spec, flags });
    return notedIngest(context, knowledgeBase, flags.dryRun ? null : spec, ({ context, hear }) => {
      const options = { ...spec.options, dryRun: flags.dryRun, signal: context.signal };
      const start = async (target: string) =>
        target === '-'
          ? knowledgeBase.addBytes(await readStdin(context, source.maxFileBytes), { ...options, title: flags.title! })
          : knowledgeBase.add(target, options);
      const run = (target: string): IngestTarget => ({ name: target, start: async () => hear(await start(target)) });
      return runIngest(context, session, flags, targets.map(run));
    });
  });
}

export const addSettings = (flags: AddFlags): FlagValues => ({
  'source.maxFileBytes': { flag: '--max-file-size', value: flags.maxFileSize },
  'source.allowPrivate': { flag: '--allow-private', value: flags.allowPrivate },
});

type Asked = { readonly targets: readonly string[]; readonly flags: AddFlags };

/** What is to be added, as a job that another process may do. */
export function addSpec({ workingFolder }: CommandContext, { config }: Session, { targets, flags }: Asked): AddSpec {
  return {
    kind: 'add',
    workingFolder,
    settings: jobSettings(flags),
    targets,
    options: {
      collection: flags.collection,
      tags: flags.tag,
      include: flags.include,
      exclude: flags.exclude,
      hidden: flags.hidden,
      noIgnore: flags.ignore === false ? true : undefined,
      // What was given here is remembered with the source; what is configured may change later.
      maxFileBytes: flags.maxFileSize === undefined ? undefined : config.settings.source.maxFileBytes,
      allowPrivate: flags.allowPrivate,
      crawl: crawlOptions(flags),
      ocr: flags.ocr,
      pii: flags.pii,
    },
  };
}
