import type { Command } from 'commander';
import type { Jobs, StoredSchedule } from '../../src/app/jobs/types.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { runTimesToJson, scheduleToJson } from '../../src/present/json/v1/jobs.ts';
import { renderRunTime, renderSchedules } from '../../src/present/text/render-schedules.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from '../shared/flags.ts';
import { withJobs } from '../shared/with-jobs.ts';

type NextFlags = CommonFlags & { readonly limit: number };

/** list, next, remove, pause and resume. */
export function defineScheduleList(command: Command, context: CommandContext): void {
  const list = command
    .command('list', { isDefault: true })
    .description('List schedules, with when each comes next')
    .action(context.action((flags: CommonFlags) => listAll(context, flags)));
  addExamples(list, [['rag schedule list --json', 'for a program']]);
  const next = command
    .command('next')
    .description('Say at which times schedules come next')
    .argument('[name]', 'its name or number; else all')
    .option('-n, --limit <number>', 'times of each', wholeNumber, 5)
    .action(context.action((name: string | undefined, flags: NextFlags) => showNext(context, name, flags)));
  addExamples(next, [['rag schedule next sync -n 3', 'its next three times']]);

  const change = (verb: string, description: string, said: string, work: ChangeSchedule): void => {
    const defined = command
      .command(verb)
      .description(description)
      .argument('<name>', 'its name or number')
      .action(context.action((name: string, flags: CommonFlags) => changeOne(context, { name, flags, said, work })));
    addExamples(defined, [[`rag schedule ${verb} sync`, '']]);
  };
  change('remove', 'Forget a schedule', 'is forgotten', (jobs, name) => jobs.removeSchedule(name));
  change('pause', 'Let a schedule rest', 'rests', (jobs, name) => jobs.pauseSchedule(name));
  change('resume', 'Let a schedule go on, from its next time', 'goes on', (jobs, name) => jobs.resumeSchedule(name));
}

type ChangeSchedule = (jobs: Jobs, name: string) => StoredSchedule | Promise<StoredSchedule>;

type Change = {
  readonly name: string;
  readonly flags: CommonFlags;
  readonly said: string;
  readonly work: ChangeSchedule;
};

const listAll = (context: CommandContext, flags: CommonFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, { page, note }) => {
    const schedules = jobs.schedules();
    if (flags.json)
      context.stdout.write(renderEnvelope('rag.schedules/1', { schedules: schedules.map(scheduleToJson) }));
    else if (schedules.length > 0) context.stdout.write(renderSchedules(schedules, page));
    if (schedules.length > 0) return EXIT.done;
    note('There are no schedules; `rag schedule add "0 3 * * *" sync` makes one.');
    return EXIT.nothingFound;
  });

const showNext = (context: CommandContext, name: string | undefined, flags: NextFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, { note }) => {
    const chosen =
      name === undefined ? jobs.schedules().filter(({ isPaused }) => !isPaused) : [jobs.findSchedule(name)];
    const all = await Promise.all(
      chosen.map(async (schedule) => ({ schedule, times: await jobs.nextRuns(schedule, flags.limit) })),
    );
    if (flags.json) {
      const runs = all.map(({ schedule, times }) => ({ name: schedule.name, times: runTimesToJson(times) }));
      context.stdout.write(renderEnvelope('rag.schedule-runs/1', { schedules: runs }));
    } else {
      const lines = all.flatMap(({ schedule, times }) => times.map((at) => ({ at, schedule })));
      lines.sort((a, b) => a.at - b.at);
      for (const { at, schedule } of lines)
        context.stdout.write(`${renderRunTime(at, schedule.timezone)}  ${schedule.name}\n`);
    }
    if (all.length > 0) return EXIT.done;
    note('Nothing is scheduled.');
    return EXIT.nothingFound;
  });

const changeOne = (context: CommandContext, { name, flags, said, work }: Change): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, { note }) => {
    const schedule = await work(jobs, name);
    if (flags.json) context.stdout.write(renderEnvelope('rag.schedules/1', { schedules: [scheduleToJson(schedule)] }));
    else note(`"${schedule.name}" ${said}.`);
    return EXIT.done;
  });
