import { expect, test } from 'vitest';
import { createPassageGraph } from '../../src/graph/passage-graph.ts';
import type { MergeDecision } from '../../src/graph/types.ts';
import { memoryReader, type SampleText } from './memory-reader.ts';

const samples: readonly SampleText[] = [
  { title: 'Kiss and Tell', text: 'It is a film with Shirley Temple Black as Corliss Archer.' },
  { title: 'Shirley Temple', text: 'She was named ambassador to Ghana in later years.' },
  { title: 'Weather', text: 'It rains in spring and snows in winter.' },
  { title: 'deployment checklist', text: 'Before each release the team walks through it.' },
  { title: 'On call', text: 'Whoever is on duty reads the deployment checklist first.' },
];
const ranked = (
  seed: number,
  decisions: readonly Pick<MergeDecision, 'action' | 'from' | 'to'>[] = [],
  texts = samples,
) =>
  createPassageGraph(memoryReader(texts, decisions))
    .rankByGraph([{ row: 100 + seed, score: 1 }], 10)
    .map(({ row }) => row - 100)
    .sort();

test('a passage leads to the document whose title it says, also inside a longer name', () => {
  expect(ranked(0)).toEqual([0, 1]);
});

test('and to those that say the title of its own', () => expect(ranked(1)).toEqual([0, 1]));

test('titles without capitals are found too', () => {
  expect(ranked(4)).toEqual([3, 4]);
  expect(ranked(3)).toEqual([3, 4]);
});

test('a link leads to the document of that file name', () => {
  const texts = [
    { title: 'Start', text: 'First read [[note-1|this]], then act.' },
    { title: 'How to act', text: 'With care.' },
  ];
  expect(ranked(0, [], texts)).toEqual([0, 1]);
});

test('a passage that nothing is linked with leads nowhere', () => expect(ranked(2)).toEqual([]));

test('documents that never name each other are not walked, whatever else they share', () => {
  const texts = ['a', 'b', 'c'].map((title) => ({ title, text: `It rains in New York, says note ${title}.` }));
  expect(ranked(0, [], texts)).toEqual([]);
});

test('an abbreviation and what it stands for are one, unless it stands for two things or a person parts them', () => {
  const texts = [
    { title: 'World Health Organization', text: 'It has its seat in Geneva.' },
    { title: 'Names', text: 'They asked the World Health Organization (WHO) for help.' },
    { title: 'Report', text: 'In the end the WHO sent two people.' },
  ];
  expect(ranked(2, [], texts)).toContain(0);
  expect(ranked(2, [{ action: 'separate', from: 'WHO', to: 'World Health Organization' }], texts)).not.toContain(0);
  const two = [...texts, { title: 'Other', text: 'We heard the Wild Horse Orchestra (WHO) play.' }];
  expect(ranked(2, [], two)).not.toContain(0);
});

test('a person can make two names one, and part them again', () => {
  const texts = [
    { title: 'Acme Rail', text: 'It makes trains.' },
    { title: 'Minutes', text: 'We talked with the Blue Company for an hour.' },
  ];
  const merge = { action: 'merge', from: 'Blue Company', to: 'Acme Rail' } as const;
  expect(ranked(1, [], texts)).toEqual([]);
  expect(ranked(1, [merge], texts)).toEqual([0, 1]);
  expect(ranked(1, [merge, { ...merge, action: 'separate' }], texts)).toEqual([]);
});

test('rows that it does not know are passed over', () => {
  const graph = createPassageGraph(memoryReader(samples));
  expect(graph.rankByGraph([{ row: 9999, score: 1 }], 10)).toEqual([]);
  expect(graph.rankByGraph([], 10)).toEqual([]);
});

test('what another process built is walked without reading the documents', () => {
  const kept: Uint8Array[] = [];
  const reader = memoryReader(samples);
  const seeds = [{ row: 100, score: 1 }];
  const first = createPassageGraph({ ...reader, keepPassageLinks: (_, packed) => void kept.push(packed) });
  const found = first.rankByGraph(seeds, 10);
  expect(kept).toHaveLength(1);
  const second = createPassageGraph({
    ...reader,
    keptPassageLinks: () => kept[0] ?? null,
    readMentions: () => expect.fail('read the documents'),
  });
  expect(second.rankByGraph(seeds, 10)).toEqual(found);
});

test('a graph that changed is built anew', () => {
  let state = 1;
  let reads = 0;
  const reader = memoryReader(samples);
  const graph = createPassageGraph({
    ...reader,
    graphState: () => state,
    readMentions(visit) {
      reads++;
      reader.readMentions(visit);
    },
  });
  const ask = () => graph.rankByGraph([{ row: 100, score: 1 }], 10);
  ask();
  ask();
  expect(reads).toBe(1);
  state++;
  ask();
  expect(reads).toBe(2);
});
