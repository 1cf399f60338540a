import { expect, test } from 'vitest';
import { createBurst } from '../../../src/app/watch/burst.ts';

function start() {
  let now = 1_000_000;
  const burst = createBurst(() => now);
  return {
    burst,
    at: (ms: number): void => {
      now = 1_000_000 + ms;
    },
    dueIn: () => (burst.dueAt() === null ? null : burst.dueAt()! - 1_000_000),
  };
}

test('nothing is due where nothing happened', () => {
  const { burst } = start();
  expect(burst.dueAt()).toBeNull();
});

test('each touch moves the end, up to a second after the first', () => {
  const { burst, at, dueIn } = start();
  burst.touch('a');
  expect(dueIn()).toBe(150);
  at(100);
  burst.touch('b');
  expect(dueIn()).toBe(250);
  for (let ms = 200; ms <= 3000; ms += 100) {
    at(ms);
    burst.touch('log');
  }
  expect(dueIn()).toBe(1000);
});

test('a path that is touched often is there once, and taking begins anew', () => {
  const { burst, at, dueIn } = start();
  burst.touch('a');
  burst.touch('b');
  at(40);
  burst.touch('a');
  expect(burst.take()).toEqual({ paths: ['a', 'b'], lastAt: 1_000_040 });
  expect(burst.dueAt()).toBeNull();
  at(5000);
  burst.touch('c');
  expect(dueIn()).toBe(5150);
  expect(burst.take().paths).toEqual(['c']);
});

test('past so many paths, or where no path tells, all is to be looked at', () => {
  const { burst } = start();
  for (let i = 0; i < 500; i++) burst.touch(`${i}`);
  expect(burst.take().paths).toHaveLength(500);
  for (let i = 0; i < 501; i++) burst.touch(`${i}`);
  expect(burst.take().paths).toBeNull();
  burst.touch('a');
  burst.touchAll();
  expect(burst.take().paths).toBeNull();
});
