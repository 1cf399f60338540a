import { SETTING_KEYS, settingOf } from '../../../config/schema.ts';
import { valueAt } from '../../../config/setting-path.ts';
import type { LoadedConfig, SettingKey } from '../../../config/types.ts';

/** One setting, or one entry of a table; a secret has no value here, only whether it is set. */
export function settingToJson(config: LoadedConfig, key: SettingKey, entry: readonly string[] = []) {
  const { secret, shown } = settingOf(key);
  const whole = config.values[key];
  const value = valueAt(whole !== undefined && shown ? shown(whole) : whole, entry);
  return {
    key: [key, ...entry].join('.'),
    value: secret ? null : ((typeof value === 'string' ? value.replace(/\/\/[^/@\s]*@/, '//***@') : value) ?? null),
    set: value !== undefined,
    secret,
    origin: config.origins[key],
  };
}

/** Data of `rag.config/1`. */
export const settingsToJson = (config: LoadedConfig) => ({
  settings: SETTING_KEYS.map((key) => settingToJson(config, key)),
  userFile: config.folders.configFile,
  projectFile: config.projectFile,
  projectTrusted: config.projectTrusted,
  warnings: config.warnings,
});
