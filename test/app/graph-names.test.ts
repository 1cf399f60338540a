import { describe, expect, test } from 'vitest';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const files = {
  'officer.md': '# Roles\n\nThe Data Protection Officer (DPO) reads every contract of Acme Corporation.\n',
  'desk.md': '# Desk\n\nWhoever loses a badge tells the DPO, or the Privacy Desk in Berlin.\n',
  'note.md': '# Note\n\nThe Data Protection Officer met Privacy Desk staff, and Acme Corporation paid.\n',
};
const officer = 'Data Protection Officer';

async function openGraph() {
  const folder = temporaryFolder(files);
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  return { folder, knowledgeBase, graph: await knowledgeBase.graph() };
}

describe('names of one entity', () => {
  test('a merge by rule stands in the log with the sentence that says so', async () => {
    const { graph } = await openGraph();
    const { entity, aliases } = graph.aliases('dpo');
    expect(entity?.name).toBe(officer);
    expect(aliases).toMatchObject([{ name: 'DPO', of: { name: officer }, reason: 'abbreviation', note: null }]);
    expect(aliases[0]?.evidence?.sentence).toContain('Officer (DPO)');
  });

  test('a merge by hand unites passages, with its reason and time in the log', async () => {
    const { graph } = await openGraph();
    const merged = graph.merge(officer, ['privacy desk'], 'same people');
    expect(merged.merged).toEqual(['Privacy Desk']);
    expect(merged.entity).toMatchObject({ name: officer, passages: 3 });
    expect(graph.show('Privacy Desk').aliases).toEqual(expect.arrayContaining(['Privacy Desk', 'DPO']));
    const byHand = graph.aliases().aliases.find(({ reason }) => reason === 'by hand');
    expect(byHand).toMatchObject({ name: 'Privacy Desk', note: 'same people', evidence: null });
    expect(byHand?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(graph.merge(officer, ['Privacy Desk'])).toMatchObject({ merged: [], already: ['Privacy Desk'] });
  });

  test('what is undone stays undone when every document is read anew, and can be done again', async () => {
    const { folder, knowledgeBase, graph } = await openGraph();
    graph.merge(officer, ['Privacy Desk']);
    const { separated } = graph.unmerge('DPO', 'two roles');
    expect([...separated].sort()).toEqual([officer, 'Privacy Desk']);
    folder.write(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, `${text}\nMore of it.\n`])));
    await finish(knowledgeBase.sync());
    const rebuilt = await knowledgeBase.graph();
    expect(rebuilt.show('DPO').name).toBe('DPO');
    expect(rebuilt.show(officer).aliases).toEqual(['Privacy Desk']);
    expect(rebuilt.aliases('DPO').separations).toContainEqual(
      expect.objectContaining({ names: ['DPO', officer], note: 'two roles' }),
    );
    expect(rebuilt.merge(officer, ['DPO']).merged).toEqual(['DPO']);
    expect([...rebuilt.show('DPO').aliases].sort()).toEqual(['DPO', 'Privacy Desk']);
  });

  test('one that stands for others is parted from all of them', async () => {
    const { graph } = await openGraph();
    expect(graph.unmerge(officer).separated).toEqual(['DPO']);
    expect(graph.unmerge(officer).separated).toEqual([]);
    expect(graph.show('DPO').name).toBe('DPO');
  });

  test('names that no document says, and a name with itself, are refused before anything is written', async () => {
    const { graph } = await openGraph();
    expect(() => graph.merge(officer, ['Privacy Desk', 'Gandalf'])).toThrow(/No document names/);
    expect(() => graph.merge(officer, ['the data-protection officer'])).toThrow(/the same name/);
    expect(() => graph.merge(officer, ['Privacy Desk'], 'x'.repeat(501))).toThrow(/501 characters/);
    expect(() => graph.unmerge('Gandalf')).toThrow(/No document names/);
    expect(graph.aliases().aliases).toHaveLength(1);
    expect(graph.aliases().separations).toEqual([]);
  });

  test('names that are spelt alike and stand beside the same name are one, whatever number of documents says so', async () => {
    const folder = temporaryFolder({
      'a.md': '# One\n\nIn the hall Jonathan Meyerhoff spoke for Quillmoor Instruments.\n',
      'b.md': '# Two\n\nLater Jonathon Meyerhoff left Quillmoor Instruments, and so did Windows 10 users.\n',
      'c.md': '# Three\n\nAt Quillmoor Instruments some Windows 11 desk is run by Joan Smith.\n',
      'd.md': '# Four\n\nThe door of Quillmoor Instruments was shut by John Smith.\n',
      'e.md': '# Five\n\nFar from there Jonathan Meierhoff sang, and Quilmor Insturments Orchestra played.\n',
    });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    const graph = await knowledgeBase.graph();
    const { aliases } = graph.aliases('Jonathan Meyerhoff');
    expect(aliases).toMatchObject([{ reason: 'similar name', beside: { name: 'Quillmoor Instruments' } }]);
    expect(aliases[0]?.evidence?.sentence).toContain('Meyerhoff');
    expect(graph.show('Jonathon Meyerhoff').places).toHaveLength(2);
    for (const name of ['Windows 10', 'Windows 11', 'Joan Smith', 'John Smith', 'Jonathan Meierhoff'])
      expect(graph.show(name).name).toBe(name);
    graph.unmerge('Jonathon Meyerhoff', 'two brothers');
    expect(graph.show('Jonathon Meyerhoff').places).toHaveLength(1);
  });

  test('identifiers, dates and amounts are found by what the text says', async () => {
    const folder = temporaryFolder({ 'a.md': 'INV-204 of 3 March 2024 came to €50.\n\nINV-205 did not.\n' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    const graph = await knowledgeBase.graph();
    expect(graph.show('INV-204').kind).toBe('identifier');
    expect(graph.show('2024-03-03').kind).toBe('date');
    expect(graph.show('€50').kind).toBe('money');
    expect(graph.merge('INV-204', ['INV-205']).entity).toMatchObject({ name: 'INV-204' });
  });
});
