import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { trustFolder } from '../../src/config/trust.ts';
import { settingToJson } from '../../src/present/json/v1/settings.ts';
import { shownValue } from '../../src/present/text/render-settings.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-models-')));
  mkdirSync(join(root, 'project', '.rag'), { recursive: true });
  mkdirSync(join(root, 'ragstone'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const writeUser = (text: string) => writeFileSync(join(root, 'ragstone', 'config.toml'), text);
const load = (environment: Record<string, string> = {}, flags = {}) =>
  loadConfig({ workingFolder: join(root, 'project'), flags, environment: { XDG_CONFIG_HOME: root, ...environment } });

async function loadWithProject(text: string, environment: Record<string, string> = {}) {
  writeFileSync(join(root, 'project', '.rag', 'config.toml'), text);
  trustFolder(join(root, 'project'), join(root, 'ragstone', 'trusted-folders'));
  return load(environment);
}

test('an alias in `model` stands for the model, wherever each is set', async () => {
  writeUser('model = "fast"\n[models.aliases]\nfast = "ollama/llama3.2"\n"qwen2.5" = "ollama/qwen2.5:7b"\n');
  expect((await load()).settings.model).toBe('ollama/llama3.2');
  expect((await load({ RAG_MODEL: 'qwen2.5' })).settings.model).toBe('ollama/qwen2.5:7b');
  const flags = { model: { flag: '--model', value: 'slow' } };
  await expect(load({}, flags)).rejects.toMatchObject({
    code: 'USAGE',
    message: '--model must be provider/model, such as ollama/llama3.2, or an alias (fast, qwen2.5), not "slow".',
  });
});

test('fallbacks are a list, separated by commas in the variable', async () => {
  writeUser('[models]\nfallbacks = ["openai/a", "fast"]');
  expect((await load()).settings.models.fallbacks).toEqual(['openai/a', 'fast']);
  const environment = { RAG_MODELS_FALLBACKS: 'openai/b, transformers/my folder ,' };
  expect((await load(environment)).settings.models.fallbacks).toEqual(['openai/b', 'transformers/my folder']);
});

test('prices are dollars for a million tokens; what is not given costs nothing', async () => {
  writeUser(
    '[models.prices]\n"openai/gpt-*" = { input = 2.5, output = 10, cachedInput = 1.25 }\n"x/y" = { input = 1 }',
  );
  expect((await load()).settings.models.prices).toEqual({
    'openai/gpt-*': { input: 2.5, output: 10, cachedInput: 1.25 },
    'x/y': { input: 1, output: 0 },
  });
  expect((await load()).settings.models.budgetDay).toBeUndefined();
  expect((await load({ RAG_MODELS_BUDGET_DAY: '1.50' })).settings.models.budgetDay).toBe(1.5);
});

test.each([
  ['[models.aliases]\nfast = "gpt"', 'config.toml:1:1: models.aliases has "fast", which must be provider/model'],
  ['[models.aliases]\nnone = "a/b"', 'models.aliases has "none", which is no name'],
  ['[models.prices]\n"gpt" = { input = 1 }', 'models.prices has "gpt", which must be provider/model'],
  ['[models.prices]\n"a/b" = { input = -1 }', 'whose input must be from 0 to'],
  ['[models.prices]\n"a/b" = { inptu = 1 }', 'with "inptu", but there are only input, output, cachedInput, cacheWrite'],
  ['[models]\nfallbacks = "x y"', 'models.fallbacks must be provider/model'],
  ['[models]\nfallbacks = 3', 'models.fallbacks must be a list'],
  ['[models]\nbudgetDay = "much"', 'models.budgetDay must be a number'],
  ['[servers.openai]\nbaseUrl = "http://x/v1"', 'servers has "openai", which is the name of a provider'],
  ['[servers.lan]\napiKeyEnv = "KEY"', 'servers has "lan", which needs a baseUrl'],
  ['[servers.lan]\nbaseUrl = "ftp://x"', 'whose baseUrl must be an http or https URL'],
  ['servers = 3', 'servers must be a table'],
])('%s is refused', async (text, message) => {
  writeUser(text);
  await expect(load()).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(message) });
});

test.each([
  '[servers.lan]\nbaseUrl = "http://x/v1?key=k-4711"',
  '[servers.lan]\nbaseUrl = "ftp://x/v1?key=k-4711"',
  '[openai]\nbaseUrl = "http://x/v1?key=k-4711"',
  '[ollama]\nhost = "x:1?key=k-4711"',
])('%s is refused without repeating what stands behind the "?"', async (text) => {
  writeUser(text);
  const problem = await load().catch((error: unknown) => error);
  expect(problem).toMatchObject({ code: 'CONFIG_INVALID' });
  expect(`${String(problem)} ${JSON.stringify(problem)}`).not.toContain('k-4711');
});

test('a wrong server never has its key repeated', async () => {
  writeUser('[servers.lan]\nbaseUrl = "http://x/v1"\napiKeyEnv = "sk-live-4711"\napiKey = ["sk-live-4711"]');
  const problem = await load().catch((error: unknown) => error);
  expect(String(problem)).toContain('must be the name of an environment variable');
  expect(`${String(problem)} ${JSON.stringify(problem)}`).not.toContain('sk-live-4711');
});

test('the key of a server comes from the variable that it names, before the one in the file, and is never shown', async () => {
  writeUser(
    '[servers.router]\nbaseUrl = "https://me:pw4711@router.example/v1"\napiKeyEnv = "ROUTER_KEY"\napiKey = "sk-file"\nheaders = { X-Title = "mine", Authorization = "Bearer sk-head" }',
  );
  expect((await load()).settings.servers.router?.apiKey).toBe('sk-file');
  const config = await load({ ROUTER_KEY: 'sk-environment' });
  expect(config.settings.servers.router?.apiKey).toBe('sk-environment');
  const shown = `${shownValue(config, 'servers')} ${JSON.stringify(settingToJson(config, 'servers'))}`;
  expect(shown).toContain('ROUTER_KEY');
  expect(shown).toContain('router.example');
  for (const secret of ['sk-file', 'sk-environment', 'sk-head', 'pw4711']) expect(shown).not.toContain(secret);
});

test('a trusted project names servers but gives no keys; entries of the user stay beside its own', async () => {
  writeUser(
    '[servers.mine]\nbaseUrl = "http://mine/v1"\napiKey = "k"\n[servers.lan]\nbaseUrl = "http://lan/v1"\napiKey = "k"',
  );
  const config = await loadWithProject(
    '[servers.lan]\nbaseUrl = "http://other/v1"\napiKey = "stolen"\nheaders = { X-Api-Key = "stolen", X-Title = "t" }',
  );
  expect(config.settings.servers).toEqual({
    mine: { baseUrl: 'http://mine/v1', apiKey: 'k' },
    lan: { baseUrl: 'http://other/v1', headers: { 'X-Title': 't' } },
  });
  expect(config.warnings.join()).toMatch(
    /servers\.lan\.apiKey, which no project may set.*servers\.lan\.headers\.X-Api-Key/,
  );
});

test('a project that is not trusted sets none of it', async () => {
  writeFileSync(
    join(root, 'project', '.rag', 'config.toml'),
    '[servers.lan]\nbaseUrl = "http://evil/v1"\n[models.aliases]\na = "lan/x"',
  );
  const { settings, warnings } = await load();
  expect([settings.servers, settings.models.aliases]).toEqual([{}, {}]);
  expect(warnings).toHaveLength(2);
});
