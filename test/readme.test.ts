import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test("the README's library example runs as it stands and finds the sentence", () => {
  const example = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(example).toContain("from 'ragstone'");
  const folder = mkdtempSync(join(tmpdir(), 'rag-readme-'));
  try {
    symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'));
    const library = JSON.stringify(new URL('../dist/index.js', import.meta.url).href);
    writeFileSync(join(folder, 'example.mjs'), example.replace("'ragstone'", library));
    const output = execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(output).toContain('security/information-security.md');
    expect(output).toContain('call the security desk on extension 4400 within two hours');
    expect(output).toContain('verified: true');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every command of the program stands in the README', async () => {
  const { COMMANDS } = await import('../commands/table.ts');
  for (const { name } of COMMANDS) expect(readme).toContain(`rag ${name}`);
});

test('every schema of the JSON that the program writes stands in the list of them', () => {
  const list = readFileSync(join(root, 'src/present/json/README.md'), 'utf8');
  const sources = ['src', 'commands'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => readFileSync(join(root, folder, path), 'utf8')),
  );
  const schemas = new Set(sources.flatMap((text) => text.match(/(?<=')rag\.[a-z-]+\/\d(?=')/g) ?? []));
  expect(schemas.size).toBeGreaterThan(40);
  expect([...schemas].filter((schema) => !list.includes(schema))).toEqual([]);
});

test('every script that the README names is in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every bench of package.json is named where the README speaks of development', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const development = readme.slice(readme.indexOf('## Development'));
  const benches = Object.keys(scripts).filter((name) => name.startsWith('bench:'));
  const named = new Set([...development.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name));
  expect(benches.filter((name) => !named.has(name))).toEqual([]);
});
