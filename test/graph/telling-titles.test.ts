import { expect, test } from 'vitest';
import { createPassageGraph } from '../../src/graph/passage-graph.ts';
import { memoryReader } from './memory-reader.ts';

/** A document of a title, one that is found first, and others that say the title as well. */
const found = (others: number): number[] => {
  const says = 'Here Automatic Indexing is treated at length.';
  const samples = [
    { title: 'Automatic Indexing', text: 'On machines that read.' },
    { title: 'Seed', text: says },
    ...Array.from({ length: others }, (_, i) => ({ title: `Paper ${i}`, text: says })),
  ];
  return createPassageGraph(memoryReader(samples))
    .rankByGraph([{ row: 101, score: 1 }], 100)
    .map(({ row }) => row - 100);
};

test('a title that few passages say leads to its document', () => expect(found(2)).toContain(0));

test('a title that many passages say leads nowhere', () => expect(found(20)).toEqual([]));
