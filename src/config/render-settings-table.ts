import { environmentNameOf, SETTING_KEYS, settingOf } from './schema.ts';

/** The README's table of settings in Markdown; a test compares the two. */
export function renderSettingsTable(): string {
  const rows = SETTING_KEYS.map((key) => {
    const setting = settingOf(key);
    const names = [environmentNameOf(key), ...setting.aliases.map((alias) => alias.name)];
    const unit = setting.unit ? ` (${setting.unit})` : '';
    const byProject = { always: 'yes', trusted: 'if trusted', never: 'no' }[setting.project];
    return `| \`${key}\` | ${setting.type}${unit} | ${defaultTextOf(key)} | ${names.map((name) => `\`${name}\``).join(', ')} | ${byProject} | ${setting.description} |`;
  });
  return [
    '| Setting | Type | Default | Environment | Project file | Meaning |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** A key's default as people read it. */
export function defaultTextOf(key: (typeof SETTING_KEYS)[number]): string {
  const setting = settingOf(key);
  return setting.defaultText ?? `\`${String(setting.default)}\``;
}
