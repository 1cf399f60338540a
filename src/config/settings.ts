import { SETTING_KEYS, settingOf } from './schema.ts';
import type { Settings, SettingValues } from './types.ts';

/** Values by key, grouped: `{'search.limit': 10}` -> `{search: {limit: 10}}`. */
export function groupSettings(values: SettingValues): Settings {
  const grouped: Record<string, unknown> = {};
  for (const key of SETTING_KEYS) {
    const [group, name] = key.split('.') as [string, string?];
    if (name === undefined) grouped[group] = values[key];
    else grouped[group] = { ...(grouped[group] as object | undefined), [name]: values[key] };
  }
  return grouped as Settings;
}

/** The values of the table, for code that runs without a configuration. */
export const defaultValues = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, settingOf(key).default]),
) as unknown as SettingValues;

export const defaultSettings: Settings = groupSettings(defaultValues);
