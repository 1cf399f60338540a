import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A stage may import the `types.ts` of those before it. */
const STAGES = [
  'source',
  'parse',
  'privacy',
  'understand',
  'chunk',
  'embed',
  'generate',
  'graph',
  'store',
  'rerank',
  'retrieve',
  'answer',
  'evaluate',
];
const BASE = ['domain', 'platform'];
/** Each may import all areas that stand before it in its own list. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  config: BASE,
  app: [...BASE, 'config', ...STAGES],
  present: ['domain', 'app', 'platform', 'config'],
  serve: [...BASE, 'config', 'app', 'present'],
  ui: [...BASE, 'config', 'app', 'present'],
  testing: [...BASE, ...STAGES],
  commands: [...BASE, 'config', 'app', 'present', 'serve', 'ui'],
  bin: [...BASE, 'commands'],
};

type Import = {
  readonly target: string;
  /** Runs when its file is loaded; not so a type or an `import()`. */
  readonly kind: 'static' | 'type' | 'lazy';
};
type SourceFile = {
  /** Below the repository, with `/`. */
  readonly path: string;
  readonly area: string;
  readonly imports: readonly Import[];
  readonly syntax: ts.SourceFile;
};

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .sort();

const files: readonly SourceFile[] = ['src', 'commands', 'bin'].flatMap(filesBelow).map((path) => {
  const syntax = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
  return { path, area: areaOf(path), imports: importsOf(syntax, path), syntax };
});

/** `src/parse/pdf/x.ts` is of `parse`, `src/index.ts` of `index`, `commands/add.ts` of `commands`. */
function areaOf(path: string): string {
  const [first, second = ''] = path.split('/');
  return first === 'src' ? second.replace(/\.ts$/, '') : first!;
}

/** Every import and re-export, static or dynamic; relative ones as paths below the repository. */
function importsOf(syntax: ts.SourceFile, path: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, kind: Import['kind']) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const { text } = specifier;
    const target = text.startsWith('.')
      ? relative(root, join(root, dirname(path), text))
          .split(sep)
          .join('/')
      : text;
    found.push({ target, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const named = node.importClause?.namedBindings;
      const everyNameIsType = named && ts.isNamedImports(named) && named.elements.every(({ isTypeOnly }) => isTypeOnly);
      const isType = node.importClause?.isTypeOnly || (everyNameIsType && !node.importClause?.name);
      add(node.moduleSpecifier, isType ? 'type' : 'static');
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'lazy');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, 'type');
    }
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return found;
}

const isOwn = (target: string): boolean => /^(src|commands|bin|package\.json)/.test(target);

/** `file -> target` of every import that breaks the rule. */
const breaches = (isBreach: (file: SourceFile, imported: Import, area: string) => boolean): string[] =>
  files.flatMap((file) =>
    file.imports
      .filter((imported) => isBreach(file, imported, isOwn(imported.target) ? areaOf(imported.target) : ''))
      .map(({ target }) => `${file.path} -> ${target}`),
  );

const isPackage = (target: string, ...names: string[]): boolean =>
  names.some((name) => target === name || target.startsWith(`${name}/`));

/** Places outside of comments where the text of a property access stands. */
const accessesOf = (text: string): string[] =>
  files
    .filter(({ syntax }) => {
      let found = false;
      const visit = (node: ts.Node): void => {
        if (ts.isPropertyAccessExpression(node) && node.getText() === text) found = true;
        ts.forEachChild(node, visit);
      };
      visit(syntax);
      return found;
    })
    .map(({ path }) => path);

test('the scan sees the files, their static and their dynamic imports', () => {
  expect(files.length).toBeGreaterThan(100);
  const targets = new Set(files.flatMap(({ imports }) => imports.map(({ target }) => target)));
  expect(targets).toContain('src/domain/document.ts');
  expect(targets).toContain('fast-glob');
  const sample = ts.createSourceFile(
    'src/x/y.ts',
    "import a from 'b'; export type { c } from '../d.ts'; type E = import('./e.ts').E; void import('f');",
    ts.ScriptTarget.Latest,
    true,
  );
  expect(importsOf(sample, 'src/x/y.ts')).toEqual([
    { target: 'b', kind: 'static' },
    { target: 'src/d.ts', kind: 'type' },
    { target: 'src/x/e.ts', kind: 'type' },
    { target: 'f', kind: 'lazy' },
  ]);
});

