import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGenerator } from '../../src/generate/registry.ts';
import { RagError } from '../../src/platform/errors.ts';
import { scriptedGenerator } from '../../src/testing/scripted-generator.ts';
import { type Situation, testGeneratorContract } from '../contract/generator.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { Fault } from '../servers/model-server.ts';
import { makeTinyLanguageModel } from '../support/make-tiny-language-model.ts';
import { accessTo, providersUnderTest } from './providers.ts';
import { testSettings } from './settings.ts';

const SECRET = 'sk-test-wrong-4711';

const faultsOf = (situation: Situation): Fault[] => {
  if (situation.kind === 'breaks') return [{ kind: 'break', afterDeltas: situation.after }];
  if (situation.kind === 'filtered') return [{ kind: 'filtered', afterDeltas: situation.deltas.length }];
  if (situation.kind === 'well') return [];
  if (situation.code === 'MODEL_RATE_LIMITED') return [{ kind: 'status', status: 429 }];
  if (situation.code === 'MODEL_TIMEOUT') return [{ kind: 'silent' }];
  if (situation.code === 'MODEL_FAILED') return [{ kind: 'malformed', afterDeltas: 0 }];
  return [];
};

const replyOf = (situation: Situation): readonly string[] => (situation.kind === 'refuses' ? ['x'] : situation.deltas);

const refusedWith = (situation: Situation): string | null => (situation.kind === 'refuses' ? situation.code : null);

/** Timeouts are the subject of one case only; elsewhere they must not fire on a busy machine. */
const timeoutOf = (code: string | null) => (code === 'MODEL_TIMEOUT' ? 50 : 30_000);

for (const subject of providersUnderTest) {
  testGeneratorContract(subject.provider, async (situation) => {
    const code = refusedWith(situation);
    const server = await subject.start({
      reply: replyOf(situation),
      contextTokens: code === 'MODEL_CONTEXT_TOO_LONG' ? 2 : 4096,
      // Ollama on this machine has no keys.
      ...(subject.keyPlace !== null && { apiKey: code === 'MODEL_AUTH' ? 'another key' : SECRET }),
    });
    if (code === 'MODEL_AUTH' && subject.keyPlace === null) {
      server.fail({ kind: 'status', status: 401, body: '{"error":"unauthorized"}' });
    }
    server.fail(...faultsOf(situation));
    const origin = code === 'MODEL_UNREACHABLE' ? await refusedOrigin() : server.origin;
    const settings = testSettings({
      servers: accessTo(subject, origin, SECRET),
      firstByteTimeoutMs: timeoutOf(code),
    });
    const name = `${subject.provider}/${code === 'MODEL_NOT_FOUND' ? 'nowhere' : subject.model}`;
    return { generator: createGenerator(name, settings), secret: SECRET, dispose: () => server.close() };
  });
}

testGeneratorContract(
  'transformers',
  async (situation) => {
    const folder = mkdtempSync(join(tmpdir(), 'ragstone-language-model-'));
    const code = refusedWith(situation);
    makeTinyLanguageModel(folder, {
      answer: situation.kind === 'breaks' ? situation.deltas.slice(0, situation.after) : replyOf(situation),
      ending: situation.kind === 'breaks' ? 'failure' : code === 'MODEL_TIMEOUT' ? 'silence' : 'end',
      ...(code === 'MODEL_TIMEOUT' && { answer: [] }),
      ...(code === 'MODEL_CONTEXT_TOO_LONG' && { maxLength: 4 }),
      ...(code === 'MODEL_FAILED' && { chatTemplate: null }),
    });
    const settings = testSettings({
      transformers: {
        cacheFolder: join(folder, 'cache'),
        endpoint: await refusedOrigin(),
        offline: code !== 'MODEL_UNREACHABLE',
      },
      firstByteTimeoutMs: timeoutOf(code),
    });
    const isElsewhere = code === 'MODEL_UNREACHABLE' || code === 'MODEL_NOT_FOUND';
    return {
      generator: createGenerator(`transformers/${isElsewhere ? 'owner/nowhere' : folder}`, settings),
      dispose: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
  ['filtered', 'MODEL_AUTH', 'MODEL_RATE_LIMITED'],
);

testGeneratorContract('scripted', async (situation) => ({
  generator: scriptedGenerator(scriptOf(situation)),
  dispose: async () => {},
}));

function scriptOf(situation: Situation): Parameters<typeof scriptedGenerator>[0] {
  const errorOf = (code: RagError['code']) => new RagError(code, { message: 'It broke off.', hint: 'Try again.' });
  switch (situation.kind) {
    case 'well':
      return { deltas: situation.deltas };
    case 'filtered':
      return { deltas: situation.deltas, note: 'A filter stopped the answer.' };
    case 'breaks':
      return { deltas: situation.deltas, failAfter: situation.after, error: errorOf('MODEL_BROKEN_STREAM') };
    case 'refuses':
      return { deltas: [], error: errorOf(situation.code) };
  }
}
