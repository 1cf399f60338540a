import { environmentNameOf, isSettingKey, settingOf } from '../../config/schema.ts';
import type { Settings } from '../../config/types.ts';
import { isLoopback } from '../is-loopback.ts';

/** What a model is for: vectors of texts, answers, or the order of passages. */
export type ModelKind = 'embed' | 'answer' | 'rerank';

export type ProviderFacts = {
  /** The part of a model's name before the slash. */
  readonly name: string;
  readonly kinds: readonly ModelKind[];
  /** Where it is asked; null for what runs in this program. */
  readonly address: string | null;
  /** Whether its models run on this machine. */
  readonly isLocal: boolean;
  readonly usable: boolean;
  /** Why it cannot be used, and what to do; null when it can, as far as is known without asking. */
  readonly reason: string | null;
};

type Row = { readonly kinds: readonly ModelKind[]; readonly needsKey: boolean };

/** Those with an address and a key in the settings. */
const SERVICES: Readonly<Record<string, Row>> = {
  openai: { kinds: ['embed', 'answer'], needsKey: true },
  anthropic: { kinds: ['answer'], needsKey: true },
  google: { kinds: ['embed', 'answer'], needsKey: true },
  mistral: { kinds: ['embed', 'answer'], needsKey: true },
  deepseek: { kinds: ['answer'], needsKey: true },
  fireworks: { kinds: ['answer'], needsKey: true },
  cohere: { kinds: ['embed', 'answer', 'rerank'], needsKey: true },
  voyage: { kinds: ['embed', 'rerank'], needsKey: true },
  jina: { kinds: ['rerank'], needsKey: true },
};

/** Every provider there is with these settings, in the order in which they are listed. Nothing is asked. */
export function providersOf(settings: Settings): readonly ProviderFacts[] {
  const here = { address: null, isLocal: true, usable: true, reason: null };
  return [
    { name: 'builtin', kinds: ['embed'], ...here },
    { name: 'transformers', kinds: ['embed', 'answer', 'rerank'], ...here },
    serverFacts({ name: 'ollama', kinds: ['embed', 'answer'], address: settings.ollama.host }, settings),
    ...Object.entries(SERVICES).map(([name, { kinds, needsKey }]) => {
      const { baseUrl, apiKey } = settings[name as 'openai'];
      const facts = serverFacts({ name, kinds, address: baseUrl }, settings);
      return facts.usable && needsKey && !apiKey && !facts.isLocal ? { ...facts, ...withoutKey(name) } : facts;
    }),
    ...Object.entries(settings.servers).map(([name, { baseUrl, apiKeyEnv, apiKey }]) => {
      const facts = serverFacts({ name, kinds: ['answer', 'embed'], address: baseUrl }, settings);
      return facts.usable && apiKeyEnv !== undefined && !apiKey
        ? { ...facts, usable: false, reason: `no key: set ${apiKeyEnv}` }
        : facts;
    }),
  ];
}

function serverFacts(
  { name, kinds, address }: { name: string; kinds: readonly ModelKind[]; address: string },
  { offline }: Settings,
): ProviderFacts {
  const isLocal = isLoopback(address);
  const isRefused = offline && !isLocal;
  return { name, kinds, address, isLocal, usable: !isRefused, reason: isRefused ? 'offline' : null };
}

function withoutKey(provider: string): { usable: false; reason: string } {
  const key = `${provider}.apiKey`;
  const variable = isSettingKey(key) ? (settingOf(key).aliases[0]?.name ?? environmentNameOf(key)) : key;
  return { usable: false, reason: `no key: set ${variable}` };
}

export const providerOf = (name: string): string => name.split('/', 1)[0] ?? '';
