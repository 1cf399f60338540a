import { expect, test } from 'vitest';
import { createEmbedProgress } from '../../../src/app/ingest/embed-progress.ts';

function start() {
  let now = 1_000_000;
  const told: (readonly [done: number, total: number])[] = [];
  const progress = createEmbedProgress({ now: () => now }, (done, total) => void told.push([done, total]));
  const after = (ms: number, texts: number): void => {
    now += ms;
    progress.embedded(texts);
  };
  return { progress, told, after };
}

test('a model that is quick is not told of', () => {
  const { progress, told, after } = start();
  progress.begin(100);
  after(300, 100);
  progress.begin(100);
  after(300, 100);
  expect(told).toEqual([]);
});

test('what is not read yet is estimated from what is, and the total is right in the end', () => {
  const { progress, told, after } = start();
  progress.expectDocuments(10);
  for (let i = 0; i < 5; i++) progress.documentRead();
  progress.begin(40);
  after(600, 8);
  after(10, 8);
  after(300, 24);
  for (let i = 0; i < 5; i++) progress.documentRead();
  progress.begin(30);
  after(600, 30);
  expect(told).toEqual([
    [8, 80],
    [40, 80],
    [70, 70],
  ]);
});
