import { createHttpEmbedder } from './http/embed-over-http.ts';
import { bearer } from './http/protocol.ts';
import { familyOrDefault } from './model-families.ts';
import { parseShortenedName } from './shortened-name.ts';
import type { EmbedderDriver } from './types.ts';

/**
 * Models on an Ollama server, by `/api/embed`: `ollama/<name>[:<tag>]`. Texts above the model's context are cut here and
 * not by the server, which says nothing of it. How long the model stays in memory is left to the server's own setting.
 * Source: https://docs.ollama.com/api/embed.
 */
export const ollamaDriver: EmbedderDriver = {
  provider: 'ollama',
  example: 'nomic-embed-text',
  create(name, settings) {
    const { model } = parseShortenedName(name);
    const family = familyOrDefault(model);
    return createHttpEmbedder(
      name,
      {
        provider: 'ollama',
        server: { baseUrl: settings.ollamaHost },
        addressSetting: 'OLLAMA_HOST',
        keyVariable: 'OLLAMA_API_KEY',
        defaultPort: 11_434,
        needsKey: () => false,
        keyHeaders: bearer,
        path: () => '/api/embed',
        prefix: (role) => family[role],
        body: ({ texts, dimensions }) => ({
          model,
          input: texts,
          truncate: false,
          ...(dimensions === null ? {} : { dimensions }),
        }),
        vectors: (answer) => answer.embeddings,
        limits: { maxTexts: 32, maxTokens: 16_000 },
        concurrency: 2,
        hints: {
          auth: 'Sign in with `ollama signin`, or set OLLAMA_HOST to a server that asks for no key.',
          notFound: `Run \`ollama pull ${model}\`, or list what is there with \`ollama list\`.`,
          unreachable: 'Is `ollama serve` running? Set OLLAMA_HOST if it is elsewhere.',
        },
      },
      settings,
    );
  },
};
