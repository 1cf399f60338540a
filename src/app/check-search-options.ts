import { RagError } from '../platform/errors.ts';
import type { SearchOptions } from './types.ts';

/** Throws USAGE for what a caller without types may give, and what would search for something else than was meant. */
export function checkSearchOptions({ mode, limit, perDocument, minScore, budgetMs }: SearchOptions): void {
  if (mode !== undefined && !['hybrid', 'lexical', 'vector'].includes(mode))
    throw wrong('mode', 'hybrid, lexical or vector', mode);
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1))
    throw wrong('limit', 'a whole number above 0', limit);
  if (perDocument !== undefined && !(Number.isSafeInteger(perDocument) && perDocument >= 0))
    throw wrong('perDocument', 'a whole number, 0 for no bound', perDocument);
  if (budgetMs !== undefined && !(Number.isFinite(budgetMs) && budgetMs > 0))
    throw wrong('budgetMs', 'a number of milliseconds above 0', budgetMs);
  if (minScore !== undefined && !Number.isFinite(minScore)) throw wrong('minScore', 'a number', minScore);
}

const wrong = (name: string, wanted: string, given: unknown): RagError =>
  new RagError('USAGE', { message: `${name} must be ${wanted}, not ${String(given)}.` });
