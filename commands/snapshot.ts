import type { Command } from 'commander';
import type { History } from '../src/app/history/types.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { changesToJson, restoredBaseToJson, snapshotToJson } from '../src/present/json/v1/history.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderChanges, renderRestoredBase, renderSnapshots } from '../src/present/text/render-history.ts';
import { confirm } from './shared/confirm.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import type { Session } from './shared/session.ts';
import { withHistory } from './shared/with-history.ts';

type RestoreFlags = CommonFlags & { readonly yes?: boolean; readonly dryRun?: boolean };
type Work = (history: History, session: Session) => Promise<ExitCode>;

const MOMENT = "a snapshot's name, a date or a time (ISO 8601, UTC; a date means its end)";

export function defineSnapshot(command: Command, context: CommandContext): void {
  const on = (flags: CommonFlags, work: Work): Promise<ExitCode> => withHistory(context, flags, work);
  command
    .command('list', { isDefault: true })
    .description('List the snapshots')
    .action(
      context.action((flags: CommonFlags) => on(flags, (history, session) => list(context, history, session, flags))),
    );
  command
    .command('create')
    .description('Give what the database holds now a name')
    .argument('<name>', 'letters, digits, dots, hyphens and underscores')
    .action(
      context.action((name: string, flags: CommonFlags) =>
        on(flags, async (history, { note }) => {
          const snapshot = await history.createSnapshot(name);
          if (flags.json) context.stdout.write(renderEnvelope('rag.snapshot/1', snapshotToJson(snapshot)));
          else note(`Snapshot ${name} of ${countOf(snapshot.documents, 'document')}.`);
          return EXIT.done;
        }),
      ),
    );
  command
    .command('diff')
    .description('Say what differs between two moments, or between one and now')
    .argument('<from>', MOMENT)
    .argument('[to]', 'likewise; else as it is now')
    .action(
      context.action((from: string, to: string | undefined, flags: CommonFlags) =>
        on(flags, (history, session) => diff(context, history, session, { from, to, json: flags.json })),
      ),
    );
  command
    .command('restore')
    .description('Bring all documents back to what they were, in one step')
    .argument('<moment>', MOMENT)
    .option('-y, --yes', 'do not ask before')
    .option('--dry-run', 'say what would change, and change nothing')
    .action(
      context.action((moment: string, flags: RestoreFlags) =>
        on(flags, (history) => restore(context, history, moment, flags)),
      ),
    );
  command
    .command('remove')
    .description('Take the name away; versions that only it needed go with time')
    .argument('<name>', 'of a snapshot')
    .action(
      context.action((name: string, flags: CommonFlags) =>
        on(flags, async (history, { note }) => {
          await history.removeSnapshot(name);
          if (flags.json) context.stdout.write(renderEnvelope('rag.snapshot/1', { removed: name }));
          else note(`Snapshot ${name} is gone; the documents stay as they are.`);
          return EXIT.done;
        }),
      ),
    );
  addExamples(command, [
    ['rag snapshot create before-review', 'a name for what is there now'],
    ['rag snapshot diff before-review', 'what changed since'],
    ['rag search leave --as-of before-review', 'as it was found then'],
    ['rag snapshot restore before-review -y', 'all of it as it was; files stay as they are'],
    ['rag snapshot restore 2026-03-01 --dry-run', 'what that would change'],
  ]);
}

async function list(
  context: CommandContext,
  history: History,
  session: Session,
  flags: CommonFlags,
): Promise<ExitCode> {
  const snapshots = history.snapshots();
  if (flags.json) context.stdout.write(renderEnvelope('rag.snapshots/1', { snapshots: snapshots.map(snapshotToJson) }));
  else if (snapshots.length > 0) context.stdout.write(renderSnapshots(snapshots, session.page));
  if (snapshots.length > 0) return EXIT.done;
  session.note('There are no snapshots: `rag snapshot create <name>` makes one.');
  return EXIT.nothingFound;
}

type Asked = { readonly from: string; readonly to?: string; readonly json?: boolean };

async function diff(
  context: CommandContext,
  history: History,
  { note }: Session,
  { from, to, json }: Asked,
): Promise<ExitCode> {
  const before = history.moment(from);
  const after = to === undefined ? null : history.moment(to);
  const changes = history.changes(before, after);
  if (json) context.stdout.write(renderEnvelope('rag.snapshot-diff/1', changesToJson(before, after, changes)));
  else context.stdout.write(renderChanges(changes));
  if (changes.length > 0) return EXIT.done;
  note('Nothing differs.');
  return EXIT.nothingFound;
}

async function restore(
  context: CommandContext,
  history: History,
  name: string,
  flags: RestoreFlags,
): Promise<ExitCode> {
  const moment = history.moment(name);
  const { changes } = await history.restoreBase(moment, { dryRun: true });
  const asks = changes.length > 0 && !flags.yes && !flags.dryRun;
  if (asks && !(await confirm(context, `Bring ${countOf(changes.length, 'document')} back to ${name}?`))) {
    context.stderr.write('Nothing was changed.\n');
    return EXIT.nothingFound;
  }
  const done = await history.restoreBase(moment, { dryRun: flags.dryRun, signal: context.signal });
  if (flags.json) context.stdout.write(renderEnvelope('rag.snapshot-restore/1', restoredBaseToJson(done)));
  else {
    if (flags.dryRun || flags.verbose) context.stdout.write(renderChanges(done.changes));
    if (!flags.quiet) context.stdout.write(renderRestoredBase(done));
  }
  return EXIT.done;
}
