import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

const BUILTIN_MODEL = 'src/embed/builtin';

/** Small libraries of the paths that every command takes: one bundle loads faster than many files. */
const BUNDLED = [
  'commander',
  'chalk',
  'env-paths',
  'smol-toml',
  'ignore',
  'ipaddr.js',
  'picomatch',
  'fast-glob',
  'saxes',
];

/** The chat on the screen, in chunks that only it loads. */
const BUNDLED_FOR_CHAT = ['ink', 'react', 'marked', 'emphasize', 'string-width', 'wrap-ansi'];

/** Modules that the chat never uses: tools for developers, and a check that draws nothing where CI is set. */
const absentModules: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'absent-modules',
  setup(build) {
    const namespace = 'absent';
    build.onResolve({ filter: /^(react-devtools-core|is-in-ci|\.\/devtools\.js)$/ }, ({ path }) => ({
      path,
      namespace,
    }));
    build.onLoad({ filter: /.*/, namespace }, () => ({ contents: 'export default false;' }));
    // It decodes its own bytes where there is no fetch; else it would load all of Node's HTTP client to read a data: URL.
    build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
    }));
  },
};

export default defineConfig({
  entry: {
    rag: 'bin/rag.ts',
    index: 'src/index.ts',
    // Started as processes of their own, so they need files of their own.
    'parse-worker': 'src/app/ingest/parse-worker.ts',
    'generate-worker': 'src/generate/transformers/generate-worker.ts',
    'rerank-worker': 'src/rerank/transformers/rerank-worker.ts',
    'embed-worker': 'src/embed/transformers/embed-worker.ts',
  },
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  splitting: true,
  clean: true,
  sourcemap: false,
  dts: { entry: { index: 'src/index.ts' } },
  noExternal: [...BUNDLED, ...BUNDLED_FOR_CHAT],
  esbuildPlugins: [absentModules],
  // React has a slower build with checks for its users.
  define: { 'process.env.NODE_ENV': '"production"' },
  // CommonJS libraries within the bundle ask for Node's own modules with require().
  banner: {
    js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
  },
  onSuccess: async () => {
    mkdirSync('dist/builtin', { recursive: true });
    if (!existsSync(BUILTIN_MODEL)) return;
    for (const name of readdirSync(BUILTIN_MODEL)) {
      if (name.endsWith('.bin') || name === 'vocab.txt') cpSync(`${BUILTIN_MODEL}/${name}`, `dist/builtin/${name}`);
    }
  },
});
