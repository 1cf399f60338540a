import { entityKeyOf, keyOfNormalized, normalizeName } from './normalize-name.ts';
import { numberAt } from './scan-numbers.ts';
import type { EntityKey } from './types.ts';

/**
 * Keys under which what a person writes may be known, the likeliest first: as a name, and as the date, amount or
 * identifier that it is when it is one from end to end.
 */
export function keysOfName(name: string): EntityKey[] {
  const written = name.trim();
  const number = numberAt(written, 0);
  const asNumber = number?.name && number.end === written.length ? [keyOfNormalized(normalizeName(number.name))] : [];
  return [entityKeyOf(written), ...asNumber];
}
