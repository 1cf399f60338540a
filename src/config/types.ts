import type { SETTINGS, SettingKey } from './schema.ts';
import type { Setting } from './setting.ts';

export type { SettingKey } from './schema.ts';

/** Type of the value of one key. */
export type SettingValue<Key extends SettingKey> = (typeof SETTINGS)[Key] extends Setting<infer Value> ? Value : never;

/** Values by key: `'search.limit'` -> 10. */
export type SettingValues = { readonly [Key in SettingKey]: SettingValue<Key> };

type Groups = SettingKey extends infer Key ? (Key extends `${infer Group}.${string}` ? Group : never) : never;

type Group<Name extends string> = {
  readonly [Key in SettingKey as Key extends `${Name}.${infer Rest}` ? Rest : never]: SettingValue<Key>;
};

/** Every setting with its value, by group: `settings.search.limit`, `settings.offline`. Made from the table in schema.ts. */
export type Settings = {
  readonly [Key in SettingKey as Key extends `${string}.${string}` ? never : Key]: SettingValue<Key>;
} & { readonly [Name in Groups]: Group<Name> };

/** Where a value came from. `where` names the flag, the variable, or the file with its line. */
export type SettingOrigin = {
  readonly kind: 'flag' | 'environment' | 'project' | 'user' | 'default';
  readonly where: string;
};

export type LoadedConfig = {
  readonly settings: Settings;
  readonly values: SettingValues;
  readonly origins: Readonly<Record<SettingKey, SettingOrigin>>;
  /** What was ignored and why, one sentence each, for stderr. */
  readonly warnings: readonly string[];
  readonly folders: UserFolders;
  /** The nearest `.rag/config.toml` upwards, if there is one. */
  readonly projectFile: string | null;
  readonly projectTrusted: boolean;
  /** RAG_DB, where it is set. */
  readonly databaseFromEnvironment: string | undefined;
};

export type UserFolders = {
  /** Absolute path of the folder that the user's own database lives in. */
  readonly data: string;
  /** Absolute path of the folder for what can be made again. */
  readonly cache: string;
  /** Absolute path of the folder for what programs note while they run, such as logs. */
  readonly state: string;
  /** Absolute path of the user's config.toml, whether or not it exists. */
  readonly configFile: string;
  /** Absolute path of the list of trusted folders, whether or not it exists. */
  readonly trustFile: string;
};

/** Values given on the command line; undefined where a flag was not used. */
export type FlagValues = { readonly [Key in SettingKey]?: { readonly flag: string; readonly value: unknown } };
