import { existsSync, readFileSync } from 'node:fs';

/** The version in package.json, which lies one level above the bundle and two above this file's source folder. */
export function programVersion(): string {
  const near = new URL('../package.json', import.meta.url);
  const file = existsSync(near) ? near : new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
