import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { compactToJson } from '../src/present/json/v1/maintenance.ts';
import { renderCompact } from '../src/present/text/render-maintenance.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { withMaintenance } from './shared/with-maintenance.ts';

export function defineCompact(command: Command, context: CommandContext): void {
  command.action(context.action((flags: CommonFlags) => compact(context, flags)));
  addExamples(command, [['rag compact', 'write the file anew without the room of what was removed']]);
}

const compact = (context: CommandContext, flags: CommonFlags): Promise<ExitCode> =>
  withMaintenance(context, flags, async (maintenance) => {
    const report = await maintenance.compact(context.signal);
    if (flags.json) context.stdout.write(renderEnvelope('rag.compact/1', compactToJson(report)));
    else if (!flags.quiet) context.stdout.write(renderCompact(report));
    return EXIT.done;
  });
