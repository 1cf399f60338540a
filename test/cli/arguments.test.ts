import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../commands/table.ts';
import { runInProcess } from './run-in-process.ts';

const callOf = async (line: string[], method: string, stdin?: string) => {
  const { calls, code, stderr } = await runInProcess(line, { stdin });
  expect(stderr).not.toContain('error:');
  return { values: calls.find((call) => call.method === method)?.values, code };
};

test.each<[string[], string, unknown[]]>([
  [
    ['search', 'parental', 'leave'],
    'search',
    ['parental leave', { limit: 10, mode: 'hybrid', perDocument: 0, filter: {} }],
  ],
  [
    ['search', '-n3', '--mode=lexical', '--per-document', '2', 'x'],
    'search',
    ['x', { limit: 3, mode: 'lexical', perDocument: 2 }],
  ],
  [['search', 'x', '--min-score', '0.25'], 'search', ['x', { minScore: 0.25 }]],
  [['search', '--', '--mode'], 'search', ['--mode', {}]],
  [
    [
      'search',
      'x',
      '-c',
      'a,b',
      '-c',
      'c',
      '--type',
      '.PDF',
      '--tag',
      'x,y',
      '--path',
      '{a,b}/**',
      '--since',
      '2026-01-01',
      '--until',
      '2026-02',
    ],
    'search',
    [
      'x',
      {
        filter: {
          collections: ['a', 'b', 'c'],
          types: ['pdf'],
          tags: ['x', 'y'],
          paths: ['{a,b}/**'],
          since: '2026-01-01',
          until: '2026-02',
        },
      },
    ],
  ],
  [['ask', 'who', 'am', 'I?'], 'ask', ['who am I?', { model: 'extractive' }]],
  [['ask', 'x', '--budget', '3000', '-n', '4'], 'ask', ['x', { contextTokens: 3000, limit: 4 }]],
  [
    ['ask', 'x', '-m', 'ollama/llama3.2:1b', '-s', 'Be brief.'],
    'ask',
    ['x', { model: 'ollama/llama3.2:1b', system: 'Be brief.' }],
  ],
  [['ask', 'x', '-m', 'none'], 'ask', ['x', { model: 'extractive' }]],
  [
    [
      'add',
      'docs',
      '-c',
      'work',
      '--tag',
      'a',
      '--include',
      '*.md',
      '--exclude',
      'x/**',
      '--hidden',
      '--no-ignore',
      '--max-file-size',
      '1.5MB',
    ],
    'add',
    [
      'docs',
      {
        collection: 'work',
        tags: ['a'],
        include: ['*.md'],
        exclude: ['x/**'],
        hidden: true,
        noIgnore: true,
        maxFileBytes: 1_500_000,
        allowPrivate: undefined,
        dryRun: undefined,
      },
    ],
  ],
  [['add', 'docs'], 'add', ['docs', { noIgnore: undefined, maxFileBytes: undefined }]],
  [
    ['add', 'http://127.0.0.1/', '--allow-private', '--dry-run'],
    'add',
    ['http://127.0.0.1/', { allowPrivate: true, dryRun: true }],
  ],
  [
    ['sync', '--dry-run', '--prune-missing', '-c', 'a'],
    'sync',
    [{ dryRun: true, pruneMissing: true, collection: 'a' }],
  ],
  [['ls', 'a/**', '--type', 'md', '-n', '5'], 'list', [{ filter: { paths: ['a/**'], types: ['md'] }, limit: 5 }]],
  [['get', 'a.md:3-5'], 'get', ['a.md:3-5']],
  [['rm', 'a.md'], 'remove', ['a.md', { dryRun: true }]],
  [['collection', 'create', 'a', '--description', 'b'], 'createCollection', ['a', 'b']],
  [['collection', 'rename', 'a', 'b'], 'renameCollection', ['a', 'b']],
  [['collection', 'rm', 'work'], 'removeCollection', ['work']],
  [['collection', 'rm', 'default', '-y'], 'removeCollection', ['default']],
])('%j reaches %s', async (line, method, expected) => {
  const { values, code } = await callOf(line, method);
  expect(code).toBe(0);
  expect(values).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    if (typeof value === 'object') expect(values![index]).toMatchObject(value as object);
    else expect(values![index]).toBe(value);
  }
});

test('standard input arrives as bytes with its title', async () => {
  const { values, code } = await callOf(['add', '-', '--title', 'Notes'], 'addBytes', 'hello');
  expect(code).toBe(0);
  expect(Buffer.from(values![0] as Uint8Array).toString()).toBe('hello');
  expect(values![1]).toMatchObject({ title: 'Notes' });
});

test('flags before the verb count too, and --db is relative to the working folder', async () => {
  const { opened, code } = await runInProcess(['--db', 'x.db', '--offline', 'search', 'x']);
  expect(code).toBe(0);
  expect(opened[0]).toMatchObject({ path: '/nowhere/work/x.db', create: false, settings: { offline: true } });
});

test.each([
  [['--db', 'x.db', 'collection', 'list']],
  [['collection', '--db', 'x.db', 'list']],
  [['collection', 'list', '--db', 'x.db']],
])('flags count before a subcommand as behind it: %j', async (line) => {
  const { opened, code } = await runInProcess(line);
  expect(code).toBe(0);
  expect(opened[0]).toMatchObject({ path: '/nowhere/work/x.db' });
});

