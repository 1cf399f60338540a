import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { defineConfig } from 'tsup';

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

export default defineConfig({
  entry: {
    rag: 'bin/rag.ts',
    index: 'src/index.ts',
    // Started as processes of their own, so they need files of their own.
    'parse-worker': 'src/app/ingest/parse-worker.ts',
    'rerank-worker': 'src/rerank/transformers/rerank-worker.ts',
  },
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  splitting: true,
  clean: true,
  sourcemap: false,
  dts: { entry: { index: 'src/index.ts' } },
  noExternal: BUNDLED,
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
