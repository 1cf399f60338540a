import { expect, test } from 'vitest';
import { groupSources } from '../../src/present/text/group-sources.ts';
import { renderStatus } from '../../src/present/text/render-status.ts';
import { plainStyle } from '../../src/present/text/style.ts';
import { sampleStatus } from './sample.ts';

const [folder] = sampleStatus.sources;
const file = (path: string, syncedAt: string | null = '2026-03-02T09:30:00.000Z', collection = 'default') => ({
  ...folder!,
  kind: 'file' as const,
  uri: `file://${path}`,
  documents: 1,
  failures: 0,
  syncedAt,
  collection,
});
const PAPERS = ['a', 'b', 'c', 'd'].map((name) => file(`/papers/${name}.pdf`));

test('more than three files of a folder are one line, at the place of the first', () => {
  const groups = groupSources([PAPERS[0]!, folder!, ...PAPERS.slice(1), file('/other/x.md')]);
  expect(groups.map(({ uri, count, documents }) => [uri, count, documents])).toEqual([
    ['file:///papers/', 4, 4],
    [folder!.uri, 1, folder!.documents],
    ['file:///other/x.md', 1, 1],
  ]);
});

test('a group is in step since the one that was looked at longest ago', () => {
  const older = file('/papers/e.pdf', '2026-01-01T00:00:00.000Z');
  expect(groupSources([...PAPERS, older])[0]?.syncedAt).toBe(older.syncedAt);
  expect(groupSources([...PAPERS, older, file('/papers/f.pdf', null)])[0]?.syncedAt).toBeNull();
});

test('files of different collections, and a few of one folder, stand alone', () => {
  expect(groupSources([...PAPERS.slice(1), file('/papers/x.pdf', null, 'work')])).toHaveLength(4);
});

test('status shows the folder and how many files of it there are', () => {
  const text = renderStatus({ ...sampleStatus, sources: PAPERS }, { style: plainStyle, width: 80, workingFolder: '/' });
  expect(text).toMatch(/^\/papers\/ +4 files +4 +0 +default/m);
});
