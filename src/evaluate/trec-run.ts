/** A run as trec_eval and score.py read it: `query Q0 document rank score tag`, scores falling with the rank. */
export const trecRun = (
  tag: string,
  rankings: readonly { readonly id: string; readonly keys: readonly string[] }[],
): string =>
  rankings
    .flatMap(({ id, keys }) =>
      keys.map((key, i) => `${field(id)} Q0 ${field(key)} ${i + 1} ${keys.length - i} ${field(tag)}\n`),
    )
    .join('');

/** White space would be read as the next field. */
const field = (text: string): string => text.replace(/\s+/g, '_') || '_';
