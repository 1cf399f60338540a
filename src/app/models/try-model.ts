import type { Settings } from '../../config/types.ts';
import { RagError } from '../../platform/errors.ts';
import { createProxiedFetch } from '../../platform/http/proxied-fetch.ts';
import { systemRuntime } from '../../platform/runtime.ts';
import { generatorFor } from '../generator-for.ts';
import { makeEmbedder } from '../make-embedder.ts';
import { type EmbedderTest, type GeneratorTest, testEmbedder, testGenerator } from './test-model.ts';

type Named = { readonly name: string; readonly kind: 'embed' | 'answer' };

/** Tries the model itself. Throws MODEL_*, and OFFLINE. */
export async function tryModel(
  { name, kind }: Named,
  { settings, signal }: { readonly settings: Settings; readonly signal?: AbortSignal },
): Promise<EmbedderTest | GeneratorTest> {
  const runtime = { ...systemRuntime, fetch: createProxiedFetch(settings.http) };
  if (kind === 'embed') {
    const embedder = makeEmbedder(name, { settings, runtime });
    try {
      return await testEmbedder(`${embedder.space.provider}/${embedder.space.model}`, embedder, signal);
    } finally {
      embedder.close?.();
    }
  }
  // Nobody else may answer in its place.
  const alone = { ...settings, models: { ...settings.models, fallbacks: [] } };
  const generator = generatorFor(name, { settings: alone, runtime }, 'ask');
  if (!generator) {
    throw new RagError('USAGE', { message: `"${name}" names no model.`, hint: 'Write provider/model.' });
  }
  return testGenerator(name, generator, signal);
}
