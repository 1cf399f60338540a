/** Providers of models that are built in; a server of one's own needs another name. */
export const PROVIDERS: readonly string[] = [
  'ollama',
  'openai',
  'anthropic',
  'google',
  'mistral',
  'deepseek',
  'fireworks',
  'cohere',
  'transformers',
  'voyage',
  'jina',
  'llm',
  'builtin',
];
