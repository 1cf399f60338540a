import { createHttpEmbedder } from './http/embed-over-http.ts';
import { bearer, type EmbedProtocol } from './http/protocol.ts';
import { inOrder } from './in-order.ts';
import { familyOrDefault } from './model-families.ts';
import { parseShortenedName } from './shortened-name.ts';
import type { Embedder, EmbedderDriver, EmbedderServer, EmbedderSettings } from './types.ts';

/** OpenAI's own address, which answers nobody without a key; a server of one's own may want none. */
const OPENAI = /^https:\/\/api\.openai\.com(\/|$)/;

/**
 * OpenAI's `/embeddings`. At most 2,048 texts and 300,000 tokens a request.
 * Source: https://platform.openai.com/docs/api-reference/embeddings.
 */
const OPENAI_LIMITS = { maxTexts: 256, maxTokens: 200_000 };
/** text-embeddings-inference takes 32 texts, and a server of one's own does no more at a time. */
const OWN_LIMITS = { maxTexts: 32, maxTokens: 16_000 };

/** OpenAI, and every server with its `/embeddings`: llama.cpp, vLLM, LM Studio, text-embeddings-inference. */
export const openaiDriver: EmbedderDriver = {
  provider: 'openai',
  example: 'text-embedding-3-small',
  create: (model, settings) =>
    createOpenaiEmbedder(model, settings, {
      provider: 'openai',
      server: settings.openai,
      addressSetting: 'OPENAI_BASE_URL',
      keyVariable: 'OPENAI_API_KEY',
    }),
};

/** Models of a server that the settings name: `<name>/<model>`. */
export const createServerEmbedder = (
  name: string,
  server: EmbedderServer,
  model: string,
  settings: EmbedderSettings,
): Embedder =>
  createOpenaiEmbedder(model, settings, {
    provider: name,
    server,
    addressSetting: `servers.${name}.baseUrl`,
    keyVariable: `that servers.${name}.apiKeyEnv names`,
  });

function createOpenaiEmbedder(
  name: string,
  settings: EmbedderSettings,
  place: Pick<EmbedProtocol, 'provider' | 'server' | 'addressSetting' | 'keyVariable'>,
): Embedder {
  const family = familyOrDefault(parseShortenedName(name).model);
  const isOpenai = OPENAI.test(place.server.baseUrl);
  return createHttpEmbedder(
    name,
    {
      ...place,
      needsKey: () => isOpenai,
      keyHeaders: bearer,
      path: () => '/embeddings',
      prefix: (role) => family[role],
      body: ({ model, texts, dimensions }) => ({
        model,
        input: texts,
        encoding_format: 'float',
        ...(dimensions === null ? {} : { dimensions }),
      }),
      vectors: (answer) => inOrder(answer.data),
      limits: isOpenai ? OPENAI_LIMITS : OWN_LIMITS,
      concurrency: isOpenai ? 4 : 2,
      hints: {
        notFound: `Check the name "${name}", and that ${place.addressSetting} (${place.server.baseUrl.replace(/\/\/[^/@]*@/, '//')}) is right.`,
        unreachable: `Is the server running? ${place.addressSetting} says where it is.`,
      },
    },
    settings,
  );
}
