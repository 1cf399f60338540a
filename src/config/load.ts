import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { messageOf, RagError } from '../platform/errors.ts';
import { withoutPassword } from './addresses.ts';
import { CONFIG_FILE, nearestAbove, PROJECT_FOLDER } from './database-path.ts';
import { isNoModel, resolveModelName } from './model-name.ts';
import { environmentNameOf, SETTING_KEYS, type SettingKey, settingOf } from './schema.ts';
import { withKeysOfEnvironment } from './server-settings.ts';
import { groupSettings } from './settings.ts';
import { type FileValue, type OnProblem, orProblem, readSettingsFile } from './toml-file.ts';
import { isTrusted } from './trust.ts';
import type { FlagValues, LoadedConfig, SettingOrigin, SettingValues, UserFolders } from './types.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type LoadOptions = {
  /** Folder from which `.rag/config.toml` is looked for upwards. */
  readonly workingFolder: string;
  readonly flags?: FlagValues;
  readonly environment?: Environment;
  /**
   * Tells what is wrong with files and the environment, and goes on with what is sound: for what must run in order to mend
   * them. Without it the first fault is thrown.
   */
  readonly onProblem?: OnProblem;
};

type Found = {
  readonly value: unknown;
  readonly origin: SettingOrigin;
  /** Where in a file it stands, with the column. */
  readonly place?: string;
};

/**
 * Every setting with where it came from: flag > RAG_* > other programs' variables > project file > user file > default.
 * Throws CONFIG_INVALID for a value, key or file that is wrong, and says where it stands.
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const environment = options.environment ?? process.env;
  const folders = userFolders(environment);
  const projectFile = nearestAbove(options.workingFolder, join(PROJECT_FOLDER, CONFIG_FILE));
  const refuse: OnProblem = (problem) => {
    throw problem;
  };
  const { onProblem = refuse } = options;
  const trusts = (file: string): boolean => isTrusted(dirname(dirname(file)), folders.trustFile);
  const projectTrusted = projectFile !== null && orProblem(() => trusts(projectFile), onProblem) === true;
  const user = await readSettingsFile(folders.configFile, onProblem);
  const project =
    projectFile === null ? new Map<SettingKey, FileValue>() : await readSettingsFile(projectFile, onProblem);

  const warnings: string[] = [];
  const allowed = (key: SettingKey): boolean => {
    const rule = settingOf(key).project;
    return rule === 'always' || (rule === 'trusted' && projectTrusted);
  };
  for (const key of project.keys()) {
    if (!allowed(key)) warnings.push(refusalOf(key, projectFile!));
  }

  const find = (key: SettingKey): Found => {
    const flag = options.flags?.[key];
    if (flag?.value !== undefined) return fromFlag(key, flag.flag, flag.value);
    const variable = orProblem(() => fromEnvironment(key, environment), onProblem);
    if (variable) return variable;
    const projectValue = allowed(key) ? project.get(key) : undefined;
    const userValue = user.get(key);
    if (projectValue) {
      const { value, leftOut } = settingOf(key).ofProject?.(projectValue.value) ?? { ...projectValue, leftOut: [] };
      for (const name of leftOut)
        warnings.push(`${projectFile} sets ${key}.${name}, which no project may set; it is ignored.`);
      // Entries of the user's own table stay; a project's entry takes the place of one with its name, whole.
      const whole = settingOf(key).kind === 'table' ? { ...(userValue?.value as object), ...(value as object) } : value;
      return fromFile('project', projectFile!, { ...projectValue, value: whole });
    }
    if (userValue) return fromFile('user', folders.configFile, userValue);
    return { value: settingOf(key).default, origin: { kind: 'default', where: '' } };
  };
  const found = SETTING_KEYS.map((key) => [key, find(key)] as const);
  const given = Object.fromEntries(found.map(([key, { value }]) => [key, value])) as unknown as SettingValues;
  const values: SettingValues = {
    ...given,
    model: orProblem(() => resolveModel(Object.fromEntries(found).model as Found, given), onProblem) ?? undefined,
    servers: withKeysOfEnvironment(given.servers, environment),
  };
  orProblem(() => checkTogether(values), onProblem);
  return {
    values,
    settings: groupSettings(values),
    origins: Object.fromEntries(found.map(([key, { origin }]) => [key, origin])) as Record<SettingKey, SettingOrigin>,
    warnings,
    folders,
    projectFile,
    projectTrusted,
    databaseFromEnvironment: environment.RAG_DB || undefined,
  };
}

/** Whether the terminal obeys more than line ends: `TERM` says so of those that do not. */
export const canMoveCursor = (environment: Environment = process.env): boolean => environment.TERM !== 'dumb';

