import type { Command } from 'commander';
import { userFolders } from '../../src/config/load.ts';
import { settingOf } from '../../src/config/schema.ts';
import { editSettingsFile } from '../../src/config/toml-file.ts';
import type { SettingKey } from '../../src/config/types.ts';
import { messageOf, RagError } from '../../src/platform/errors.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { settingToJson } from '../../src/present/json/v1/settings.ts';
import { escapeLine } from '../../src/present/text/escape-terminal.ts';
import { shownValue } from '../../src/present/text/render-settings.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError } from '../shared/flags.ts';
import { startSessionAnyway } from '../shared/session.ts';
import { projectFileFor } from './project-file.ts';
import { knownKey } from './show.ts';

type ChangeFlags = CommonFlags & { readonly project?: boolean };

/** set and unset. */
export function defineChange(command: Command, context: CommandContext): void {
  const set = command
    .command('set')
    .description('Change a setting')
    .argument('<key>', 'its name, such as search.limit')
    .argument('<value>', 'its new value')
    .option('--project', 'in .rag/config.toml of this folder, not in your own file')
    .action(context.action((key: string, value: string, flags: ChangeFlags) => setSetting(context, key, value, flags)));
  addExamples(set, [
    ['rag config set search.limit 20', 'for you, everywhere'],
    ['rag config set search.limit 20 --project', 'for everyone in this folder'],
    ['rag config set model ollama/llama3.2', 'the model that writes answers'],
  ]);

  const unset = command
    .command('unset')
    .description('Take a setting out of the file, so that its default holds')
    .argument('<key>', 'its name')
    .option('--project', 'in .rag/config.toml of this folder, not in your own file')
    .action(context.action((key: string, flags: ChangeFlags) => changeFile(context, knownKey(key), undefined, flags)));
  addExamples(unset, [['rag config unset model', 'have no model again']]);
}

async function setSetting(context: CommandContext, name: string, value: string, flags: ChangeFlags): Promise<ExitCode> {
  const key = knownKey(name);
  if (flags.project && settingOf(key).project === 'never') {
    throw usageError(`${key} cannot be set by a project.`, `Leave out --project to set it for yourself.`);
  }
  try {
    return await changeFile(context, key, settingOf(key).parse(value), flags);
  } catch (error) {
    if (error instanceof RagError) throw error;
    throw usageError(`${key} ${messageOf(error)}.`, `${settingOf(key).description}.`);
  }
}

async function changeFile(
  context: CommandContext,
  key: SettingKey,
  value: unknown,
  flags: ChangeFlags,
): Promise<ExitCode> {
  const { workingFolder, environment, stdout } = context;
  const file = flags.project ? projectFileFor(workingFolder) : userFolders(environment).configFile;
  if (file === null) {
    throw usageError('There is no .rag folder here or above.', 'Make one with `rag init`, or leave out --project.');
  }
  await editSettingsFile(file, key, value);
  const { config } = await startSessionAnyway(context, flags);
  if (flags.json) {
    stdout.write(renderEnvelope('rag.setting/1', { ...settingToJson(config, key), file }));
    return EXIT.done;
  }
  if (!flags.quiet) {
    const done = value === undefined ? `${key} is not set in` : `${key} is set in`;
    stdout.write(`${done} ${escapeLine(file)}; its value is ${shownValue(config, key)}.\n`);
  }
  const { kind, where } = config.origins[key];
  if (value !== undefined && !where.startsWith(`${file}:`)) {
    const reason = kind === 'default' || kind === 'user' ? 'the folder is not trusted: `rag config trust`' : where;
    context.stderr.write(`warning: Another value is used, because of ${reason}.\n`);
  }
  return EXIT.done;
}
