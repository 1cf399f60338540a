import { expect, test } from 'vitest';
import { fitParameters, type Settings } from '../../src/evaluate/fit-parameters.ts';

const axes = [
  { name: 'x', values: [0, 1, 2, 3] },
  { name: 'y', values: [0, 1, 2, 3] },
];

test('finds the best setting of a smooth score, also where axes depend on each other', async () => {
  const score = async ({ x = 0, y = 0 }: Settings<number>) => 1 - (x - 2) ** 2 / 10 - (y - x) ** 2 / 20;
  const fit = await fitParameters({ x: 0, y: 0 }, axes, score);
  expect(fit).toMatchObject({ best: { x: 2, y: 2 }, bestScore: 1, startScore: 0.6 });
});

test('tries no setting twice, and keeps the start where nothing is better by more than noise', async () => {
  const seen: string[] = [];
  const fit = await fitParameters({ x: 1, y: 1, other: 9 }, axes, async (settings) => {
    seen.push(JSON.stringify(settings));
    return 0.5 + (settings.x as number) / 100_000;
  });
  expect(fit.best).toEqual({ x: 1, y: 1, other: 9 });
  expect(new Set(seen).size).toBe(seen.length);
  expect(fit.tried).toBe(seen.length);
});

test('never ends below the start', async () => {
  let call = 0;
  const noise = [0.5, 0.1, 0.9, 0.3, 0.7, 0.2, 0.6, 0.4];
  const fit = await fitParameters({ x: 3, y: 3 }, axes, async () => noise[call++ % noise.length] as number);
  expect(fit.bestScore).toBeGreaterThanOrEqual(fit.startScore);
});
