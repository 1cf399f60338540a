// Compile every src/**/*.wat into a module beside it, `<name>.wasm.ts`, which holds the bytes as base64.
// With --check, write nothing and exit 1 when a module is not what its source gives.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openWabt from 'wabt';

const root = fileURLToPath(new URL('../../', import.meta.url));
const check = process.argv.includes('--check');
const wabt = await openWabt();

for (const name of readdirSync(root, { recursive: true }).filter((path) => path.endsWith('.wat'))) {
  const parsed = wabt.parseWat(name, readFileSync(join(root, name), 'utf8'), { simd: true });
  parsed.validate();
  const bytes = Buffer.from(parsed.toBinary({}).buffer);
  const target = join(root, name.replace(/\.wat$/, '.wasm.ts'));
  const source = moduleSource(name.split('/').pop(), bytes.toString('base64'));
  if (!check) writeFileSync(target, source);
  else if (readFileSync(target, 'utf8') !== source) {
    console.error(`${target} is not what ${name} compiles to. Run: node src/platform/wasm/build-wasm.mjs`);
    process.exitCode = 1;
  }
}

function moduleSource(name, base64) {
  return `/** ${name}, compiled by \`node src/platform/wasm/build-wasm.mjs\`. */\nexport const wasmBase64 =\n  '${base64}';\n`;
}
