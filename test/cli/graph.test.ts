import { expect, test } from 'vitest';
import type { EntityGraph } from '../../src/app/graph/types.ts';
import { runInProcess } from './run-in-process.ts';

const ref = (name: string) => ({ name, kind: 'name' });
const graph = {
  path: (from: string, to: string) => ({ from: ref(from), to: ref(to), hops: [], isBounded: false }),
  entities: () => [{ ...ref('A\u001b[2J'), passages: 2, documents: 1 }],
  related: async (asked: string) => ({ asked, as: 'text' as const, name: asked, related: [] }),
} as Partial<EntityGraph> as EntityGraph;
const run = (line: string) => runInProcess(line.split(' '), { knowledgeBase: { graph: async () => graph } });

test('two entities that nothing ties end with 1 and say so', async () => {
  const { code, stdout, stderr } = await run('graph path A B');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('No passages lead from one to the other.');
});

test('a name cannot steer the terminal', async () => {
  const { code, stdout } = await run('graph entities');
  expect(code).toBe(0);
  expect(stdout).toContain('A\\x1b[2J');
});

test('--json names its schema, and nothing related ends with 1', async () => {
  const { code, stdout } = await run('related some text --json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'rag.related/1', data: { asked: 'some text', related: [] } });
});
