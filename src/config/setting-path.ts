import { isSettingKey, SETTING_KEYS, type SettingKey, settingOf } from './schema.ts';

/** A setting, or one entry of a table, or one field of an entry: `servers.local.baseUrl`. */
export type SettingPath = { readonly key: SettingKey; readonly entry: readonly string[] };

/** Tables whose entries are tables themselves. The field is what follows the last dot: names may have dots too. */
const WITH_FIELDS: readonly SettingKey[] = ['models.prices', 'servers'];
const FIELD = /^(input|output|cachedInput|cacheWrite|baseUrl|apiKeyEnv|apiKey)$/;

/** The place that a dotted name means; null when there is no such setting. */
export function parseSettingPath(text: string): SettingPath | null {
  if (isSettingKey(text)) return { key: text, entry: [] };
  const key = SETTING_KEYS.find((each) => settingOf(each).kind === 'table' && text.startsWith(`${each}.`));
  if (key === undefined) return null;
  const rest = text.slice(key.length + 1);
  const dot = rest.lastIndexOf('.');
  if (dot > 0 && WITH_FIELDS.includes(key) && FIELD.test(rest.slice(dot + 1))) {
    return { key, entry: [rest.slice(0, dot), rest.slice(dot + 1)] };
  }
  return { key, entry: [rest] };
}

export const textOfPath = ({ key, entry }: SettingPath): string => [key, ...entry].join('.');

/** The value at a path within the value of its setting; undefined where there is none. */
export function valueAt(value: unknown, entry: readonly string[]): unknown {
  return entry.reduce<unknown>(
    (inner, name) =>
      inner !== null && typeof inner === 'object' && Object.hasOwn(inner, name)
        ? (inner as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}

/** The value of a setting with that at the path replaced. */
export function withValueAt(value: unknown, entry: readonly string[], inner: unknown): unknown {
  const [name, ...rest] = entry;
  if (name === undefined) return inner;
  const table = value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  return { ...table, [name]: withValueAt(valueAt(table, [name]), rest, inner) };
}
