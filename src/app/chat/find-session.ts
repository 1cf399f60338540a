import { RagError } from '../../platform/errors.ts';
import { nearestName } from '../../platform/nearest-name.ts';
import type { Store, StoredSession } from '../../store/types.ts';

const MAX_NAMED = 1000;

/** The session of an id or a name. Throws NOT_FOUND with the nearest names. */
export function findSession(store: Store, reference: string): StoredSession {
  const wanted = reference.trim();
  const byId = /^\d{1,15}$/.test(wanted) ? store.session(Number(wanted)) : null;
  const found = byId ?? store.sessionNamed(wanted);
  if (found) return found;
  const there = store.sessions(MAX_NAMED);
  const folded = there.filter(({ name }) => name.toLowerCase().startsWith(wanted.toLowerCase()));
  if (wanted !== '' && folded.length === 1) return folded[0] as StoredSession;
  const near =
    folded.length > 1
      ? folded.map(({ name }) => name)
      : [
          nearestName(
            wanted,
            there.map(({ name }) => name),
          ),
        ];
  const named = near.filter((name) => name !== null).slice(0, 5);
  throw new RagError('NOT_FOUND', {
    message: `There is no session "${reference}".`,
    hint:
      named.length > 0
        ? `Did you mean ${named.map((name) => `"${name}"`).join(', ')}?`
        : there.length === 0
          ? 'No conversation was saved yet; `rag chat` begins one.'
          : 'See `rag sessions list` for those that are there.',
  });
}
