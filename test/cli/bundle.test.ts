import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isBuilt, RAG } from './run-rag.ts';

/** What stands in the code of libraries that only the chat on a screen needs. */
const OF_THE_SCREEN = {
  react: 'react.element',
  yoga: 'yogaNode',
  marked: 'listInterruptsParagraph',
  lowlight: 'hljs-',
};

const folder = dirname(RAG);

/** A file of the bundle and all that is loaded with it, without what it imports only when it needs it. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(folder, file), 'utf8');
  for (const [, target] of code.matchAll(/^(?:import|export)[^'"]*?['"]\.\/([^'"]+\.js)['"]/gm))
    loadedWith(target!, seen);
  return seen;
}

const holds = (file: string, text: string): boolean => readFileSync(join(folder, file), 'utf8').includes(text);

describe.skipIf(!isBuilt)('the bundle', () => {
  const files = isBuilt ? readdirSync(folder).filter((name) => name.endsWith('.js')) : [];

  test.each(Object.entries(OF_THE_SCREEN))('%s is in it, and only the chat on a screen loads it', (_, text) => {
    const holders = files.filter((file) => holds(file, text));
    expect(holders).not.toEqual([]);
    const others = files.filter((file) => /^(rag|index|ask|search|add|chat|sessions|get|ls)[-.]/.test(file));
    expect(others.map((file) => basename(file))).toContain('rag.js');
    for (const file of others)
      expect(
        [...loadedWith(file)].filter((each) => holders.includes(each)),
        file,
      ).toEqual([]);
  });
});
