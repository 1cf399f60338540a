import { Command } from 'commander';
import type { JobSpec } from '../../src/app/jobs/types.ts';
import { STEP_KINDS } from '../../src/app/jobs/workflow/step-kinds.ts';
import { nearestName } from '../../src/platform/nearest-name.ts';
import { type AddFlags, addSettings, addSpec, declareAdd } from '../add.ts';
import { workflowSpec } from '../run.ts';
import type { CommandContext } from '../shared/context.ts';
import { addCommonFlags, type CommonFlags, usageError } from '../shared/flags.ts';
import { type Session, startSession } from '../shared/session.ts';
import { declareSync, type SyncFlags, syncSpec } from '../sync.ts';

/** Commands of rag that can be left to themselves; the others ask, print or change settings. */
const KNOWN = ['run', ...STEP_KINDS.map(({ name }) => name).filter((name) => name !== 'command')];

/** The job that a command line means: `sync -c work`. Throws USAGE for one that cannot be left to itself. */
export async function specOfWords(
  context: CommandContext,
  session: Session,
  [verb = '', ...words]: readonly string[],
): Promise<JobSpec> {
  const { workingFolder } = context;
  switch (verb) {
    case 'add': {
      const { args, flags } = parse<AddFlags>(declareAdd(new Command('rag add')), words);
      if (args.includes('-')) throw usageError('Standard input is not there when it runs.', 'Name a file or folder.');
      const own = await startSession(context, { ...flags, quiet: true }, addSettings(flags));
      return addSpec(context, own, { targets: args, flags });
    }
    case 'sync':
      return syncSpec(context, parse<SyncFlags>(declareSync(new Command('rag sync')), words).flags);
    case 'run': {
      const { args } = parse(new Command('rag run').argument('<file>'), words);
      return workflowSpec(context, session, { file: args[0] ?? '', flags: {} });
    }
  }
  if (KNOWN.includes(verb)) return { kind: 'command-line', workingFolder, argv: [verb, ...words] };
  const nearest = nearestName(verb, KNOWN);
  throw usageError(
    `"${verb}" cannot be run by a schedule.`,
    nearest ? `Did you mean "${nearest}"?` : `There are ${KNOWN.join(', ')}; a workflow runs other programs.`,
  );
}

function parse<Flags>(command: Command, words: readonly string[]): { args: string[]; flags: Flags } {
  addCommonFlags(command)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
    .helpOption(false)
    .allowExcessArguments(false)
    .parse(words, { from: 'user' });
  const flags = command.opts() as Flags & CommonFlags;
  if (flags.db !== undefined) {
    throw usageError(
      'A schedule belongs to the database that it works on; --db after the command would name another.',
      `Put it before the pattern: \`rag schedule add --db ${flags.db} "0 3 * * *" sync\`.`,
    );
  }
  return { args: command.args, flags };
}
