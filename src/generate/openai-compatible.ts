import type { LanguageModel } from 'ai';
import { inspectCompletionEvents } from './event-stream.ts';
import { createSdkGenerator, type SdkConnection } from './sdk-generator.ts';
import type { GeneratorDriver } from './types.ts';

/** A model behind `<base>/chat/completions`: llama.cpp, LM Studio, vLLM, OpenRouter, OpenAI itself. */
export async function completionsModel(connection: SdkConnection): Promise<LanguageModel> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const { model, baseUrl, apiKey, headers, fetch, maxCompletionTokens } = connection;
  const provider = createOpenAICompatible({
    name: 'openai',
    baseURL: baseUrl,
    apiKey: apiKey === '' ? undefined : apiKey,
    headers: { ...headers },
    fetch,
    includeUsage: true,
    ...(maxCompletionTokens !== undefined && {
      transformRequestBody: (body: Record<string, unknown>) => ({
        ...body,
        max_completion_tokens: maxCompletionTokens,
      }),
    }),
  });
  return provider.chatModel(model);
}

/** The driver of a server of the user's own, from the table `servers` of the configuration: `<name>/<model>`. */
export const serverDriver = (name: string): GeneratorDriver => ({
  provider: name,
  create(model, settings) {
    const server = settings.servers[name];
    const provider = {
      provider: name,
      label: `the server "${name}"`,
      keyPlace: server?.apiKeyEnv
        ? `the environment variable ${server.apiKeyEnv}`
        : `servers.${name}.apiKeyEnv to the name of the environment variable that holds its key`,
      addressName: `servers.${name}.baseUrl`,
      needsKey: false,
      newInspector: inspectCompletionEvents,
      languageModel: completionsModel,
    };
    return createSdkGenerator({ model, provider, server, settings });
  },
});
