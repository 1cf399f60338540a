import { generatorFor } from '../../src/app/generator-for.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { type Situation, testGeneratorContract } from '../contract/generator.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { Fault } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { openTemporaryStore } from '../store/temporary-store.ts';

const SECRET = 'sk-test-wrong-4711';

const faultsOf = (situation: Situation): Fault[] => {
  if (situation.kind === 'breaks') return [{ kind: 'break', afterDeltas: situation.after }];
  if (situation.kind === 'filtered') return [{ kind: 'filtered', afterDeltas: situation.deltas.length }];
  if (situation.kind === 'well') return [];
  if (situation.code === 'MODEL_RATE_LIMITED') return [{ kind: 'status', status: 429 }];
  if (situation.code === 'MODEL_TIMEOUT') return [{ kind: 'silent' }];
  return situation.code === 'MODEL_FAILED' ? [{ kind: 'malformed', afterDeltas: 0 }] : [];
};

// A model as the program asks it: with its meter and its circuit, one of a list of one.
testGeneratorContract('multiplexed', async (situation) => {
  const code = situation.kind === 'refuses' ? situation.code : null;
  const server = await startOpenaiServer({
    reply: situation.kind === 'refuses' ? ['x'] : situation.deltas,
    contextTokens: code === 'MODEL_CONTEXT_TOO_LONG' ? 2 : 4096,
    apiKey: code === 'MODEL_AUTH' ? 'another key' : SECRET,
  });
  server.fail(...faultsOf(situation));
  const origin = code === 'MODEL_UNREACHABLE' ? await refusedOrigin() : server.origin;
  const settings = {
    ...defaultSettings,
    openai: { baseUrl: `${origin}/v1`, apiKey: SECRET },
    // Timeouts are the subject of one case only; elsewhere they must not fire on a busy machine.
    generate: {
      ...defaultSettings.generate,
      maxRetries: 0,
      firstByteTimeoutMs: code === 'MODEL_TIMEOUT' ? 100 : 30_000,
    },
  };
  const name = code === 'MODEL_NOT_FOUND' ? 'openai/nowhere' : 'openai/small-model';
  const context = { settings, runtime: { fetch: globalThis.fetch }, store: openTemporaryStore() };
  const generator = generatorFor(name, context, 'ask', { cache: true });
  if (!generator) throw new Error('There is a model.');
  return { generator, secret: SECRET, dispose: () => server.close() };
});
