import { RagError } from '../platform/errors.ts';
import { ollamaDriver } from './ollama.ts';
import { openaiDriver } from './openai.ts';
import type { Generator, GeneratorDriver, GeneratorSettings } from './types.ts';

/** Every provider, in the order in which help names them. */
export const generatorDrivers: readonly GeneratorDriver[] = [ollamaDriver, openaiDriver];

/**
 * The generator of a name `provider/model`. Nothing is contacted yet.
 * Throws MODEL_UNKNOWN for a name of another form or an unknown provider.
 */
export function createGenerator(name: string, settings: GeneratorSettings): Generator {
  const slash = name.indexOf('/');
  const provider = slash < 0 ? name : name.slice(0, slash);
  const model = slash < 0 ? '' : name.slice(slash + 1).trim();
  const driver = generatorDrivers.find((candidate) => candidate.provider === provider);
  if (driver && model !== '' && model.length <= MAX_MODEL_NAME_LENGTH) return driver.create(model, settings);
  throw unknownModel(name.slice(0, MAX_MODEL_NAME_LENGTH), driver, provider);
}

/** Longer than any name in use; a name goes into URLs and messages. */
const MAX_MODEL_NAME_LENGTH = 256;

function unknownModel(name: string, driver: GeneratorDriver | undefined, provider: string): RagError {
  const providers = generatorDrivers.map((candidate) => candidate.provider);
  if (driver) {
    return new RagError('MODEL_UNKNOWN', {
      message: `"${name}" names the provider "${driver.provider}" but no model.`,
      hint: `Write ${driver.provider}/<model>.`,
      details: { providers },
    });
  }
  const nearest = nearestOf(provider.toLowerCase(), providers);
  const rest = name.includes('/') ? name.slice(name.indexOf('/') + 1) : name;
  return new RagError('MODEL_UNKNOWN', {
    message: `No provider for the model "${name}". Providers: ${providers.join(', ')}.`,
    hint: `Did you mean ${nearest ?? providers[0]}/${nearest !== null && !name.includes('/') ? '<model>' : rest}?`,
    details: { providers },
  });
}

/** The candidate at the smallest edit distance, if that is at most half its length. */
function nearestOf(text: string, candidates: readonly string[]): string | null {
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(text.slice(0, 64), candidate);
    if (distance <= candidate.length / 2 && (best === null || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate ?? null;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, substituted));
    }
    previous = current;
  }
  return previous[b.length]!;
}
