import { expect, test } from 'vitest';
import type { EntityGraph } from '../../src/app/graph/types.ts';
import { RagError } from '../../src/platform/errors.ts';
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

test('no entities of a kind, and a word that names nothing, are told', async () => {
  const none = { ...graph, entities: () => [] };
  const { code, stderr } = await runInProcess(['graph', 'entities', '--kind', 'event'], {
    knowledgeBase: { graph: async () => none },
  });
  expect([code, stderr]).toEqual([1, expect.stringContaining('nothing of the kind event')]);
  expect((await run('related zzz.md')).stderr).toContain('is called "zzz.md", so it was taken as a text');
});

test('a word to be left out that was taken for --db is named', async () => {
  const openError = new RagError('DB_MISSING', { message: 'There is no database at raft.' });
  const { code, stderr } = await runInProcess(['search', 'travel', '-draft'], { openError });
  expect([code, stderr]).toEqual([3, expect.stringContaining('"-draft" was read as --db raft')]);
});
