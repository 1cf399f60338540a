import { RagError } from '../platform/errors.ts';

const MOST_DIMENSIONS = 16_384;

/** `model@256` is the model with vectors of 256 dimensions; without it, `dimensions` is null. Throws MODEL_UNKNOWN. */
export function parseShortenedName(text: string): { readonly model: string; readonly dimensions: number | null } {
  const [, model, digits] = /^(.+)@(\d+)$/.exec(text) ?? [];
  if (model === undefined) return { model: text, dimensions: null };
  const dimensions = Number(digits);
  if (dimensions >= 8 && dimensions <= MOST_DIMENSIONS) return { model, dimensions };
  throw new RagError('MODEL_UNKNOWN', {
    message: `"${text.slice(0, 200)}" asks for ${digits} dimensions.`,
    hint: `Ask for 8 to ${MOST_DIMENSIONS}, or for none: "${model.slice(0, 200)}".`,
  });
}
