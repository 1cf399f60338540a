import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderSettingsTable } from '../../src/config/render-settings-table.ts';
import { environmentNameOf, SETTING_KEYS, settingOf } from '../../src/config/schema.ts';

const readme = new URL('../../README.md', import.meta.url);

test.skipIf(!existsSync(readme))("the README's table of settings is the table of the schema", () => {
  const between = readFileSync(readme, 'utf8').split('<!-- settings -->\n')[1]?.split('\n<!-- /settings -->')[0];
  expect(between).toBe(renderSettingsTable());
});

test('the table has a row for each setting', () => {
  expect(renderSettingsTable().split('\n')).toHaveLength(SETTING_KEYS.length + 2);
});

test('every default passes its own check and every variable name is distinct', () => {
  for (const key of SETTING_KEYS) {
    const setting = settingOf(key);
    if (setting.default !== undefined) expect(setting.parse(setting.default)).toEqual(setting.default);
  }
  expect(new Set(SETTING_KEYS.map(environmentNameOf)).size).toBe(SETTING_KEYS.length);
  expect(environmentNameOf('search.perDocument')).toBe('RAG_SEARCH_PER_DOCUMENT');
});
