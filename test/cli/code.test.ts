import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environmentOf, type Home, isBuilt, RAG, runRag } from './run-rag.ts';

const CALLERS = Array.from(
  { length: 6 },
  (_, i) => `export function step${i}() {\n  readSettings(); readSettings(); // readSettings again\n}\n`,
).join('\n');

describe.skipIf(!isBuilt)('source code, by the built program', () => {
  let home: Home;
  const rag = (...argv: string[]) => runRag(argv, home);
  const search = async (...argv: string[]) => {
    const { stdout } = await rag('search', ...argv, '--json');
    return JSON.parse(stdout).data as {
      hits: { path: string; headingPath: string[]; lines: object }[];
      notes: string[];
    };
  };

  beforeAll(async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-code-')));
    home = { folder };
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/callers.ts'), `import { readSettings } from './store.ts';\n\n${CALLERS}`);
    writeFileSync(
      join(folder, 'src/store.ts'),
      'export class Store {\n  private path = "a";\n\n  /** Everything that the user has chosen, from all places. */\n' +
        '  readSettings(): void {\n    this.open(this.path);\n    this.check(this.path, "more than nothing");\n' +
        '    this.close(this.path, { andThen: "nothing more is done here than that" });\n' +
        '    return this.answer(this.path, "with all of what was found in the file");\n  }\n}\n',
    );
    writeFileSync(join(folder, 'notes.md'), '# Notes\n\nCall readSettings before anything else.\n');
    await rag('init');
    await rag('add', '.');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test.each([['readSettings'], ['read settings'], ['Store.readSettings']])(
    '%s finds the definition before those who call it, and names it',
    async (query) => {
      const { hits } = await search(query);
      expect(hits[0]).toMatchObject({
        path: 'src/store.ts',
        headingPath: ['class Store', 'readSettings'],
        lines: { start: 4, end: 11 },
      });
    },
  );

  test('symbol: keeps what defines it, and nothing else', async () => {
    const { hits } = await search('symbol:readSettings');
    expect(hits.map(({ path, headingPath }) => [path, headingPath.at(-1)])).toEqual([['src/store.ts', 'readSettings']]);
    expect((await search('symbol:Store.readSettings')).hits).toHaveLength(1);
  });

  test('symbol: of what nothing defines is read as words, and said so', async () => {
    const { hits, notes } = await search('symbol:andThen');
    expect(hits.length).toBeGreaterThan(0);
    expect(notes.join(' ')).toContain('symbol:andThen');
  });

  test('a document lists its definitions with their lines', async () => {
    const { stdout } = await rag('get', 'src/store.ts', '--json');
    expect(JSON.parse(stdout).data.metadata.symbols).toEqual([
      { name: 'Store', kind: 'class', line: 1 },
      { name: 'Store.readSettings', kind: 'method', line: 5 },
    ]);
  });

  test.skipIf(process.platform !== 'linux')(
    'where a process gets few addresses, what fails for that says what helps',
    async () => {
      const bounded = (file: string) =>
        promisify(execFile)(
          'sh',
          ['-c', `ulimit -v 6000000; exec "$0" "$@"`, process.execPath, RAG, 'add', file, '-d', 'bounded.db'],
          {
            cwd: home.folder,
            env: environmentOf(home),
          },
        ).then(
          ({ stderr }) => stderr,
          ({ stderr }: { stderr: string }) => stderr,
        );
      const refused = await bounded('notes.md');
      expect(refused).toContain('NODE_OPTIONS=--disable-wasm-trap-handler');
    },
    60_000,
  );
});