test('a flag before a subcommand that may be left out does not stand in its place', async () => {
  for (const line of [
    ['--db', 'x.db', 'jobs', 'list', '--json'],
    ['--db', 'x.db', 'jobs', '--json'],
  ]) {
    const { opened, stderr } = await runInProcess(line);
    expect(stderr).not.toContain('Too many arguments');
    expect(opened[0]).toMatchObject({ path: '/nowhere/work/x.db' });
  }
});

test('add, init and collection create make the database; the others do not', async () => {
  const creates = async (line: string[]) => (await runInProcess(line)).opened[0]?.create;
  expect(await creates(['add', 'x'])).toBe(true);
  expect(await creates(['collection', 'create', 'x'])).toBe(true);
  for (const line of [['sync'], ['ls'], ['get', 'x'], ['rm', 'x'], ['search', 'x'], ['ask', 'x'], ['status']]) {
    expect([line[0], await creates(line)]).toEqual([line[0], false]);
  }
});

test('the database is closed after every command, also after one that fails', async () => {
  const search = async () => {
    throw new Error('broken');
  };
  const { calls, code } = await runInProcess(['search', 'x'], { knowledgeBase: { search } });
  expect(code).toBe(3);
  expect(calls.at(-1)?.method).toBe('close');
});

describe('what is wrong with a command line is said, with exit status 2', () => {
  test.each<[string[], string, string]>([
    [['serach', 'x'], "Unknown command 'serach'.", 'rag search'],
    [['search', '--colection', 'a', 'x'], "Unknown option '--colection'.", '--collection'],
    [['search', 'x', '--jsno'], "Unknown option '--jsno'.", '--json'],
    [['search'], "Missing required argument 'query'.", 'rag search --help'],
    [['search', 'x', '--limit', 'many'], '--limit must be a whole number', 'hits'],
    [['search', 'x', '--limit', '0'], '--limit must be from 1 to 1000', ''],
    [['search', 'x', '--mode', 'fuzzy'], "Option '--mode <mode>' argument 'fuzzy' is invalid.", ''],
    [['search', 'x', '-o', 'pdf'], "argument 'pdf' is invalid", ''],
    [['search', 'x', '--since', 'yesterday'], 'must be a date', ''],
    [['search', 'x', '--since', '2026-02-30'], 'must be a date', ''],
    [['search', 'x', '--min-score', 'high'], 'must be a number', ''],
    [['get', 'a', 'b'], 'Too many arguments', ''],
    [['ask', 'x', '--model', 'gpt'], '--model must be provider/model', ''],
    [['add', 'x', '--max-file-size', 'huge'], '--max-file-size must be a size', ''],
    [['add', '-'], 'Standard input needs a title.', '--title'],
    [['add', 'x', '--title', 'y'], '--title names', ''],
    [['add', '-', '--title', 'y'], 'Standard input is empty.', ''],
    [['rm', 'all'], 'Remove 3 documents?', '-y'],
    [['collection', 'rm', 'default'], 'Remove the collection "default" with 2 documents?', '-y'],
    [['collection'], 'rag collection needs a subcommand.', 'rag collection --help'],
    [['collection', 'lst'], "Unknown command 'lst'.", 'list'],
    [['config', 'get', 'serach.limit'], 'there is no setting "serach.limit"', 'search.limit'],
    [['config', 'set', 'search.limit', 'x'], 'search.limit must be a whole number', ''],
    [['config', 'set', 'openai.apiKey', 'x', '--project'], 'cannot be set by a project', ''],
    [['completion', 'tcsh'], "'tcsh' is invalid", ''],
    [['--frobnicate'], "Unknown option '--frobnicate'.", 'rag --help'],
  ])('%j', async (line, message, hint) => {
    const { code, stdout, stderr } = await runInProcess(line);
    expect(stderr.toLowerCase()).toContain(`error: `);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(code).toBe(2);

    const asJson = await runInProcess([...line, '--json']);
    expect(asJson.code).toBe(2);
    expect(asJson.stderr).toBe('');
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      schema: 'rag.error/1',
      error: { code: expect.stringMatching(/USAGE|CONFIG_INVALID/) },
    });
  });
});

describe('help', () => {
  test.each(COMMANDS.map((entry) => entry.name))('rag %s --help has examples and fits 80 columns', async (name) => {
    const { code, stdout, stderr } = await runInProcess([name, '--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain(`Usage: rag ${name}`);
    expect(stdout).toContain('Examples:\n  $ ');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect((await runInProcess(['help', name])).stdout).toBe(stdout);
  });

  test('subcommands have help with examples too', async () => {
    for (const line of [
      'collection list',
      'collection create',
      'collection rename',
      'collection rm',
      'config list',
      'config get',
      'config set',
      'config unset',
      'config path',
      'config trust',
    ]) {
      const { code, stdout } = await runInProcess([...line.split(' '), '--help']);
      expect([line, code]).toEqual([line, 0]);
      expect(stdout).toContain(`Usage: rag ${line}`);
      expect(stdout).toContain('Examples:');
    }
  });

  test('rag alone shows every command', async () => {
    const { code, stdout } = await runInProcess([]);
    expect(code).toBe(0);
    for (const entry of COMMANDS) expect(stdout).toContain(`  ${entry.name} `);
  });
});
