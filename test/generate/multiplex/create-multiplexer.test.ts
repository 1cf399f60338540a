import { describe, expect, test } from 'vitest';
import { memoryCircuits } from '../../../src/generate/multiplex/circuit.ts';
import { createGate } from '../../../src/generate/multiplex/gate.ts';
import type { GenerateEvent } from '../../../src/generate/types.ts';
import { isRagError } from '../../../src/platform/errors.ts';
import { collect, collectUntilError, textOf } from '../../contract/generator.ts';
import { actor, type Behaviour, manualTime, multiplexerOf, REQUEST, settle } from './members.ts';

const answers = (...deltas: string[]): Behaviour => ({ kind: 'answers', deltas });
const refused: Behaviour = { kind: 'fails', code: 'MODEL_UNREACHABLE' };
const failovers = (events: readonly GenerateEvent[]) => events.filter((event) => event.type === 'failover');

describe('order', () => {
  test('the first model answers when it can, and no other is asked', async () => {
    const [a, b] = [actor('one/a', answers('A')), actor('two/b', answers('B'))];
    const events = await collect(multiplexerOf([a.member, b.member]).generate(REQUEST));
    expect(events).toEqual([
      { type: 'text-delta', text: 'A' },
      { type: 'finish', reason: 'stop', usage: { inputTokens: 10, outputTokens: 1 }, model: 'one/a' },
    ]);
    expect(b.state.calls).toBe(0);
  });

  test('a model that refuses is followed by the next, and the answer says which and why', async () => {
    const [a, b] = [actor('one/a', refused), actor('two/b', answers('B'))];
    const events = await collect(multiplexerOf([a.member, b.member]).generate(REQUEST));
    expect(events[0]).toEqual({
      type: 'failover',
      from: 'one/a',
      to: 'two/b',
      reason: 'one/a failed with MODEL_UNREACHABLE',
    });
    expect(events.at(-1)).toMatchObject({ type: 'finish', model: 'two/b' });
    expect(textOf(events)).toBe('B');
  });

  test.each(['MODEL_AUTH', 'MODEL_NOT_FOUND', 'MODEL_CONTEXT_TOO_LONG', 'BUDGET_EXCEEDED', 'OFFLINE'] as const)(
    '%s moves on as well, and is told',
    async (code) => {
      const members = [actor('one/a', { kind: 'fails', code }), actor('two/b', answers('B'))];
      const events = await collect(multiplexerOf(members.map(({ member }) => member)).generate(REQUEST));
      expect(failovers(events)).toMatchObject([{ from: 'one/a', reason: expect.stringContaining(code) }]);
    },
  );

  test('what is no fault of a model is thrown at once', async () => {
    const [a, b] = [actor('one/a', { kind: 'fails', code: 'INTERNAL' }), actor('two/b', answers('B'))];
    const { error } = await collectUntilError(multiplexerOf([a.member, b.member]).generate(REQUEST));
    expect(error).toMatchObject({ code: 'INTERNAL' });
    expect(b.state.calls).toBe(0);
  });

  test('when none answers, the error tells what each said, with the code of the first', async () => {
    const members = [actor('one/a', refused), actor('two/b', { kind: 'fails', code: 'MODEL_AUTH' })];
    const { events, error } = await collectUntilError(
      multiplexerOf(members.map(({ member }) => member)).generate(REQUEST),
    );
    expect(events).toEqual([]);
    expect(error).toMatchObject({ code: 'MODEL_UNREACHABLE', hint: 'Mend one/a.' });
    expect(String(error)).toMatch(/one\/a: .*MODEL_UNREACHABLE.*two\/b: .*MODEL_AUTH/);
  });

  test('the error of a single model is its own', async () => {
    const { error } = await collectUntilError(multiplexerOf([actor('one/a', refused).member]).generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_UNREACHABLE', message: 'one/a failed with MODEL_UNREACHABLE.' });
  });
});

describe('time', () => {
  test('a silent model is left after firstTokenMs, and its call is ended', async () => {
    const time = manualTime();
    const [a, b] = [actor('one/a', { kind: 'silent' }), actor('two/b', answers('B'))];
    const events = collect(multiplexerOf([a.member, b.member], { time }).generate(REQUEST));
    await settle();
    expect(time.waits()).toEqual([5000, 60_000]);
    time.advance(4999);
    await settle();
    expect(b.state.calls).toBe(0);
    time.advance(1);
    expect(textOf(await events)).toBe('B');
    await settle();
    expect(a.state.running).toBe(0);
  });

  test('the last model is left its own time', async () => {
    const time = manualTime();
    const a = actor('one/a', { kind: 'silent' });
    const events = collectUntilError(multiplexerOf([a.member], { time }).generate(REQUEST));
    await settle();
    expect(time.waits()).toEqual([60_000]);
    time.advance(60_000);
    expect((await events).error).toMatchObject({ code: 'MODEL_TIMEOUT', message: expect.stringContaining('60 s') });
  });

  test('a deadline in the middle of an answer ends it', async () => {
    const time = manualTime();
    const a = actor('one/a', { kind: 'silent', after: ['Half '] });
    const b = actor('two/b', answers('B'));
    const events = collectUntilError(multiplexerOf([a.member, b.member], { time }).generate(REQUEST));
    await settle();
    time.advance(60_000);
    const { events: seen, error } = await events;
    expect(textOf(seen)).toBe('Half ');
    expect(error).toMatchObject({ code: 'MODEL_TIMEOUT' });
    expect(b.state.calls).toBe(0);
  });

  test('a deadline that passes while a call waits for its turn is no failure of the provider', async () => {
    const time = manualTime();
    const circuits = memoryCircuits();
    const gate = createGate({ maxConcurrent: 1, requestsPerMinute: 0, ...time });
    await gate.enter(new AbortController().signal);
    const a = actor('one/a', answers('A'));
    const call = multiplexerOf([a.member], { time, circuits, gateOf: () => gate }).generate(REQUEST);
    const ended = collectUntilError(call);
    await settle();
    time.advance(60_000);
    expect((await ended).error).toMatchObject({ code: 'MODEL_TIMEOUT' });
    expect(a.state.calls).toBe(0);
    expect(circuits.circuit('one')).toBeNull();
  });

  test('nothing is waited for after the answer', async () => {
    const time = manualTime();
    await collect(multiplexerOf([actor('one/a', answers('A')).member], { time }).generate(REQUEST));
    expect(time.waits()).toEqual([]);
  });

  test('interrupting ends the call and asks no other', async () => {
    const controller = new AbortController();
    const [a, b] = [actor('one/a', { kind: 'silent' }), actor('two/b', answers('B'))];
    const events = collectUntilError(multiplexerOf([a.member, b.member]).generate(REQUEST, controller.signal));
    await settle();
    controller.abort();
    expect((await events).error).toMatchObject({ code: 'ABORTED' });
    expect([a.state.running, b.state.calls]).toEqual([0, 0]);
  });
});

describe('circuits', () => {
  const ask = async (members: readonly { member: ReturnType<typeof actor>['member'] }[], options: object) =>
    collect(
      multiplexerOf(
        members.map(({ member }) => member),
        options,
      ).generate(REQUEST),
    );

  test('after five failures a provider is not asked for 30 seconds, then once, and again when that works', async () => {
    const [time, circuits] = [manualTime(), memoryCircuits()];
    const [a, b] = [actor('one/a', refused), actor('two/b', answers('B'))];
    for (let i = 0; i < 5; i++) await ask([a, b], { time, circuits });
    expect(a.state.calls).toBe(5);

    const events = await ask([a, b], { time, circuits });
    expect(a.state.calls).toBe(5);
    expect(failovers(events)).toMatchObject([{ from: 'one/a', reason: expect.stringContaining('left alone') }]);
    time.advance(29_999);
    await ask([a, b], { time, circuits });
    expect(a.state.calls).toBe(5);

    time.advance(1);
    await ask([a, b], { time, circuits });
    expect(a.state.calls).toBe(6);
    await ask([a, b], { time, circuits });
    expect(a.state.calls).toBe(6);

    a.state.behaviour = answers('A');
    time.advance(30_000);
    expect(textOf(await ask([a, b], { time, circuits }))).toBe('A');
    expect(textOf(await ask([a, b], { time, circuits }))).toBe('A');
    expect(circuits.circuit('one')).toBeNull();
  });

  test('models of one provider share its circuit', async () => {
    const circuits = memoryCircuits();
    const [a, other, b] = [actor('one/a', refused), actor('one/other', refused), actor('two/b', answers('B'))];
    for (let i = 0; i < 3; i++) await ask([a, other, b], { circuits });
    await ask([a, other, b], { circuits });
    expect([a.state.calls, other.state.calls]).toEqual([3, 3]);
  });

  test('wrong keys, unknown models, long prompts and empty purses do not open it', async () => {
    for (const code of ['MODEL_AUTH', 'MODEL_NOT_FOUND', 'MODEL_CONTEXT_TOO_LONG', 'BUDGET_EXCEEDED'] as const) {
      const circuits = memoryCircuits();
      const [a, b] = [actor('one/a', { kind: 'fails', code }), actor('two/b', answers('B'))];
      for (let i = 0; i < 6; i++) await ask([a, b], { circuits });
      expect(a.state.calls, code).toBe(6);
    }
  });

  test('a status of the 400s does not open it, one of the 500s does', async () => {
    for (const [status, calls] of [
      [400, 6],
      [503, 5],
    ]) {
      const circuits = memoryCircuits();
      const [a, b] = [actor('one/a', { kind: 'fails', code: 'MODEL_FAILED', status }), actor('two/b', answers('B'))];
      for (let i = 0; i < 6; i++) await ask([a, b], { circuits });
      expect(a.state.calls).toBe(calls);
    }
  });

  test('where every circuit is open the models are asked all the same', async () => {
    const circuits = memoryCircuits();
    const a = actor('one/a', refused);
    for (let i = 0; i < 6; i++) await collectUntilError(multiplexerOf([a.member], { circuits }).generate(REQUEST));
    a.state.behaviour = answers('A');
    expect(textOf(await ask([a], { circuits }))).toBe('A');
  });

  test('with an answer of last resort an open circuit is left alone, and no model is waited for', async () => {
    const [circuits, time] = [memoryCircuits(), manualTime()];
    const a = actor('one/a', refused);
    const generator = multiplexerOf([a.member], { circuits, time, hasLastResort: true });
    for (let i = 0; i < 5; i++) await collectUntilError(generator.generate(REQUEST));
    const { error } = await collectUntilError(generator.generate(REQUEST));
    expect(error).toMatchObject({ code: 'MODEL_UNREACHABLE', details: { circuit: 'open' } });
    expect(a.state.calls).toBe(5);

    a.state.behaviour = { kind: 'silent' };
    time.advance(30_000);
    const late = collectUntilError(generator.generate(REQUEST));
    await settle();
    time.advance(5000);
    expect((await late).error).toMatchObject({ code: 'MODEL_TIMEOUT' });
  });

  test('one of several calls tries a half-open circuit', async () => {
    const [circuits, time] = [memoryCircuits(), manualTime()];
    const [a, b] = [actor('one/a', refused), actor('two/b', answers('B'))];
    for (let i = 0; i < 5; i++) await ask([a, b], { time, circuits });
    time.advance(30_000);
    await Promise.all([1, 2, 3].map(() => ask([a, b], { time, circuits })));
    expect(a.state.calls).toBe(6);
  });
});

const everyBehaviour: readonly Behaviour[] = [
  answers('.', '.'),
  answers(),
  refused,
  { kind: 'fails', code: 'MODEL_AUTH' },
  { kind: 'fails', code: 'MODEL_BROKEN_STREAM', after: ['.'] },
];

/** All sequences of behaviours of a length. */
const sequences = (length: number): Behaviour[][] =>
  length === 0 ? [[]] : sequences(length - 1).flatMap((rest) => everyBehaviour.map((each) => [...rest, each]));

test('whatever the models do, the text is of one of them, and those before it failed without a word', async () => {
  for (const behaviours of [1, 2, 3, 4].flatMap(sequences)) {
    const actors = behaviours.map((each, i) => {
      const marked = (texts: readonly string[]) => texts.map(() => String(i));
      return actor(
        `p${i}/m`,
        each.kind === 'answers'
          ? { ...each, deltas: marked(each.deltas) }
          : { ...each, after: marked(each.after ?? []) },
      );
    });
    const generator = multiplexerOf(actors.map(({ member }) => member));
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    const writers = new Set(textOf(events));
    const first = behaviours.findIndex((each) => each.kind === 'answers' || (each.after ?? []).length > 0);
    expect([...writers].every((writer) => Number(writer) === first)).toBe(true);
    expect(actors.map(({ state }) => state.calls)).toEqual(behaviours.map((_, i) => (first < 0 || i <= first ? 1 : 0)));
    expect(actors.every(({ state }) => state.running === 0)).toBe(true);
    expect(failovers(events)).toHaveLength(Math.max(0, first));
    expect(isRagError(error)).toBe(behaviours[first]?.kind !== 'answers');
  }
});
