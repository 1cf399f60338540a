import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CORPUS, environmentOf, finished, type Home, isBuilt, RAG, runRag, startRag } from './run-rag.ts';

const version = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version as string;

describe.skipIf(!isBuilt)('the built program (run `npm run build` first)', () => {
  let home: Home;
  const rag = (line: string | readonly string[], stdin?: string) =>
    runRag(typeof line === 'string' ? line.split(' ') : line, home, stdin);

  beforeAll(async () => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-cli-'))) };
    const notes = join(home.folder, 'notes');
    mkdirSync(notes);
    writeFileSync(
      join(notes, 'leave.md'),
      '# Leave policy\n\n## Parental leave\n\nEach parent has 26 weeks of parental leave on full pay.\n',
    );
    writeFileSync(
      join(notes, 'travel.md'),
      '# Travel\n\nThe head of finance approves every journey above 500 euros.\n',
    );
    const { code, stdout } = await rag(['add', 'notes']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('2 added')]);
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('--version is that of the package and loads nothing else', async () => {
    expect(await rag('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(readFileSync(RAG, 'utf8')).not.toMatch(/^import .* from ["']\.\//m);
  });

  test('init makes a database that folders below use', async () => {
    const project = join(home.folder, 'project');
    mkdirSync(join(project, 'below'), { recursive: true });
    expect((await rag(['init', project])).stdout).toContain(`Made ${project}/.rag/rag.db.`);
    expect((await rag(['init', project])).stdout).toContain('There is already');
    expect(readFileSync(join(project, '.rag', '.gitignore'), 'utf8')).toBe('rag.db*\n');
    const below = spawn(process.execPath, [RAG, 'status', '--json'], {
      cwd: join(project, 'below'),
      env: environmentOf(home),
    });
    expect(JSON.parse((await finished(below)).stdout).data.path).toBe(join(project, '.rag', 'rag.db'));
  });

  test('search finds a passage with a place that opens', async () => {
    const { code, stdout } = await rag('search parental leave');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1\. Leave policy\n {3}notes\/leave\.md:\d+\n/);
    expect(stdout).not.toContain('\u001b');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('each hit of a search can be got by its chunk id, and its lines by path', async () => {
    const { data } = JSON.parse((await rag('search parental leave --json')).stdout);
    const hit = data.hits[0];
    expect((await rag(['get', hit.chunkId])).stdout.trim()).toBe(hit.text.trim());
    expect((await rag('get leave.md:1-1')).stdout).toBe('# Leave policy\n');
    expect(data.hits[0].text).toBe(
      JSON.parse((await rag('get leave.md --json')).stdout).data.text.slice(hit.span.start, hit.span.end),
    );
  });

  test('ask quotes the documents and cites its source', async () => {
    const { code, stdout, stderr } = await rag(['ask', 'How many weeks of parental leave does each parent have?']);
    expect(code).toBe(0);
    expect(stdout).toContain('26 weeks');
    expect(stdout).toMatch(/Sources\n\[1\] Leave policy\n {4}notes\/leave\.md:\d+/);
    expect(stderr).toContain('No model is configured');
  });

  test('what is not in the documents is exit 1', async () => {
    expect((await rag('search zyxwvut --mode lexical')).code).toBe(1);
    expect((await rag('ask Qwertzuiop zyxwvut asdfghjk?')).code).toBe(1);
    expect((await rag('get missing.md')).code).toBe(1);
    expect((await rag('ls nothing/**')).code).toBe(1);
  });

  test('every command with --json writes one JSON value, errors too', async () => {
    const lines = [
      'ls',
      'status',
      'doctor',
      'search leave',
      'search zyxwvut',
      'ask leave',
      'get leave.md',
      'get missing.md',
      'sync',
      'add missing',
      'collection list',
      'collection create a',
      'collection rename a b',
      'collection rm b',
      'collection rm missing',
      'config list',
      'config get model',
      'config get modle',
      'config path',
      'completion bash',
      'init sub',
      'rm missing.md',
      'search --lmit 3 x',
      'status --db /',
      'search leave --db missing.db',
    ];
    mkdirSync(join(home.folder, 'sub'));
    for (const line of lines) {
      const { stdout, stderr } = await rag(`${line} --json`);
      const value = JSON.parse(stdout);
      expect([line, value.schema]).toEqual([line, expect.stringMatching(/^rag\.[a-z-]+\/1$/)]);
      expect([line, 'error' in value !== 'data' in value]).toEqual([line, true]);
      expect([line, stderr]).toEqual([line, '']);
    }
  });

  test('standard input is taken in under its title, and again replaces it', async () => {
    expect(
      (await rag(['add', '-', '--title', 'Memo', '--db', 'stdin.db'], '# Memo\n\nThe boiler is serviced in May.\n'))
        .code,
    ).toBe(0);
    expect(
      (await rag(['add', '-', '--title', 'Memo', '--db', 'stdin.db'], '# Memo\n\nThe boiler is serviced in June.\n'))
        .code,
    ).toBe(0);
    const { data } = JSON.parse((await rag('ls --json --db stdin.db')).stdout);
    expect(data.documents.map((document: { title: string }) => document.title)).toEqual(['Memo']);
    expect((await rag('search boiler --db stdin.db')).stdout).toContain('June');
  });

  test('rm removes one document, and more than one only with -y', async () => {
    const other = join(home.folder, 'other');
    mkdirSync(other);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(other, `${name}.md`), `# ${name}\n\nText of ${name}.\n`);
    await rag('add other --db other.db');
    expect((await rag('rm a.md --db other.db')).stdout).toBe('removed a.md\n');
    expect((await rag('rm other --db other.db')).code).toBe(2);
    expect((await rag('rm other -y --db other.db')).stdout).toBe('removed 2 documents\n');
    expect((await rag('ls --db other.db')).code).toBe(1);
  });

  test('a misspelt flag and a misspelt command are refused with the right one named', async () => {
    expect(await rag('search --colection a x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean --collection?'),
    });
    expect(await rag('serach x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean `rag search`?'),
    });
  });

  test('a reader that goes away ends it quietly', async () => {
    writeFileSync(join(home.folder, 'long.txt'), 'A line of a long document about pipes.\n'.repeat(30_000));
    await rag('add long.txt --db long.db');
    const line = `"${process.execPath}" "${RAG}" get long.txt --db long.db | head -1; echo "status \${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', line], { cwd: home.folder, env: environmentOf(home) });
    expect(await finished(child)).toEqual({
      code: 0,
      stdout: 'A line of a long document about pipes.\nstatus 0\n',
      stderr: '',
    });
  });

  test('Ctrl-C in an ingest keeps what was finished and is exit 130', async () => {
    const many = join(home.folder, 'many');
    mkdirSync(many);
    for (let index = 0; index < 500; index++)
      writeFileSync(join(many, `${index}.md`), `# Note ${index}\n\n${'Some words here. '.repeat(200)}\n`);
    const child = startRag(['add', 'many', '-o', 'jsonl', '--db', 'many.db'], home, { detached: true });
    // As a terminal does it: to the whole process group, workers included.
    child.stdout!.once('data', () => process.kill(-child.pid!, 'SIGINT'));
    const { code, stdout, stderr } = await finished(child);
    expect([code, stderr]).toEqual([130, '']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: 'ingest-end', interrupted: true });
    const stored = JSON.parse((await rag('status --json --db many.db')).stdout).data.documents;
    expect(stored).toBe(lines.at(-1).counts.added);
    expect(stored).toBeLessThan(500);
    expect((await rag('sync --db many.db')).code).toBe(0);
    expect(JSON.parse((await rag('status --json --db many.db')).stdout).data.documents).toBe(500);
  });

  test('Ctrl-C while a model is silent is exit 130 at once', async () => {
    const server = createServer(() => {
      // Never answers.
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const silent = { ...home, environment: { OLLAMA_HOST: `127.0.0.1:${port}` } };
    const child = startRag(['ask', 'parental leave', '-m', 'ollama/test'], silent);
    server.once('request', () => child.kill('SIGINT'));
    const { code, stderr } = await finished(child);
    server.closeAllConnections();
    server.close();
    expect([code, stderr]).toEqual([130, 'error: Interrupted.\n']);
  });

  test('the bash completion script completes commands, flags and values', async () => {
    const complete = async (words: string[]) => {
      const script = `source <("${process.execPath}" "${RAG}" completion bash); COMP_WORDS=(rag "$@"); COMP_CWORD=$#; _rag; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return (await finished(spawn('bash', ['-c', script, 'bash', ...words], { env: environmentOf(home) }))).stdout
        .trim()
        .split('\n');
    };
    expect(await complete(['sea'])).toEqual(['search']);
    expect(await complete(['se'])).toEqual(['search', 'sessions']);
    expect(await complete(['search', 'x', '--coll'])).toEqual(['--collection']);
    expect(await complete(['search', '--mode', 'l'])).toEqual(['lexical']);
    expect(await complete(['config', 'tr'])).toEqual(['trust']);
    expect(await complete(['config', 'set', '--pro'])).toEqual(['--project']);
  });

  test.skipIf(!existsSync(CORPUS))('the handbook of the README is taken in and answers', async () => {
    const added = await rag(['add', CORPUS, '--db', 'corpus.db']);
    expect(added.code).toBe(0);
    expect(
      (await rag(['ask', 'How many weeks of parental leave does each parent have?', '--db', 'corpus.db'])).stdout,
    ).toContain('weeks');
  });
});
