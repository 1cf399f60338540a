import { type Command, InvalidArgumentError } from 'commander';
import type { ItemStatus } from '../src/app/types.ts';
import type { WatchEvent, WatchReport } from '../src/app/watch/types.ts';
import { parseDuration } from '../src/config/duration.ts';
import { renderLine } from '../src/present/json/stringify.ts';
import { watchEventToLine } from '../src/present/json/v1/watch.ts';
import { isChange, renderChange } from '../src/present/text/render-ingest.ts';
import { renderProgress } from '../src/present/text/render-progress.ts';
import {
  changesInWords,
  renderWatchNotice,
  renderWatchReport,
  renderWatchStart,
  renderWatchState,
} from '../src/present/text/render-watch.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, addFormatFlag, type FormatFlags, formatOf } from './shared/flags.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';
import { createStatusLine } from './shared/status-line.ts';

/** Of one look at a source; a count stands for the rest. */
const LISTED_CHANGES = 30;

const MINUTE_MS = 60_000;

type WatchFlags = FormatFlags & {
  readonly collection?: string;
  readonly once?: boolean;
  readonly force?: boolean;
  readonly poll?: number | true;
  readonly every?: number;
};

export function defineWatch(command: Command, context: CommandContext): void {
  command
    .argument('[target]', 'a file or folder, added unless it is remembered, or a collection; else all that was added')
    .option('-c, --collection <name>', 'only the sources of this collection; what is added goes there')
    .option('--once', 'bring everything in step, and end')
    .option('--poll [duration]', 'look so often in place of being told, for network drives (else 1s)', pause)
    .option('--every <duration>', 'look at everything so often, in case an event was lost (else 10m)', pause)
    .option('--force', 'though another process watches the same database')
    .action(context.action((target: string | undefined, flags: WatchFlags) => watch(context, target, flags)));
  addFormatFlag(command, ['text', 'jsonl']);
  addExamples(command, [
    ['rag watch', 'keep the database in step with every folder and file that was added'],
    ['rag watch ~/notes', 'one folder, added if need be'],
    ['rag watch /mnt/share --poll 5s', 'where the system tells of no changes'],
    ['rag watch --json', 'what happens, a line of JSON for each event'],
  ]);
}

function pause(value: string): number {
  const ms = parseDuration(value);
  if (typeof ms === 'number' && Number.isInteger(ms) && ms >= 100 && ms <= 1440 * MINUTE_MS) return ms;
  throw new InvalidArgumentError('It must be a duration from 100ms to 1440m, such as 5s.');
}

async function watch(context: CommandContext, target: string | undefined, flags: WatchFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const show = formatOf(flags) === 'text' ? createTextScreen(context, session, flags) : createJsonScreen(context);
  const create = target !== undefined;
  return withKnowledgeBase(context, session, { create, verbose: flags.verbose }, async (knowledgeBase) => {
    const events = knowledgeBase.watch({
      target,
      collection: flags.collection,
      once: flags.once,
      force: flags.force,
      pollMs: flags.poll === true ? 1000 : flags.poll,
      reconcileMs: flags.every,
      signal: context.signal,
    });
    let code: ExitCode = EXIT.done;
    try {
      for await (const event of events) {
        show.event(event);
        if (event.type === 'watch-end') code = exitCodeOf(event.report);
      }
    } finally {
      show.end();
    }
    return code;
  });
}

function exitCodeOf({ counts, problems }: WatchReport): ExitCode {
  if (problems === 0 && counts.failed === 0) return EXIT.done;
  const good = counts.added + counts.updated + counts.moved + counts.unchanged + counts.removed;
  return good > 0 ? EXIT.partlyFailed : EXIT.failed;
}

type Screen = { event(event: WatchEvent): void; end(): void };

function createJsonScreen({ stdout }: CommandContext): Screen {
  return {
    event(event) {
      const line = watchEventToLine(event);
      if (line) stdout.write(renderLine(line));
    },
    end() {},
  };
}

/** Changes go to a terminal, or where more was asked for; what went wrong is always told. */
function createTextScreen({ stdout, stderr }: CommandContext, session: Session, flags: WatchFlags): Screen {
  const status = createStatusLine(stderr);
  const listsChanges = (stdout.isTerminal || flags.verbose === true) && !flags.quiet;
  let state = { sources: 0, changedAt: null as number | null, lastChange: '' };
  let isStart = true;
  let listed = 0;
  let startedAt = Date.now();
  const draw = (text: string): void => {
    if (!flags.quiet) status.show(text);
  };
  const tell = (output: typeof stdout, text: string): void => {
    if (text === '') return;
    status.clear();
    output.write(text);
  };

  return {
    event(event) {
      const width = stderr.columns() - 1;
      switch (event.type) {
        case 'look-start':
          listed = 0;
          startedAt = Date.now();
          isStart = event.reason === 'start';
          break;
        case 'progress':
          draw(renderProgress({ ...event, elapsedMs: Date.now() - startedAt }, width));
          break;
        case 'item': {
          const { outcome } = event;
          if (outcome.status === 'failed') {
            const why = outcome.reason?.message ?? 'no reason was given';
            tell(stderr, renderChange({ ...outcome, path: `${outcome.path}: ${why}` }, session.errorPage));
          } else if (listsChanges && isChange(outcome) && (!isStart || flags.verbose)) {
            if (listed++ < LISTED_CHANGES || flags.verbose) tell(stdout, renderChange(outcome, session.page));
          }
          break;
        }
        case 'look-end': {
          const changes = changesInWords(event.counts as Record<ItemStatus, number>);
          if (changes !== '') state = { ...state, changedAt: Date.now(), lastChange: changes };
          if (listsChanges && changes !== '' && (isStart || listed > LISTED_CHANGES) && !flags.verbose) {
            tell(stdout, `${changes}\n`);
          }
          break;
        }
        case 'watch-start':
        case 'sources':
          state = { ...state, sources: event.sources.length };
          if (!flags.quiet) tell(stdout, renderWatchStart(event.sources, session.page));
          break;
        case 'watch-end':
          if (!flags.quiet) tell(stdout, renderWatchReport(event.report));
          return;
        default:
          tell(stderr, renderWatchNotice(event, session.errorPage));
      }
      if (event.type !== 'progress' && state.sources > 0) draw(renderWatchState(state, width));
    },
    end: status.clear,
  };
}
