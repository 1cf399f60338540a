import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { userFolders } from '../../src/config/load.ts';
import { distrustFolder, trustFolder } from '../../src/config/trust.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { escapeLine } from '../../src/present/text/escape-terminal.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError } from '../shared/flags.ts';
import { projectFileFor } from './project-file.ts';

type TrustFlags = CommonFlags & { readonly remove?: boolean };

export function defineTrust(command: Command, context: CommandContext): void {
  const trust = command
    .command('trust')
    .description('Let the .rag/config.toml of a folder set models, addresses and bounds')
    .argument('[folder]', 'the folder that holds .rag (else the nearest one)')
    .option('--remove', 'trust it no longer')
    .action(context.action((folder: string | undefined, flags: TrustFlags) => changeTrust(context, folder, flags)));
  addExamples(trust, [
    ['rag config trust', 'the folder with the nearest .rag'],
    ['rag config trust ~/project --remove', 'no longer'],
  ]);
}

async function changeTrust(context: CommandContext, named: string | undefined, flags: TrustFlags): Promise<ExitCode> {
  const { workingFolder, environment, stdout } = context;
  const folder = named === undefined ? nearestProject(workingFolder) : resolve(workingFolder, named);
  const { trustFile } = userFolders(environment);
  const trusted = !flags.remove;
  const changed = flags.remove ? distrustFolder(folder, trustFile) : trustFolder(folder, trustFile) !== '';
  if (flags.json) stdout.write(renderEnvelope('rag.trust/1', { folder, trusted }));
  else if (!flags.quiet) {
    const was = flags.remove && !changed ? 'was not trusted' : trusted ? 'is trusted' : 'is no longer trusted';
    stdout.write(`${escapeLine(folder)} ${was}.\n`);
  }
  return EXIT.done;
}

function nearestProject(workingFolder: string): string {
  const file = projectFileFor(workingFolder);
  if (file !== null) return dirname(dirname(file));
  throw usageError('There is no .rag folder here or above.', 'Name the folder: `rag config trust <folder>`.');
}
