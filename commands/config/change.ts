import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { editSettingsFile } from '../../src/config/edit-settings-file.ts';
import { userFolders } from '../../src/config/load.ts';
import { settingOf } from '../../src/config/schema.ts';
import { type SettingPath, textOfPath, valueAt, withValueAt } from '../../src/config/setting-path.ts';
import { readSettingsFile } from '../../src/config/toml-file.ts';
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
import { knownPath } from './show.ts';

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
    ['rag config set models.aliases.fast ollama/llama3.2', 'a short name for it: --model fast'],
    ['rag config set servers.local.baseUrl http://127.0.0.1:8080/v1', 'a server of your own: local/<model>'],
  ]);

  const unset = command
    .command('unset')
    .description('Take a setting out of the file, so that its default holds')
    .argument('<key>', 'its name')
    .option('--project', 'in .rag/config.toml of this folder, not in your own file')
    .action(context.action((key: string, flags: ChangeFlags) => changeFile(context, knownPath(key), undefined, flags)));
  addExamples(unset, [['rag config unset model', 'have no model again']]);
}

async function setSetting(context: CommandContext, name: string, value: string, flags: ChangeFlags): Promise<ExitCode> {
  const path = knownPath(name);
  const { key, entry } = path;
  if (flags.project && (settingOf(key).project === 'never' || entry.at(-1) === 'apiKey')) {
    throw usageError(`${name} cannot be set by a project.`, `Leave out --project to set it for yourself.`);
  }
  if (settingOf(key).kind === 'table' && entry.length === 0) {
    throw usageError(`${key} is a table.`, `Set one entry: rag config set ${key}.<name> <value>.`);
  }
  try {
    return await changeFile(context, path, await checkedValue(fileOf(context, flags), path, value), flags);
  } catch (error) {
    if (error instanceof RagError) throw error;
    throw usageError(`${key} ${messageOf(error)}.`, `${settingOf(key).description}.`);
  }
}

/** The value as the setting has it, beside what the file has of the table. Throws an Error that says what it must be. */
async function checkedValue(file: string, { key, entry }: SettingPath, text: string): Promise<unknown> {
  const there = entry.length === 0 ? undefined : (await readSettingsFile(file, () => {})).get(key)?.value;
  return valueAt(settingOf(key).parse(withValueAt(there, entry, text)), entry);
}

function fileOf({ workingFolder, environment }: CommandContext, flags: ChangeFlags): string {
  const file = flags.project ? projectFileFor(workingFolder) : userFolders(environment).configFile;
  if (file !== null) return file;
  throw usageError('There is no .rag folder here or above.', 'Make one with `rag init`, or leave out --project.');
}

/** Writes the setting into its file, and says what holds from then on. */
export async function changeFile(
  context: CommandContext,
  path: SettingPath,
  value: unknown,
  flags: ChangeFlags,
): Promise<ExitCode> {
  const { stdout } = context;
  const { key, entry } = path;
  const file = fileOf(context, flags);
  await editSettingsFile(file, path, value);
  const { config } = await startSessionAnyway(context, flags);
  if (flags.json) {
    stdout.write(renderEnvelope('rag.setting/1', { ...settingToJson(config, key, entry), file }));
    return EXIT.done;
  }
  if (!flags.quiet) {
    const name = escapeLine(textOfPath(path));
    const done = value === undefined ? `${name} is not set in` : `${name} is set in`;
    stdout.write(`${done} ${escapeLine(file)}; its value is ${shownValue(config, key, entry)}.\n`);
  }
  const { kind, where } = config.origins[key];
  const isUsed =
    entry.length > 0 ? isDeepStrictEqual(valueAt(config.values[key], entry), value) : where.startsWith(`${file}:`);
  if (value !== undefined && !isUsed) {
    const reason = kind === 'default' || kind === 'user' ? 'the folder is not trusted: `rag config trust`' : where;
    context.stderr.write(`warning: Another value is used, because of ${reason}.\n`);
  }
  return EXIT.done;
}
