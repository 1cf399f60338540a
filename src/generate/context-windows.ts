/**
 * Tokens that models take in, by the beginning of their names; the first that fits counts. Ollama serves every model with
 * 4,096 unless it is told otherwise, whatever the model could hold. Figures are of the providers' own pages; where
 * versions of a family differ, the least is given.
 */
const WINDOWS: readonly (readonly [name: RegExp, tokens: number])[] = [
  [/^ollama\//, 4_096],
  [/^openai\/(?:gpt-4\.1|gpt-5)/, 400_000],
  [/^openai\/(?:gpt-4o|gpt-4-turbo|chatgpt-4o|o\d)/, 128_000],
  [/^openai\/gpt-4(?!\d)/, 8_192],
  [/^openai\/gpt-3\.5-turbo/, 16_385],
  [/^anthropic\/claude/, 200_000],
  [/^google\/gemini/, 1_000_000],
  [/^mistral\/(?:open-mi[sx]tral-|mistral-tiny)/, 32_000],
  [/^mistral\//, 128_000],
  [/^deepseek\//, 64_000],
  [/^cohere\/command-(?:r|a)/, 128_000],
  [/^cohere\/command/, 4_096],
];

/** Null for a model that nothing is known of. */
export const contextWindowOf = (model: string): number | null =>
  WINDOWS.find(([name]) => name.test(model))?.[1] ?? null;
