import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planOpening } from '../../../src/ui/sources/plan-opening.ts';
import type { Openable, OpenWay } from '../../../src/ui/state/types.ts';
import { finish, openTemporary, temporaryFolder } from '../../app/temporary-knowledge-base.ts';

async function setUp() {
  const folder = temporaryFolder({ 'notes.md': '# Notes\n\nFirst.\n\n## Later\n\nLast.\n' });
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  const plan = (changed: Partial<Openable> = {}, way: OpenWay = 'best') => {
    const uri = `file://${folder.path}/notes.md`;
    const openable = {
      marker: 1,
      title: 'Notes',
      uri,
      path: 'notes.md',
      type: 'md',
      line: 5,
      page: null,
      chunkId: 'gone.0',
      query: 'q',
      ...changed,
    };
    const programs = { pager: 'less', editor: 'vim', opener: '' };
    return planOpening({ openable, way, knowledgeBase, programs, platform: 'linux', columns: 80 });
  };
  return { folder, plan };
}

describe('what is opened, and how', () => {
  test('text in the pager, at the line that is known', async () => {
    const { plan } = await setUp();
    expect(plan()).toEqual({
      kind: 'pager',
      call: { program: 'less', arguments: ['+5'] },
      text: '# Notes\n\nFirst.\n\n## Later\n\nLast.\n',
    });
  });
  test('the file in the editor', async () => {
    const { plan, folder } = await setUp();
    expect(plan({}, 'editor')).toEqual({
      kind: 'editor',
      call: { program: 'vim', arguments: ['+5', `${folder.path}/notes.md`] },
    });
  });
  test('by the system when it is asked for', async () => {
    const { plan, folder } = await setUp();
    expect(plan({}, 'system')).toMatchObject({
      kind: 'outside',
      call: { program: 'xdg-open' },
      target: `${folder.path}/notes.md`,
    });
  });
});

describe('what is not opened', () => {
  test('a file that is not in the knowledge base', async () => {
    const { plan, folder } = await setUp();
    writeFileSync(join(folder.path, 'secret.md'), 'x');
    for (const way of ['best', 'editor', 'system'] as const) {
      expect(() => plan({ uri: `file://${folder.path}/secret.md` }, way)).toThrow(
        expect.objectContaining({ code: 'NOT_FOUND' }),
      );
    }
  });
  test('by the system, a file that is only said to be one that is seen outside', async () => {
    const { plan } = await setUp();
    expect(plan({ type: 'pdf', path: 'notes.pdf' }).kind).toBe('pager');
  });
  test('an address that is not in the knowledge base, or of another kind', async () => {
    const { plan } = await setUp();
    for (const uri of ['https://evil.example/', 'javascript:alert(1)', 'ftp://host/x', 'file://host/share']) {
      for (const way of ['best', 'editor', 'system'] as const) expect(() => plan({ uri }, way), uri).toThrow();
    }
  });
  test('a file that has gone, though its text is still shown', async () => {
    const { plan, folder } = await setUp();
    folder.remove('notes.md');
    expect(plan().kind).toBe('pager');
    expect(() => plan({}, 'editor')).toThrow(/is there no more/);
  });
});
