import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { distrustFolder, isTrusted, trustFolder } from '../../src/config/trust.ts';

let root: string;
const project = () => join(root, 'project');
const userFile = () => join(root, 'config', 'ragstone', 'config.toml');

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-config-')));
  mkdirSync(join(root, 'project', '.rag'), { recursive: true });
  mkdirSync(join(root, 'project', 'deep', 'er'), { recursive: true });
  mkdirSync(join(root, 'config', 'ragstone'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const writeUser = (text: string) => writeFileSync(userFile(), text);
const writeProject = (text: string) => writeFileSync(join(project(), '.rag', 'config.toml'), text);
const load = (environment: Record<string, string> = {}, flags = {}) =>
  loadConfig({
    workingFolder: join(project(), 'deep', 'er'),
    flags,
    environment: { XDG_CONFIG_HOME: join(root, 'config'), XDG_DATA_HOME: join(root, 'data'), ...environment },
  });

test('with nothing set every value is the default of the table', async () => {
  const config = await load();
  expect(config.settings).toEqual(defaultSettings);
  expect(config.settings.search.limit).toBe(10);
  expect(config.origins['search.limit']).toEqual({ kind: 'default', where: '' });
});

test('a flag beats the environment, which beats the project, which beats the user, each with its origin', async () => {
  const flags = { 'search.limit': { flag: '--limit', value: '5' } };
  writeUser('[search]\nlimit = 2');
  expect(await originOf()).toEqual([2, 'user', `${userFile()}:2`]);
  writeProject('# mine\n[search]\n\nlimit = 3');
  expect(await originOf()).toEqual([3, 'project', `${join(project(), '.rag', 'config.toml')}:4`]);
  expect(await originOf({ RAG_SEARCH_LIMIT: '4' })).toEqual([4, 'environment', 'RAG_SEARCH_LIMIT']);
  expect(await originOf({ RAG_SEARCH_LIMIT: '4' }, flags)).toEqual([5, 'flag', '--limit']);

  async function originOf(environment = {}, flagValues = {}) {
    const { values, origins } = await load(environment, flagValues);
    return [values['search.limit'], origins['search.limit'].kind, origins['search.limit'].where];
  }
});

test('an empty variable counts as not set', async () => {
  expect((await load({ RAG_SEARCH_LIMIT: '', RAG_DB: '' })).settings.search.limit).toBe(10);
  expect((await load({ RAG_DB: '' })).databaseFromEnvironment).toBeUndefined();
});

test('a project file of an untrusted folder sets harmless keys only, and says what it ignored', async () => {
  writeProject('model = "openai/x"\n[search]\nlimit = 3\n[openai]\nbaseUrl = "http://evil.example"\napiKey = "k"');
  const config = await load();
  expect(config.settings.search.limit).toBe(3);
  expect(config.settings.model).toBeUndefined();
  expect(config.settings.openai).toEqual(defaultSettings.openai);
  expect(config.warnings).toHaveLength(3);
  expect(config.warnings.join('\n')).toContain('rag config trust');
});

test('a trusted folder sets everything but secrets and proxies', async () => {
  writeProject(
    'model = "openai/x"\n[openai]\nbaseUrl = "http://server.example/v1/"\napiKey = "k"\n[http]\nproxy="http://p"',
  );
  trustFolder(project(), (await load()).folders.trustFile);
  const config = await load();
  expect(config.projectTrusted).toBe(true);
  expect(config.settings.model).toBe('openai/x');
  expect(config.settings.openai).toEqual({ baseUrl: 'http://server.example/v1', apiKey: undefined });
  expect(config.settings.http.proxy).toBeUndefined();
  expect(config.warnings).toHaveLength(2);
});

test('trust can be taken back and does not reach folders below', async () => {
  const { trustFile } = (await load()).folders;
  trustFolder(project(), trustFile);
  expect(isTrusted(project(), trustFile)).toBe(true);
  expect(isTrusted(join(project(), 'deep'), trustFile)).toBe(false);
  expect(distrustFolder(project(), trustFile)).toBe(true);
  expect(distrustFolder(project(), trustFile)).toBe(false);
  expect(isTrusted(project(), trustFile)).toBe(false);
});

test.each([
  ['[serach]\nlimit = 3', 'config.toml:2:1: there is no setting "serach.limit"', 'search.limit'],
  ['\n\n[search]\nlimit = "many"', 'config.toml:4:1: search.limit must be a whole number, not "many"', ''],
  ['[search]\nlimit = 0', 'config.toml:2:1: search.limit must be from 1 to 1000, not 0', ''],
  ['search.mode = "fuzzy"', 'config.toml:1:1: search.mode must be hybrid, lexical or vector, not "fuzzy"', ''],
  ['offline = true\nmodel = "gpt"', 'config.toml:2:1: model must be provider/model', ''],
  ['a = [1,\n', 'config.toml:2:', ''],
  ['[openai]\napiKey = 123', 'config.toml:2:1: openai.apiKey must be text in quotes', ''],
])('a wrong file is named with its line, column, key and nearest key: %j', async (text, message, hint) => {
  writeUser(text);
  const error = await load().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(message) });
  expect((error as { hint: string }).hint).toContain(hint);
});

