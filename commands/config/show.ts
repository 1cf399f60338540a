import type { Command } from 'commander';
import { userFolders } from '../../src/config/load.ts';
import { parseSettingPath, type SettingPath } from '../../src/config/setting-path.ts';
import { unknownKey } from '../../src/config/toml-file.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { settingsToJson, settingToJson } from '../../src/present/json/v1/settings.ts';
import { escapeLine } from '../../src/present/text/escape-terminal.ts';
import { renderSettings, shownValue } from '../../src/present/text/render-settings.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags } from '../shared/flags.ts';
import { startSessionAnyway } from '../shared/session.ts';
import { projectFileFor } from './project-file.ts';

type ListFlags = CommonFlags & { readonly origin?: boolean };

/** list, get and path. */
export function defineShow(command: Command, context: CommandContext): void {
  const list = command
    .command('list')
    .description('Show every setting')
    .option('--origin', 'show where each value comes from')
    .action(context.action((flags: ListFlags) => listSettings(context, flags)));
  addExamples(list, [['rag config list --origin', 'with the file and line, the variable or the flag']]);

  const get = command
    .command('get')
    .description('Show one setting')
    .argument('<key>', 'its name, such as search.limit')
    .action(context.action((key: string, flags: CommonFlags) => getSetting(context, key, flags)));
  addExamples(get, [['rag config get search.limit', 'its value alone']]);

  const path = command
    .command('path')
    .description('Show the files that settings are read from')
    .action(context.action((flags: CommonFlags) => showPaths(context, flags)));
  addExamples(path, [['rag config path', 'your own file, then that of the project']]);
}

async function listSettings(context: CommandContext, flags: ListFlags): Promise<ExitCode> {
  const session = await startSessionAnyway(context, flags);
  const page = context.stdout.isTerminal ? session.page : { ...session.page, width: 0 };
  context.stdout.write(
    flags.json
      ? renderEnvelope('rag.config/1', settingsToJson(session.config))
      : renderSettings(session.config, page, { origin: flags.origin ?? false }),
  );
  return EXIT.done;
}

async function getSetting(context: CommandContext, key: string, flags: CommonFlags): Promise<ExitCode> {
  const path = knownPath(key);
  const { config } = await startSessionAnyway(context, flags);
  context.stdout.write(
    flags.json
      ? renderEnvelope('rag.setting/1', settingToJson(config, path.key, path.entry))
      : `${shownValue(config, path.key, path.entry)}\n`,
  );
  return EXIT.done;
}

/** Reads no setting, so that it works while a file is wrong. */
async function showPaths(context: CommandContext, flags: CommonFlags): Promise<ExitCode> {
  const user = userFolders(context.environment).configFile;
  const project = projectFileFor(context.workingFolder);
  if (flags.json) context.stdout.write(renderEnvelope('rag.config-path/1', { userFile: user, projectFile: project }));
  else
    context.stdout.write(
      [user, ...(project === null ? [] : [project])].map((file) => `${escapeLine(file)}\n`).join(''),
    );
  return EXIT.done;
}

/** Throws CONFIG_INVALID with the nearest key for a name that no setting has. */
export function knownPath(name: string): SettingPath {
  const path = parseSettingPath(name);
  if (path) return path;
  throw unknownKey(name, 'config');
}
