import type { LanguageModel, ModelMessage, SystemModelMessage } from 'ai';
import { RagError } from '../platform/errors.ts';
import { serverMessage } from '../platform/model-server/model-error.ts';
import type { ModelFault } from '../platform/model-server/model-fault.ts';
import { parseServerAddress } from '../platform/model-server/server-address.ts';
import type { LineInspector } from './line-inspector.ts';
import { providerContext } from './provider-context.ts';
import { streamSdkText } from './stream-sdk-text.ts';
import { streamWithRetries } from './stream-with-retries.ts';
import type { GenerateRequest, Generator, GeneratorDriver, GeneratorSettings, ModelServer } from './types.ts';

/** How a model of the AI SDK reaches its provider. */
export type SdkConnection = {
  readonly model: string;
  /** Without a slash at its end and without credentials. */
  readonly baseUrl: string;
  /** Empty where none is set, so that no library looks for one in the environment. */
  readonly apiKey: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
  /** Bound on thoughts and answer together, of a model that takes no other. */
  readonly maxCompletionTokens?: number;
};

export type SdkPrompt = {
  readonly system: string | SystemModelMessage | undefined;
  readonly messages: ModelMessage[];
};

/** What thoughts take beside the longest answer that was asked for: without it nothing of the answer might come. */
const LEAST_COMPLETION_TOKENS = 4096;

/** A provider that the AI SDK speaks with. */
export type SdkProvider = {
  /** The part of a model's name before the slash. */
  readonly provider: string;
  /** As people call it, by its address where that says more than the name. */
  readonly label: string | ((url: string) => string);
  readonly keyPlace: string;
  readonly addressName: string;
  /** Whether nobody is answered without a key, but for servers on this machine. */
  readonly needsKey: boolean;
  newInspector(): LineInspector;
  /** Imports the library, so that it is loaded when it is used. */
  languageModel(connection: SdkConnection): Promise<LanguageModel>;
  /** Marks what the provider should keep for the next request; plain text where it is absent. */
  prompt?(request: GenerateRequest): SdkPrompt;
};

export const sdkDriver = (provider: SdkProvider): GeneratorDriver => ({
  provider: provider.provider,
  create: (model, settings) =>
    createSdkGenerator({ model, provider, server: settings.servers[provider.provider], settings }),
});

export function createSdkGenerator(parts: {
  readonly model: string;
  readonly provider: SdkProvider;
  readonly server: ModelServer | undefined;
  readonly settings: GeneratorSettings;
}): Generator {
  const { model, provider, server, settings } = parts;
  const name = `${provider.provider}/${model}`;
  const { addressName, keyPlace, needsKey } = provider;
  /** Throws CONFIG_INVALID for an address that is none, and MODEL_AUTH without a key where one is needed. */
  const readAccess = () => {
    const address = parseServerAddress(server?.baseUrl ?? '', { setting: addressName });
    const label = typeof provider.label === 'string' ? provider.label : provider.label(address.url);
    const apiKey = server?.apiKey?.trim() || undefined;
    if (needsKey && apiKey === undefined && !address.local) {
      throw new RagError('MODEL_AUTH', { message: `"${name}" needs a key for ${label}.`, hint: `Set ${keyPlace}.` });
    }
    return { address, label, apiKey };
  };
  return {
    name,
    check: () => void readAccess(),
    async *generate(request, signal) {
      const { address, label, apiKey } = readAccess();
      const headers = { ...address.headers, ...server?.headers };
      const secrets = Object.values(server?.headers ?? {});
      // What the model turned out not to take is left out: reasoning models refuse `temperature`, and `max_tokens` for
      // another bound, without which nobody could say what a call may cost.
      let accepted = request;
      let maxCompletionTokens: number | undefined;
      yield* streamWithRetries({
        async *attempt({ fetch, signal }) {
          const connection = { model, baseUrl: address.url, apiKey: apiKey ?? '', headers, fetch, maxCompletionTokens };
          const languageModel = await provider.languageModel(connection);
          const prompt = provider.prompt?.(accepted) ?? plainPrompt(accepted);
          yield* streamSdkText({ name, languageModel, prompt, request: accepted, signal });
        },
        newInspector: provider.newInspector,
        context: providerContext({ name, model, label, keyPlace, addressName, address, apiKey, secrets }),
        settings,
        signal,
        adapt: (fault) => {
          const reduced = withoutRefused(accepted, fault);
          if (reduced === null) return false;
          if (namesCompletionBound(fault) && reduced.maxOutputTokens !== accepted.maxOutputTokens)
            maxCompletionTokens = Math.max(LEAST_COMPLETION_TOKENS, accepted.maxOutputTokens ?? 0);
          accepted = reduced;
          return true;
        },
      });
    },
  };
}

export const plainPrompt = ({ system, messages }: GenerateRequest): SdkPrompt => ({
  system,
  messages: messages.map(({ role, content }) => ({ role, content })),
});

const namesCompletionBound = ({ fault }: ModelFault): boolean =>
  fault.kind === 'status' && /max_completion_tokens/.test(fault.body);

/** The request without the setting that a status 400 names as unsupported; null when it names none of ours. */
function withoutRefused(request: GenerateRequest, { fault }: ModelFault): GenerateRequest | null {
  if (fault.kind !== 'status' || fault.status !== 400) return null;
  const said = serverMessage(fault.body);
  if (!/unsupported|not support|unrecognized|not permitted|deprecated/i.test(said)) return null;
  if (request.temperature !== undefined && /temperature/.test(said)) return { ...request, temperature: undefined };
  if (request.maxOutputTokens !== undefined && /max_tokens/.test(said)) {
    return { ...request, maxOutputTokens: undefined };
  }
  return null;
}