test.each([
  [{ RAG_OFFLINE: 'yes' }, 'offline', true],
  [{ NO_COLOR: '1' }, 'color', 'never'],
  [{ NO_COLOR: '1', RAG_COLOR: 'always' }, 'color', 'always'],
  [{ TERM: 'dumb' }, 'color', 'never'],
  [{ TERM: 'xterm' }, 'color', 'auto'],
  [{ RAG_SOURCE_MAX_FILE_BYTES: '10MB' }, 'source.maxFileBytes', 10_000_000],
  [{ OLLAMA_HOST: '0.0.0.0' }, 'ollama.host', 'http://127.0.0.1:11434'],
  [{ OLLAMA_HOST: 'box.local:8000' }, 'ollama.host', 'http://box.local:8000'],
  [{ OLLAMA_HOST: ':8000' }, 'ollama.host', 'http://127.0.0.1:8000'],
  [{ OLLAMA_HOST: 'https://box.example/' }, 'ollama.host', 'https://box.example'],
  [{ OLLAMA_HOST: 'http://a', RAG_OLLAMA_HOST: 'http://b' }, 'ollama.host', 'http://b'],
  [{ OPENAI_BASE_URL: 'http://localhost:1234/v1/' }, 'openai.baseUrl', 'http://localhost:1234/v1'],
  [{ HTTP_PROXY: 'http://p:1', https_proxy: 'http://q:2' }, 'http.proxy', 'http://q:2'],
] as const)('the environment %j sets %s', async (environment, key, value) => {
  expect((await load(environment)).values[key]).toBe(value);
});

test('a wrong variable is named, and a secret is never shown', async () => {
  await expect(load({ RAG_SEARCH_LIMIT: 'x' })).rejects.toThrow('RAG_SEARCH_LIMIT must be a whole number');
  const error = await load({ HTTPS_PROXY: 'ftp://me:hunter2@host' }).catch((thrown: unknown) => thrown);
  expect(String(error)).toContain('HTTPS_PROXY');
  expect(String(error)).not.toContain('hunter2');
});

test('chunks cannot aim above their bound', async () => {
  await expect(load({ RAG_CHUNK_MAX_TOKENS: '100' })).rejects.toThrow('chunk.targetTokens (300)');
});

test('with somebody to tell, faults are told with line and column, and what is sound holds', async () => {
  const problems: { message: string; hint?: string }[] = [];
  writeUser('offline = true\n[search]\n  limit = "many"\n  limti = 3\n  mode = "lexical"');
  writeProject('[search\nlimit = 3');
  const config = await loadConfig({
    workingFolder: project(),
    environment: { XDG_CONFIG_HOME: join(root, 'config'), RAG_SEARCH_PER_DOCUMENT: 'x' },
    onProblem: (problem) => problems.push(problem),
  });
  expect(config.settings.search).toMatchObject({ limit: 10, mode: 'lexical' });
  expect(config.settings.offline).toBe(true);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/config\.toml:3:3: search\.limit /),
    expect.stringMatching(/config\.toml:4:3: there is no setting "search\.limti"/),
    expect.stringMatching(/\.rag\/config\.toml:1:\d+: /),
    expect.stringContaining('RAG_SEARCH_PER_DOCUMENT'),
  ]);
  expect(problems[0]?.hint).toContain('rag config unset search.limit');
});
