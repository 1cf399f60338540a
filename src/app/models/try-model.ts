import { RagError } from '../../platform/errors.ts';
import { generatorFor, type ModelContext } from '../generator-for.ts';
import { makeEmbedder } from '../make-embedder.ts';
import { type EmbedderTest, type GeneratorTest, testEmbedder, testGenerator } from './test-model.ts';

export type NamedModel = { readonly name: string; readonly kind: 'embed' | 'answer' };

/**
 * Tries the model itself: nobody else may answer in its place. With a store, what it costs stands in the ledger, and
 * budgets hold. Throws MODEL_*, OFFLINE, BUDGET_EXCEEDED.
 */
export async function tryModel(
  { name, kind }: NamedModel,
  context: ModelContext,
  signal?: AbortSignal,
): Promise<EmbedderTest | GeneratorTest> {
  if (kind === 'embed') {
    const embedder = makeEmbedder(name, { ...context, remembersQueries: false });
    try {
      return await testEmbedder(`${embedder.space.provider}/${embedder.space.model}`, embedder, signal);
    } finally {
      embedder.close?.();
    }
  }
  const generator = generatorFor(name, context, 'test');
  if (!generator) {
    throw new RagError('USAGE', { message: `"${name}" names no model.`, hint: 'Write provider/model.' });
  }
  return testGenerator(name, generator, signal);
}
