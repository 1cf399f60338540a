import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { editSettingsFile } from '../../src/config/edit-settings-file.ts';
import type { SettingKey } from '../../src/config/schema.ts';
import { parseSettingPath, type SettingPath } from '../../src/config/setting-path.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ragstone-toml-'));
  file = join(folder, 'new', 'config.toml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function edit(before: string, key: SettingKey | SettingPath, value: unknown): Promise<string> {
  const path = join(folder, 'config.toml');
  writeFileSync(path, before);
  await editSettingsFile(path, key, value);
  return readFileSync(path, 'utf8');
}

test('a file is made where there was none, for its owner only', async () => {
  await editSettingsFile(file, 'openai.apiKey', 'quote " and \\ in it');
  expect(readFileSync(file, 'utf8')).toBe('[openai]\napiKey = "quote \\" and \\\\ in it"\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([
  ['# keep\n[search]\nlimit = 3 # old\n', 'search.limit', 7, '# keep\n[search]\nlimit = 7\n'],
  ['[search]\nlimit = 3\n', 'search.mode', 'lexical', '[search]\nmode = "lexical"\nlimit = 3\n'],
  ['[search]\nlimit = 3\n', 'offline', true, 'offline = true\n[search]\nlimit = 3\n'],
  ['offline = true\n', 'search.limit', 7, 'offline = true\n\n[search]\nlimit = 7\n'],
  ['search.limit = 3\n', 'search.limit', 7, 'search.limit = 7\n'],
  [
    '# keep\n[search]\nlimit = 3\nmode = "lexical"\n',
    'search.limit',
    undefined,
    '# keep\n[search]\nmode = "lexical"\n',
  ],
] as const)('only the line of the key changes: %j %s', async (before, key, value, after) => {
  expect(await edit(before, key, value)).toBe(after);
});

test('a file that cannot be changed by lines is left as it was', async () => {
  const before = 'search = { limit = 3 }\n';
  await expect(edit(before, 'search.limit', 7)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  expect(readFileSync(join(folder, 'config.toml'), 'utf8')).toBe(before);
});

test('a wrong value is mended, or its key taken out, and wrong keys elsewhere stay', async () => {
  const before = '[search]\nlimit = "many"\nlimti = 3\n';
  expect(await edit(before, 'search.limit', 7)).toBe('[search]\nlimit = 7\nlimti = 3\n');
  expect(await edit(before, 'search.limit', undefined)).toBe('[search]\nlimti = 3\n');
});

test('a file that is no TOML is changed only when that mends it', async () => {
  expect(await edit('[search]\nlimit = = 3\n', 'search.limit', 7)).toBe('[search]\nlimit = 7\n');
  const before = '[search\nlimit = 3\n';
  await expect(edit(before, 'search.limit', 7)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/config\.toml:1:\d+: /),
    hint: expect.stringContaining('in an editor'),
  });
  expect(readFileSync(join(folder, 'config.toml'), 'utf8')).toBe(before);
});

const ALIASES = '[models.aliases]\nfast = "ollama/a"\n';

test.each([
  ['', 'models.aliases.fast', 'ollama/a', ALIASES],
  [ALIASES, 'models.aliases.fast', 'ollama/b', '[models.aliases]\nfast = "ollama/b"\n'],
  [ALIASES, 'models.aliases.qwen2.5', 'ollama/q', '[models.aliases]\n"qwen2.5" = "ollama/q"\nfast = "ollama/a"\n'],
  [
    '[models]\nbudgetDay = 2\n',
    'models.aliases.fast',
    'ollama/a',
    '[models]\naliases.fast = "ollama/a"\nbudgetDay = 2\n',
  ],
  [ALIASES, 'models.fallbacks', ['fast', 'a/b'], `${ALIASES}\n[models]\nfallbacks = ["fast", "a/b"]\n`],
  [ALIASES, 'servers.lan.baseUrl', 'http://lan/v1', `${ALIASES}\n[servers.lan]\nbaseUrl = "http://lan/v1"\n`],
  ['', 'models.prices.openai/gpt-4.1.input', 2.5, '[models.prices."openai/gpt-4.1"]\ninput = 2.5\n'],
  [ALIASES, 'models.aliases.fast', undefined, '[models.aliases]\n'],
  [
    '[servers.lan]\nbaseUrl = "http://lan/v1"\n[search]\nlimit = 3\n',
    'servers.lan',
    undefined,
    '[search]\nlimit = 3\n',
  ],
] as const)('an entry of a table changes alone: %j %s %j', async (before, key, value, after) => {
  expect(await edit(before, parseSettingPath(key)!, value)).toBe(after);
});

test('an entry is not left without what it needs', async () => {
  const before = '[servers.lan]\nbaseUrl = "http://lan/v1"\napiKeyEnv = "LAN_KEY"\n';
  await expect(edit(before, parseSettingPath('servers.lan.baseUrl')!, undefined)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('needs a baseUrl'),
  });
});

test('a table that is written in one line is left alone, and the line to write is told', async () => {
  await expect(
    edit('models = { aliases = { slow = "ollama/b" } }\n', parseSettingPath('models.aliases.fast')!, 'ollama/a'),
  ).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: expect.stringContaining('models.aliases.fast = "ollama/a"'),
  });
});

test('entries that are set in any order and taken out again leave the file as it was', async () => {
  const before = '# mine\n[search]\nlimit = 3\n\n[models.aliases]\nkept = "ollama/kept"\n';
  const names = ['a', 'qwen2.5', 'x-y_z', '3', 'constructor', 'Fast'];
  const places = names.flatMap((name) => [`models.aliases.${name}`, `models.prices.p/${name}.input`]);
  for (const order of [places, places.toReversed()]) {
    let text = before;
    for (const place of order) {
      text = await edit(text, parseSettingPath(place)!, place.startsWith('models.a') ? 'ollama/x' : 1.5);
    }
    for (const name of names) {
      text = await edit(text, parseSettingPath(`models.prices.p/${name}`)!, undefined);
      text = await edit(text, parseSettingPath(`models.aliases.${name}`)!, undefined);
    }
    expect(text.trim()).toBe(before.trim());
  }
});