describe('direction', () => {
  test('every import of our own names a file that is there, with its extension', () => {
    const there = new Set([...files.map(({ path }) => path), 'package.json']);
    expect(breaches((_, { target }) => isOwn(target) && !there.has(target))).toEqual([]);
  });

  test('no import leaves src, commands and bin', () => {
    expect(breaches((_, { target }) => target.startsWith('..'))).toEqual([]);
    expect(breaches((_, { target }) => /^(test|fixtures|dist|scripts)\//.test(target))).toEqual([]);
  });

  test('domain imports nothing but itself', () => {
    expect(breaches(({ area }, _, to) => area === 'domain' && to !== 'domain')).toEqual([]);
  });

  test('platform imports no other area', () => {
    expect(breaches(({ area }, { target }, to) => area === 'platform' && isOwn(target) && !BASE.includes(to))).toEqual(
      [],
    );
  });

  test('a stage imports the base, its own files, and types.ts of stages before it', () => {
    const isBreach = ({ area }: SourceFile, { target }: Import, to: string): boolean => {
      if (!STAGES.includes(area) || !isOwn(target) || to === area || BASE.includes(to)) return false;
      const isPort = target === `src/${to}/types.ts`;
      return !(isPort && STAGES.includes(to) && STAGES.indexOf(to) < STAGES.indexOf(area));
    };
    expect(breaches(isBreach)).toEqual([]);
  });

  test.each(Object.entries(ABOVE))('%s imports only what stands below it', (area, allowed) => {
    expect(
      breaches(
        (file, { target }, to) =>
          file.area === area && isOwn(target) && target !== 'package.json' && to !== area && !allowed.includes(to),
      ),
    ).toEqual([]);
  });

  test('every folder of src has a place in the order', () => {
    const known = new Set([...BASE, ...STAGES, ...Object.keys(ABOVE), 'index']);
    expect([...new Set(files.map(({ area }) => area))].filter((area) => !known.has(area))).toEqual([]);
  });

  test('values of app that present uses: none, it knows types only', () => {
    expect(breaches(({ area }, { kind }, to) => area === 'present' && to === 'app' && kind !== 'type')).toEqual([]);
  });
});

describe('who may know what', () => {
  test('only app, and a driver itself, names a registry or a concrete store', () => {
    const isDriver = (target: string) =>
      /^src\/\w+\/registry\.ts$/.test(target) || target.startsWith('src/store/sqlite/');
    expect(breaches((file, { target }, to) => isDriver(target) && file.area !== 'app' && file.area !== to)).toEqual([]);
  });

  test('only ui imports ink and react', () => {
    expect(
      breaches(({ area }, { target }) => isPackage(target, 'ink', 'react', 'ink-text-input') && area !== 'ui'),
    ).toEqual([]);
  });

  test('only the store imports SQLite', () => {
    expect(
      breaches(({ area }, { target }) => isPackage(target, 'better-sqlite3', 'sqlite-vec') && area !== 'store'),
    ).toEqual([]);
  });

  test('only commands and bin import the parser of the command line', () => {
    expect(
      breaches(({ area }, { target }) => isPackage(target, 'commander') && area !== 'commands' && area !== 'bin'),
    ).toEqual([]);
  });

  test('only config/load.ts reads the environment', () => {
    expect(accessesOf('process.env')).toEqual(['src/config/load.ts']);
  });

  test('nothing below the commands ends the process or writes to its streams, but for workers', () => {
    const allowed = (path: string) =>
      path.startsWith('commands/') || path.startsWith('bin/') || path === 'src/platform/process-worker.ts';
    for (const text of [
      'process.exit',
      'process.stdout',
      'process.stderr',
      'console.log',
      'console.error',
      'console.warn',
    ]) {
      expect(
        accessesOf(text).filter((path) => !allowed(path)),
        text,
      ).toEqual([]);
    }
  });
});

describe('style', () => {
  test('nothing is exported as default', () => {
    const found = files.filter(({ syntax }) =>
      syntax.statements.some(
        (statement) =>
          ts.isExportAssignment(statement) ||
          (ts.canHaveModifiers(statement) &&
            ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)),
      ),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  test('no file is called utils, helpers or common', () => {
    expect(
      files.map(({ path }) => path).filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.tsx?$)/.test(path)),
    ).toEqual([]);
  });

  test('there is no circle of imports that run', () => {
    const edges = new Map(
      files.map(({ path, imports }) => [
        path,
        imports.filter(({ target, kind }) => isOwn(target) && kind === 'static').map(({ target }) => target),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, above: readonly string[]): void => {
      if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path].join(' -> '));
      if (done.has(path) || above.includes(path)) return;
      for (const target of edges.get(path) ?? []) walk(target, [...above, path]);
      done.add(path);
    };
    for (const path of edges.keys()) walk(path, []);
    expect(circles).toEqual([]);
  });
});
