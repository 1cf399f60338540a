import { afterEach, expect, test } from 'vitest';
import type { GenerateEvent, Generator } from '../../src/generate/types.ts';
import { isRagError, type RagErrorCode } from '../../src/platform/errors.ts';

/** What the world does to the generator under test. */
export type Situation =
  | { readonly kind: 'well'; readonly deltas: readonly string[] }
  /** A filter of the provider, or the model itself, stops the answer after its text. */
  | { readonly kind: 'filtered'; readonly deltas: readonly string[] }
  | { readonly kind: 'breaks'; readonly deltas: readonly string[]; readonly after: number }
  | { readonly kind: 'refuses'; readonly code: RefusalCode };

export type RefusalCode = Extract<
  RagErrorCode,
  | 'MODEL_AUTH'
  | 'MODEL_NOT_FOUND'
  | 'MODEL_UNREACHABLE'
  | 'MODEL_RATE_LIMITED'
  | 'MODEL_CONTEXT_TOO_LONG'
  | 'MODEL_TIMEOUT'
  | 'MODEL_FAILED'
>;

/** One driver, brought into the situation. `secret` must appear in no error. */
export type Subject = { readonly generator: Generator; readonly secret?: string; dispose(): Promise<void> };

const REFUSALS: readonly RefusalCode[] = [
  'MODEL_AUTH',
  'MODEL_NOT_FOUND',
  'MODEL_UNREACHABLE',
  'MODEL_RATE_LIMITED',
  'MODEL_CONTEXT_TOO_LONG',
  'MODEL_TIMEOUT',
  'MODEL_FAILED',
];

const REQUEST = { system: 'Be brief.', messages: [{ role: 'user' as const, content: 'What is the answer?' }] };

/** Every generator, real or fake, keeps these. */
export function testGeneratorContract(
  name: string,
  subjectOf: (situation: Situation) => Promise<Subject>,
  /** What cannot happen to it: a model on this machine has no keys. */
  impossible: readonly (Situation['kind'] | RefusalCode)[] = [],
): void {
  let subject: Subject | null = null;
  const enter = async (situation: Situation): Promise<Subject> => {
    subject = await subjectOf(situation);
    return subject;
  };
  afterEach(async () => {
    await subject?.dispose();
    subject = null;
  });

  test(`${name}: its name is provider/model`, async () => {
    const { generator } = await enter({ kind: 'well', deltas: ['a'] });
    expect(generator.name).toMatch(/^[a-z]+\/.+/);
  });

  test(`${name}: streams the deltas in order and ends with one finish that counts tokens`, async () => {
    const deltas = ['Grüße, ', '東京 ', '👩‍🚀', '\n\n[1].'];
    const { generator } = await enter({ kind: 'well', deltas });
    const events = await collect(generator.generate(REQUEST));
    expect(textOf(events)).toBe(deltas.join(''));
    expect(events.filter((event) => event.type === 'finish')).toHaveLength(1);
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'finish', reason: 'stop' });
    expect(last?.type === 'finish' && last.usage.outputTokens).toBe(deltas.length);
    expect(last?.type === 'finish' && last.usage.inputTokens).toBeGreaterThan(0);
  });

  test.skipIf(impossible.includes('filtered'))(
    `${name}: an answer that a filter stops ends with a note that says so`,
    async () => {
      const { generator } = await enter({ kind: 'filtered', deltas: ['one ', 'two'] });
      const events = await collect(generator.generate(REQUEST));
      expect(textOf(events)).toBe('one two');
      expect(events.at(-1)).toMatchObject({
        type: 'finish',
        reason: 'other',
        note: expect.stringMatching(/^[A-Z"].+\.$/s),
      });
    },
  );

  test(`${name}: a stream that breaks off has yielded its text and then throws MODEL_BROKEN_STREAM`, async () => {
    const { generator } = await enter({ kind: 'breaks', deltas: ['one ', 'two ', 'three'], after: 2 });
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    expect(textOf(events)).toBe('one two ');
    expect(error).toMatchObject({ code: 'MODEL_BROKEN_STREAM' });
  });

  test(`${name}: a stream that breaks off after its first delta leaves that delta`, async () => {
    const { generator } = await enter({ kind: 'breaks', deltas: ['one ', 'two '], after: 1 });
    const { events, error } = await collectUntilError(generator.generate(REQUEST));
    expect(textOf(events)).toBe('one ');
    expect(error).toMatchObject({ code: 'MODEL_BROKEN_STREAM' });
  });

  test.each(REFUSALS.filter((code) => !impossible.includes(code)))(
    `${name}: %s comes before any text, with a hint and without a key`,
    async (code) => {
      const { generator, secret } = await enter({ kind: 'refuses', code });
      const { events, error } = await collectUntilError(generator.generate(REQUEST));
      expect(events).toEqual([]);
      expect(isRagError(error) && error.code).toBe(code);
      if (!isRagError(error)) return;
      expect(error.message.length).toBeGreaterThan(10);
      expect(error.hint).toBeTruthy();
      if (secret) expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)}`).not.toContain(secret);
    },
  );

  test(`${name}: a signal that has fired throws ABORTED before anything is asked`, async () => {
    const { generator } = await enter({ kind: 'well', deltas: ['a'] });
    const { events, error } = await collectUntilError(generator.generate(REQUEST, AbortSignal.abort()));
    expect(events).toEqual([]);
    expect(error).toMatchObject({ code: 'ABORTED' });
  });

  test(`${name}: a signal that fires between two deltas ends the stream with ABORTED`, async () => {
    const { generator } = await enter({ kind: 'well', deltas: ['one', 'two', 'three', 'four'] });
    const controller = new AbortController();
    const seen: GenerateEvent[] = [];
    const run = async () => {
      for await (const event of generator.generate(REQUEST, controller.signal)) {
        seen.push(event);
        controller.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(seen.length).toBeLessThan(4);
  });

  test(`${name}: may be left early and asked again`, async () => {
    const { generator } = await enter({ kind: 'well', deltas: ['one ', 'two ', 'three'] });
    for await (const event of generator.generate(REQUEST)) {
      expect(event).toEqual({ type: 'text-delta', text: 'one ' });
      break;
    }
    expect(textOf(await collect(generator.generate(REQUEST)))).toBe('one two three');
  });
}

export async function collect(events: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const result: GenerateEvent[] = [];
  for await (const event of events) result.push(event);
  return result;
}

export async function collectUntilError(
  events: AsyncIterable<GenerateEvent>,
): Promise<{ events: GenerateEvent[]; error: unknown }> {
  const seen: GenerateEvent[] = [];
  try {
    for await (const event of events) seen.push(event);
  } catch (error) {
    return { events: seen, error };
  }
  return { events: seen, error: null };
}

export const textOf = (events: readonly GenerateEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
