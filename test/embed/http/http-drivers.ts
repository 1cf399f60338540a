import { createEmbedder } from '../../../src/embed/registry.ts';
import type { Embedder, EmbedderSettings } from '../../../src/embed/types.ts';
import { cohereWire } from '../../servers/embed/cohere.ts';
import type { EmbedBody, EmbedWire } from '../../servers/embed/embed-server.ts';
import { googleWire } from '../../servers/embed/google.ts';
import { llamaCppWire } from '../../servers/embed/llama-cpp.ts';
import { mistralWire } from '../../servers/embed/mistral.ts';
import { ollamaWire } from '../../servers/embed/ollama.ts';
import { openaiWire } from '../../servers/embed/openai.ts';
import { textEmbeddingsInferenceWire } from '../../servers/embed/text-embeddings-inference.ts';
import { voyageWire } from '../../servers/embed/voyage.ts';
import { testSettings } from '../settings.ts';

export const KEY = 'secret-key-of-the-test-4711';

export type HttpDriverCase = {
  readonly wire: EmbedWire;
  readonly provider: string;
  readonly model: string;
  readonly settings: (origin: string, apiKey: string | undefined) => Partial<EmbedderSettings>;
  /** What one request says of the role of its texts. */
  readonly role: (body: EmbedBody) => unknown;
  readonly roles: { readonly query: unknown; readonly passage: unknown };
  /** False where a server of one's own has no key. */
  readonly hasKey?: boolean;
};

const firstWords = (field: string) => (body: EmbedBody) => /^\S+: /.exec((body[field] as string[])[0] ?? '')?.[0];

const openaiLike = (wire: EmbedWire): HttpDriverCase => ({
  wire,
  provider: 'openai',
  model: 'multilingual-e5-small',
  settings: (origin, apiKey) => ({ openai: { baseUrl: `${origin}/v1`, apiKey } }),
  role: firstWords('input'),
  roles: { query: 'query: ', passage: 'passage: ' },
});

export const HTTP_DRIVERS: readonly HttpDriverCase[] = [
  openaiLike(openaiWire),
  openaiLike(textEmbeddingsInferenceWire),
  openaiLike(llamaCppWire),
  {
    wire: { ...openaiWire, name: 'a server of the settings' },
    provider: 'office',
    model: 'nomic-embed-text-v1.5',
    settings: (origin, apiKey) => ({ servers: { office: { baseUrl: `${origin}/v1`, apiKey } } }),
    role: firstWords('input'),
    roles: { query: 'search_query: ', passage: 'search_document: ' },
  },
  {
    wire: ollamaWire,
    provider: 'ollama',
    model: 'nomic-embed-text',
    settings: (origin) => ({ ollamaHost: origin }),
    role: firstWords('input'),
    roles: { query: 'search_query: ', passage: 'search_document: ' },
    hasKey: false,
  },
  {
    wire: googleWire,
    provider: 'google',
    model: 'gemini-embedding-001',
    settings: (origin, apiKey) => ({ google: { baseUrl: `${origin}/v1beta`, apiKey } }),
    role: ({ requests }) => (requests as { taskType: string }[])[0]?.taskType,
    roles: { query: 'RETRIEVAL_QUERY', passage: 'RETRIEVAL_DOCUMENT' },
  },
  {
    wire: mistralWire,
    provider: 'mistral',
    model: 'mistral-embed',
    settings: (origin, apiKey) => ({ mistral: { baseUrl: `${origin}/v1`, apiKey } }),
    role: firstWords('input'),
    roles: { query: undefined, passage: undefined },
  },
  {
    wire: cohereWire,
    provider: 'cohere',
    model: 'embed-multilingual-v3.0',
    settings: (origin, apiKey) => ({ cohere: { baseUrl: origin, apiKey } }),
    role: ({ input_type }) => input_type,
    roles: { query: 'search_query', passage: 'search_document' },
  },
  {
    wire: voyageWire,
    provider: 'voyage',
    model: 'voyage-3.5',
    settings: (origin, apiKey) => ({ voyage: { baseUrl: `${origin}/v1`, apiKey } }),
    role: ({ input_type }) => input_type,
    roles: { query: 'query', passage: 'document' },
  },
];

export const openDriver = (
  { provider, model, settings }: HttpDriverCase,
  origin: string,
  changes: Partial<EmbedderSettings> & { readonly apiKey?: string; readonly model?: string } = {},
): Embedder => {
  const { apiKey = KEY, model: named = model, ...rest } = changes;
  return createEmbedder(`${provider}/${named}`, testSettings({ ...settings(origin, apiKey), ...rest }));
};
