import { expect, test } from 'vitest';
import { createGate } from '../../../src/generate/multiplex/gate.ts';
import { manualTime, settle } from './members.ts';

const never = () => new AbortController().signal;

test('never more than the limit are under way, and all get their turn', async () => {
  for (const limit of [1, 2, 3, 5]) {
    for (const calls of [1, 2, 5, 12]) {
      const gate = createGate({ maxConcurrent: limit, requestsPerMinute: 0, ...manualTime() });
      let [running, most, done] = [0, 0, 0];
      await Promise.all(
        Array.from({ length: calls }, async () => {
          const leave = await gate.enter(never());
          most = Math.max(most, ++running);
          await settle();
          running--;
          done++;
          leave();
        }),
      );
      expect([most, done]).toEqual([Math.min(limit, calls), calls]);
    }
  }
});

test('no more begin within any minute than are allowed', async () => {
  const time = manualTime();
  const gate = createGate({ maxConcurrent: 10, requestsPerMinute: 2, ...time });
  let begun = 0;
  for (let i = 0; i < 5; i++) {
    void gate.enter(never()).then((leave) => {
      begun++;
      leave();
    });
  }
  await settle();
  expect(begun).toBe(2);
  time.advance(59_999);
  await settle();
  expect(begun).toBe(2);
  time.advance(1);
  await settle();
  expect(begun).toBe(4);
  time.advance(60_000);
  await settle();
  expect(begun).toBe(5);
});

test('calls that another process began count as well', async () => {
  const time = manualTime();
  const elsewhere = [time.clock.now() - 30_000, time.clock.now() - 10_000];
  const beganSince = (since: number) => elsewhere.filter((at) => at >= since);
  const gate = createGate({ maxConcurrent: 10, requestsPerMinute: 2, beganSince, ...time });
  let begun = 0;
  void gate.enter(never()).then(() => begun++);
  await settle();
  expect([begun, ...time.waits()]).toEqual([0, 30_000]);
  time.advance(30_000);
  await settle();
  expect(begun).toBe(1);
});

test('who is interrupted while waiting gives up its place', async () => {
  const gate = createGate({ maxConcurrent: 1, requestsPerMinute: 0, ...manualTime() });
  const leave = await gate.enter(never());
  const controller = new AbortController();
  const interrupted = gate.enter(controller.signal);
  const next = gate.enter(never());
  controller.abort();
  await expect(interrupted).rejects.toMatchObject({ code: 'ABORTED' });
  leave();
  (await next)();
});
