import type { Settings } from '../config/types.ts';

/** Where the embedder of a name is asked; null for one on this machine without a server. */
export function embedderAddress(name: string, settings: Settings): string | null {
  const provider = name.split('/', 1)[0] as string;
  const { ollama, openai, google, mistral, cohere, voyage, servers } = settings;
  const known: Readonly<Record<string, string>> = {
    ollama: ollama.host,
    openai: openai.baseUrl,
    google: google.baseUrl,
    mistral: mistral.baseUrl,
    cohere: cohere.baseUrl,
    voyage: voyage.baseUrl,
  };
  if (Object.hasOwn(known, provider)) return known[provider] as string;
  return Object.hasOwn(servers, provider) ? (servers[provider]?.baseUrl ?? null) : null;
}
