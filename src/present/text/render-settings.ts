import { SETTING_KEYS, settingOf } from '../../config/schema.ts';
import { valueAt } from '../../config/setting-path.ts';
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
export function shownValue(config: LoadedConfig, key: SettingKey, entry: readonly string[] = []): string {
  const { secret, shown } = settingOf(key);
  const value = config.values[key];
  if (value === undefined) return 'none';
  if (secret) return 'set, not shown';
  return textOf(valueAt(shown ? shown(value) : value, entry));
}

function textOf(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(textOf).join(', ');
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([name, each]) => `${escapeLine(name)} = ${fieldText(each)}`);
    return entries.length === 0 ? 'none' : entries.join(', ');
  }
  return escapeLine(String(value)).replace(/\/\/[^/@\s]*@/, '//***@');
}

const fieldText = (value: unknown): string =>
  value !== null && typeof value === 'object' ? `{ ${textOf(value)} }` : textOf(value);