/** Where this user's files are: XDG folders where they are set, else what the platform has. */
export function userFolders(environment: Environment = process.env): UserFolders {
  const platform = envPaths('ragstone', { suffix: '' });
  const windows = process.platform === 'win32';
  const configBase = environment.XDG_CONFIG_HOME || join(homedir(), '.config');
  const config = windows ? platform.config : join(configBase, 'ragstone');
  return {
    data: environment.XDG_DATA_HOME ? join(environment.XDG_DATA_HOME, 'ragstone') : platform.data,
    cache: environment.XDG_CACHE_HOME ? join(environment.XDG_CACHE_HOME, 'ragstone') : platform.cache,
    state: environment.XDG_STATE_HOME ? join(environment.XDG_STATE_HOME, 'ragstone') : platform.log,
    configFile: join(config, CONFIG_FILE),
    trustFile: join(config, 'trusted-folders'),
  };
}

function fromFlag(key: SettingKey, flag: string, raw: unknown): Found {
  try {
    return { value: settingOf(key).parse(raw), origin: { kind: 'flag', where: flag } };
  } catch (error) {
    throw new RagError('USAGE', {
      message: `${flag} ${messageOf(error)}.`,
      hint: `${settingOf(key).description}.`,
      cause: error,
    });
  }
}

function fromEnvironment(key: SettingKey, environment: Environment): Found | null {
  const own = environmentNameOf(key);
  const names = [{ name: own, read: undefined }, ...settingOf(key).aliases];
  for (const { name, read } of names) {
    const text = environment[name];
    if (text === undefined || text === '') continue;
    const raw = read ? read(text) : text;
    if (raw === undefined) continue;
    try {
      return { value: settingOf(key).parse(raw), origin: { kind: 'environment', where: name } };
    } catch (error) {
      const what = settingOf(key).secret ? 'has a value that cannot be used' : withoutPassword(messageOf(error));
      throw new RagError('CONFIG_INVALID', {
        message: `The environment variable ${name} ${what}.`,
        hint: `It sets ${key}: ${settingOf(key).description}.`,
      });
    }
  }
  return null;
}

const fromFile = (kind: 'project' | 'user', file: string, { value, line, column }: FileValue): Found => ({
  value,
  origin: { kind, where: `${file}:${line}` },
  place: `${file}:${line}:${column}`,
});

/** The model that the setting names, by itself or by an alias. */
function resolveModel({ origin, place }: Found, { model, ...values }: SettingValues): string | undefined {
  if (model === undefined || isNoModel(model)) return model;
  try {
    return resolveModelName(model, values['models.aliases']);
  } catch (error) {
    const what = `${messageOf(error)}.`;
    const hint =
      'Name the model as provider/model, or give it an alias with `rag config set models.aliases.<name> <provider/model>`.';
    if (origin.kind === 'flag') throw new RagError('USAGE', { message: `${origin.where} ${what}`, hint });
    const where = origin.kind === 'environment' ? `The environment variable ${origin.where}` : `${place}: model`;
    throw new RagError('CONFIG_INVALID', { message: `${where} ${what}`, hint });
  }
}

function refusalOf(key: SettingKey, file: string): string {
  return settingOf(key).project === 'never'
    ? `${file} sets ${key}, which no project may set; it is ignored.`
    : `${file} sets ${key}, which only a trusted folder may set; it is ignored. If you trust the folder, run \`rag config trust\`.`;
}

/** Rules between settings. */
function checkTogether(values: SettingValues): void {
  if (values['chunk.targetTokens'] <= values['chunk.maxTokens']) return;
  throw new RagError('CONFIG_INVALID', {
    message: `chunk.targetTokens (${values['chunk.targetTokens']}) is above chunk.maxTokens (${values['chunk.maxTokens']}).`,
    hint: 'Lower chunk.targetTokens or raise chunk.maxTokens.',
  });
}
