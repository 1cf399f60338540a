import { SETTING_KEYS, settingOf } from '../../config/schema.ts';
import type { LoadedConfig, SettingKey } from '../../config/types.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import type { Page } from './style.ts';

/** Every setting with its value and, when asked for, where the value came from. */
export function renderSettings(config: LoadedConfig, page: Page, options: { readonly origin: boolean }): string {
  const columns = [{ title: 'setting' }, { title: 'value' }, ...(options.origin ? [{ title: 'from' }] : [])];
  const rows = SETTING_KEYS.map((key) => {
    const { kind, where } = config.origins[key];
    return [
      key,
      shownValue(config, key),
      ...(options.origin ? [where === '' ? kind : `${kind}: ${escapeLine(where)}`] : []),
    ];
  });
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

/** A value as it may be shown: a secret only says whether it is set, and a URL shows no password. */
export function shownValue(config: LoadedConfig, key: SettingKey): string {
  const value = config.values[key];
  if (value === undefined) return 'none';
  return settingOf(key).secret ? 'set, not shown' : escapeLine(String(value)).replace(/\/\/[^/@\s]*@/, '//***@');
}
