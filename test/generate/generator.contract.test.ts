import { createGenerator } from '../../src/generate/registry.ts';
import { RagError } from '../../src/platform/errors.ts';
import { scriptedGenerator } from '../../src/testing/scripted-generator.ts';
import { type Situation, type Subject, testGeneratorContract } from '../contract/generator.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { Fault, ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { testSettings } from './settings.ts';

const SECRET = 'sk-test-wrong-4711';

const faultsOf = (situation: Situation): Fault[] => {
  if (situation.kind === 'breaks') return [{ kind: 'break', afterDeltas: situation.after }];
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

async function subjectOn(server: ModelServer, situation: Situation, name: string): Promise<Subject> {
  const code = refusedWith(situation);
  server.fail(...faultsOf(situation));
  const origin = code === 'MODEL_UNREACHABLE' ? await refusedOrigin() : server.origin;
  const settings = testSettings({
    servers: { ollama: { baseUrl: origin }, openai: { baseUrl: `${origin}/v1`, apiKey: SECRET } },
    firstByteTimeoutMs: timeoutOf(code),
  });
  return { generator: createGenerator(name, settings), secret: SECRET, dispose: () => server.close() };
}

testGeneratorContract('ollama', async (situation) => {
  const code = refusedWith(situation);
  const server = await startOllamaServer({
    reply: replyOf(situation),
    contextTokens: code === 'MODEL_CONTEXT_TOO_LONG' ? 2 : 4096,
  });
  if (code === 'MODEL_AUTH') server.fail({ kind: 'status', status: 401, body: '{"error":"unauthorized"}' });
  return subjectOn(server, situation, code === 'MODEL_NOT_FOUND' ? 'ollama/nowhere' : 'ollama/llama3.2');
});

testGeneratorContract('openai', async (situation) => {
  const code = refusedWith(situation);
  const server = await startOpenaiServer({
    reply: replyOf(situation),
    apiKey: code === 'MODEL_AUTH' ? 'another key' : SECRET,
    contextTokens: code === 'MODEL_CONTEXT_TOO_LONG' ? 2 : 4096,
  });
  return subjectOn(server, situation, code === 'MODEL_NOT_FOUND' ? 'openai/nowhere' : 'openai/small-model');
});

testGeneratorContract('scripted', async (situation) => {
  const script =
    situation.kind === 'well'
      ? { deltas: situation.deltas }
      : situation.kind === 'breaks'
        ? {
            deltas: situation.deltas,
            failAfter: situation.after,
            error: new RagError('MODEL_BROKEN_STREAM', { message: 'It broke off.', hint: 'Try again.' }),
          }
        : { deltas: [], error: new RagError(situation.code, { message: 'It was refused.', hint: 'Try again.' }) };
  return { generator: scriptedGenerator(script), dispose: async () => {} };
});
