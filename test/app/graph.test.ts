import { describe, expect, test } from 'vitest';
import { npmi } from '../../src/app/graph/ties.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const files = {
  'ada.md': '# Ada Lovelace\n\nAda Lovelace worked with Charles Babbage on the Analytical Engine.\n',
  'charles.md': '# Charles Babbage\n\nCharles Babbage was a fellow of Trinity College in those years.\n',
  'trinity.md': '# Trinity College\n\nIsaac Newton lived at Trinity College for long years.\n',
};

async function openGraph() {
  const folder = temporaryFolder(files);
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  return await knowledgeBase.graph();
}

describe('the entity graph of a knowledge base', () => {
  test('counts add up, and the list is ordered by passages', async () => {
    const graph = await openGraph();
    const stats = graph.stats();
    expect(stats.documents).toBe(3);
    expect(stats.kinds.reduce((sum, { entities }) => sum + entities, 0)).toBe(stats.entities);
    const passages = graph.entities().map((entity) => entity.passages);
    expect(passages).toEqual([...passages].sort((a, b) => b - a));
    expect(() => graph.entities({ kind: 'dragon' })).toThrow(/no kind/);
  });

  test('a path has for every hop a sentence that names both ends', async () => {
    const graph = await openGraph();
    const { hops } = graph.path('Ada Lovelace', 'Isaac Newton');
    expect(hops.map(({ to }) => to.name)).toEqual(['Charles Babbage', 'Trinity College', 'Isaac Newton']);
    for (const { from, to, evidence } of hops) {
      expect(evidence.sentence).toContain(from.name);
      expect(evidence.sentence).toContain(to.name);
    }
  });

  test('an entity is shown with passages and neighbours, and an unknown one is refused with a hint', async () => {
    const graph = await openGraph();
    const entity = graph.show('trinity college');
    expect(entity.name).toBe('Trinity College');
    expect(entity.places.map(({ path }) => path).sort()).toEqual(['charles.md', 'trinity.md']);
    expect(entity.neighbours.map(({ name }) => name)).toContain('Isaac Newton');
    expect(() => graph.show('Gandalf')).toThrow(/No document names/);
  });

  test('a name of several documents is refused, with the place of each', async () => {
    const knowledgeBase = await openTemporary();
    const { path } = temporaryFolder({
      'a/same.md': '# Wombats\n\nThey dig.',
      'b/same.md': '# Kangaroos\n\nThey jump.',
    });
    await finish(knowledgeBase.add(`${path}/a`));
    await finish(knowledgeBase.add(`${path}/b`));
    await expect((await knowledgeBase.graph()).related('same.md')).rejects.toThrow(/a\/same\.md.*b\/same\.md/);
  });

  test('a document is related to those that share its names, and not to itself', async () => {
    const { as, related } = await (await openGraph()).related('ada.md');
    expect(as).toBe('document');
    expect(related[0]?.passage.path).toBe('charles.md');
    expect(related.map(({ passage }) => passage.path)).not.toContain('ada.md');
  });

  test('the same graph gives the same export and communities', async () => {
    const graph = await openGraph();
    expect(await graph.export()).toEqual(await graph.export());
    expect(await graph.communities()).toEqual(await graph.communities());
    expect((await graph.export(1)).nodes).toHaveLength(1);
  });
});

test('nPMI is 1 for what is never apart, 0 for what meets by chance, -1 for what never meets', () => {
  expect(npmi({ together: 3, a: 3, b: 3, total: 12 })).toBeCloseTo(1);
  expect(npmi({ together: 1, a: 2, b: 2, total: 4 })).toBeCloseTo(0);
  expect(npmi({ together: 0, a: 2, b: 2, total: 4 })).toBe(-1);
});
