import type { ModelServer as ServerAccess } from '../../src/generate/types.ts';
import { startAnthropicServer } from '../servers/anthropic.ts';
import { startCohereServer } from '../servers/cohere.ts';
import { startDeepseekServer } from '../servers/deepseek.ts';
import { FIREWORKS_MODEL, startFireworksServer } from '../servers/fireworks.ts';
import { startGoogleServer } from '../servers/google.ts';
import { startMistralServer } from '../servers/mistral.ts';
import type { HostedOptions, ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { startOpenaiServer } from '../servers/openai.ts';

/** A provider with the server that speaks its wire format. */
export type ProviderUnderTest = {
  readonly provider: string;
  /** A model that the server has. */
  readonly model: string;
  /** What the address of the provider has after the origin. */
  readonly base: string;
  /** Paths of the requests. */
  readonly chatPath: string;
  /** Where a key is set, as the hint names it; null for what has none. */
  readonly keyPlace: string | null;
  /** The header that carries the key. */
  readonly keyHeader: (key: string) => Readonly<Record<string, string>>;
  start(options?: HostedOptions): Promise<ModelServer>;
};

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Every provider that is reached over HTTP; `lan` is a server of the user's own. */
export const providersUnderTest: readonly ProviderUnderTest[] = [
  {
    provider: 'ollama',
    model: 'llama3.2',
    base: '',
    chatPath: '/api/chat',
    keyPlace: null,
    keyHeader: () => ({}),
    start: startOllamaServer,
  },
  {
    provider: 'openai',
    model: 'small-model',
    base: '/v1',
    chatPath: '/v1/chat/completions',
    keyPlace: 'OPENAI_API_KEY',
    keyHeader: bearer,
    start: startOpenaiServer,
  },
  {
    provider: 'anthropic',
    model: 'claude-small',
    base: '/v1',
    chatPath: '/v1/messages',
    keyPlace: 'ANTHROPIC_API_KEY',
    keyHeader: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
    start: startAnthropicServer,
  },
  {
    provider: 'google',
    model: 'gemini-small',
    base: '/v1beta',
    chatPath: '/v1beta/models/gemini-small:streamGenerateContent?alt=sse',
    keyPlace: 'GOOGLE_API_KEY',
    keyHeader: (key) => ({ 'x-goog-api-key': key }),
    start: startGoogleServer,
  },
  {
    provider: 'mistral',
    model: 'mistral-small',
    base: '/v1',
    chatPath: '/v1/chat/completions',
    keyPlace: 'MISTRAL_API_KEY',
    keyHeader: bearer,
    start: startMistralServer,
  },
  {
    provider: 'deepseek',
    model: 'deepseek-chat',
    base: '',
    chatPath: '/chat/completions',
    keyPlace: 'DEEPSEEK_API_KEY',
    keyHeader: bearer,
    start: startDeepseekServer,
  },
  {
    provider: 'fireworks',
    model: FIREWORKS_MODEL,
    base: '/inference/v1',
    chatPath: '/inference/v1/chat/completions',
    keyPlace: 'FIREWORKS_API_KEY',
    keyHeader: bearer,
    start: startFireworksServer,
  },
  {
    provider: 'cohere',
    model: 'command-small',
    base: '',
    chatPath: '/v2/chat',
    keyPlace: 'COHERE_API_KEY',
    keyHeader: bearer,
    start: startCohereServer,
  },
  {
    provider: 'lan',
    model: 'org/small-model:8b',
    base: '/api/v1',
    chatPath: '/api/v1/chat/completions',
    keyPlace: 'LAN_KEY',
    keyHeader: bearer,
    start: (options) => startOpenaiServer({ models: ['org/small-model:8b'], ...options, base: '/api/v1' }),
  },
];

/** The provider's entry of the settings, for a server at `origin`. */
export const accessTo = (
  { provider, base }: ProviderUnderTest,
  origin: string,
  apiKey?: string,
): Readonly<Record<string, ServerAccess>> => ({
  [provider]: {
    baseUrl: `${origin}${base}`,
    ...(apiKey !== undefined && { apiKey }),
    ...(provider === 'lan' && { apiKeyEnv: 'LAN_KEY' }),
  },
});
