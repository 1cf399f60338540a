import { programVersion } from '../../platform/version.ts';
import type { AppContext } from '../app-context.ts';
import type { SearchOptions } from '../types.ts';
import { foldSpaces } from './normalize-question.ts';

/** Options whose whole effect is in their value. One that is not here may bring in a model or the clock. */
const PLAIN = [
  'mode',
  'limit',
  'filter',
  'perDocument',
  'minScore',
  'diversity',
  'window',
  'expandSections',
  'graph',
  'collapseCopies',
  'parameters',
] as const satisfies readonly (keyof SearchOptions)[];

/** They change nothing in what is found. */
const IDLE: readonly string[] = ['signal', 'log', 'cache'] satisfies readonly (keyof SearchOptions)[];

/**
 * Everything that a result depends on, as one text: equal keys, equal results. The day is part of it, since dates in
 * words are counted from it (never from the hour); what was tuned changes the generation. Null where a result may not be
 * kept.
 */
export function resultKey(context: AppContext, text: string, options: SearchOptions): string | null {
  const { store, runtime } = context;
  const { log: _, color: __, ...settings } = context.settings;
  const known: readonly string[] = [...PLAIN, ...IDLE];
  // Whether a reranker is done in time, and what it says, is not in the key.
  if (settings.rerank.model !== undefined) return null;
  if (Object.entries(options).some(([name, value]) => value !== undefined && !known.includes(name))) return null;
  const day = new Date(runtime.clock.now()).toISOString().slice(0, 10);
  const plain = PLAIN.map((name) => ordered(options[name]) ?? null);
  return JSON.stringify([programVersion(), store.generation(), day, store.space(), settings, foldSpaces(text), plain]);
}

/** Members in the order of their names, so that the same filter written in another order is the same. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, ordered(inner)]),
  );
}
