import { type Command, Option } from 'commander';
import type { MissedRuns } from '../../src/app/jobs/types.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { scheduleToJson } from '../../src/present/json/v1/jobs.ts';
import { renderRunTime } from '../../src/present/text/render-schedules.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError } from '../shared/flags.ts';
import { startSession, withKnowledgeBase } from '../shared/session.ts';
import { specOfWords } from './spec-of-words.ts';

type AddFlags = CommonFlags & { readonly name?: string; readonly timezone?: string; readonly missed?: MissedRuns };

export function defineScheduleAdd(command: Command, context: CommandContext): void {
  // Options behind the command are the command's.
  command.enablePositionalOptions();
  const add = command
    .command('add')
    .description('Do something again and again; its own options stand before the pattern')
    .argument('<pattern>', 'minute, hour, day of the month, month, day of the week: "0 3 * * *"')
    .argument('<command...>', 'sync, add, run or another command of rag, with what it takes')
    .option('--name <name>', 'what to call it (else its command)')
    .option('--timezone <zone>', 'such as Europe/Berlin (else that of the machine)')
    .addOption(
      new Option('--missed <what>', 'runs that no worker was there for: one in their place, none, or each')
        .choices(['once', 'skip', 'all'])
        .default('once'),
    )
    .passThroughOptions()
    .action(
      context.action((pattern: string, words: string[], flags: AddFlags) => addOne(context, { pattern, words, flags })),
    );
  addExamples(add, [
    ['rag schedule add "0 3 * * *" sync', 'every night at three'],
    ['rag schedule add --name news "*/30 8-18 * * 1-5" add https://example.com/', 'in working hours'],
    ['rag schedule add --timezone Europe/Berlin "15 4 * * 0" run weekly.toml', 'a workflow on Sundays'],
  ]);
}

type Asked = { readonly pattern: string; readonly words: readonly string[]; readonly flags: AddFlags };

async function addOne(context: CommandContext, { pattern, words, flags }: Asked): Promise<ExitCode> {
  const { name, timezone, missed } = flags;
  if (name !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u.test(name))
    throw usageError(`"${name}" is no name for a schedule.`, 'Use letters, digits, - and _.');
  const session = await startSession(context, flags);
  const spec = await specOfWords(context, session, words);
  return withKnowledgeBase(context, session, { create: true, verbose: flags.verbose }, async (knowledgeBase) => {
    const jobs = await knowledgeBase.jobs();
    const schedule = await jobs.addSchedule(spec, { pattern, name, timezone, missed });
    if (flags.json) context.stdout.write(renderEnvelope('rag.schedules/1', { schedules: [scheduleToJson(schedule)] }));
    else if (!flags.quiet)
      context.stdout.write(`"${schedule.name}" runs next at ${renderRunTime(schedule.nextAt, schedule.timezone)}.\n`);
    if (!jobs.workers().some(({ isAlive }) => isAlive))
      session.note('Schedules are kept by `rag worker`; none runs now. Start one, or have your system start it.');
    return EXIT.done;
  });
}
