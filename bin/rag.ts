#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const [first] = process.argv.slice(2);

// The version is asked for by scripts at every start of a shell; it loads nothing else.
if (first === '--version' || first === '-V') {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  process.stdout.write(`${version}\n`);
} else {
  const { runProcess } = await import('../commands/run-process.ts');
  await runProcess(process.argv.slice(2));
}
