import { SETTING_KEYS, settingOf } from '../../../config/schema.ts';
import type { LoadedConfig, SettingKey } from '../../../config/types.ts';

/** One setting; a secret has no value here, only whether it is set. */
export function settingToJson(config: LoadedConfig, key: SettingKey) {
  const value = config.values[key];
  const { secret } = settingOf(key);
  const shown = typeof value === 'string' ? value.replace(/\/\/[^/@\s]*@/, '//***@') : value;
  return { key, value: secret ? null : (shown ?? null), set: value !== undefined, secret, origin: config.origins[key] };
}

/** Data of `rag.config/1`. */
export const settingsToJson = (config: LoadedConfig) => ({
  settings: SETTING_KEYS.map((key) => settingToJson(config, key)),
  userFile: config.folders.configFile,
  projectFile: config.projectFile,
  projectTrusted: config.projectTrusted,
  warnings: config.warnings,
});
