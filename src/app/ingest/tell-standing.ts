import type { SourceItem } from '../../source/types.ts';
import type { Store } from '../../store/types.ts';
import type { ItemOutcome } from '../types.ts';
import { statusOf } from './settle-item.ts';

type Place = Pick<SourceItem, 'uri' | 'path'>;

/** Tells of what was not read, as it stands as stored: what is unchanged, and why the rest is still failing. */
export function createStandingTeller(
  store: Pick<Store, 'failures'>,
  tell: (outcome: ItemOutcome) => void,
): (unchanged: readonly Place[], stillFailing: readonly Place[]) => void {
  return (unchanged, stillFailing) => {
    for (const { uri, path } of unchanged) tell({ uri, path, status: 'unchanged' });
    if (stillFailing.length === 0) return;
    const reasons = new Map(store.failures().map((failure) => [failure.uri, failure]));
    for (const { uri, path } of stillFailing) {
      const { code = 'PARSE_FAILED', message = 'It could not be read.' } = reasons.get(uri) ?? {};
      tell({ uri, path, status: statusOf(code), reason: { code, message } });
    }
  };
}
