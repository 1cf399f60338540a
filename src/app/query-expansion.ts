import type { ExpansionMethod } from '../domain/search.ts';
import type { Generator } from '../generate/types.ts';
import type { QueryExpansion, WriteText } from '../retrieve/expansion/types.ts';
import { generatorFor, type ModelContext } from './generator-for.ts';

/** A passage or a few queries; a model that thinks aloud needs some more. */
const MAX_OUTPUT_TOKENS = 400;

/** What widens a query, with the model that is named or set. Undefined for no method. Throws MODEL_UNKNOWN, OFFLINE. */
export function expansionOf(
  method: ExpansionMethod | undefined,
  model: string | undefined,
  context: ModelContext,
): QueryExpansion | undefined {
  if (method === undefined) return undefined;
  if (method === 'rm3') return { method };
  const generator = generatorFor(model ?? context.settings.model, context, 'expand');
  return generator ? { method, write: writerOf(generator) } : { method };
}

const writerOf =
  (generator: Generator): WriteText =>
  async (prompt, signal) => {
    let text = '';
    const request = {
      messages: [{ role: 'user' as const, content: prompt }],
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      temperature: 0,
    };
    for await (const event of generator.generate(request, signal)) if (event.type === 'text-delta') text += event.text;
    return text;
  };
