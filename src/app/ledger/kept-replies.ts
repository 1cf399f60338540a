import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { KeptReply, ReplyStore } from '../../generate/multiplex/types.ts';
import type { Store } from '../../store/types.ts';
import type { KeptText } from '../privacy/kept-text.ts';

/** Kept replies in the database, as compressed JSON. What cannot be written or read is asked for again. */
export function keptReplies(store: Pick<Store, 'keptReply' | 'tryRecord'>, kept?: KeptText): ReplyStore {
  const count = (hits: number) =>
    void store.tryRecord((recorder) => recorder.countCache('replies', { hits, misses: 1 - hits }));
  return {
    reply(key) {
      const packed = store.keptReply(key);
      const reply = packed && unpack(packed);
      count(reply ? 1 : 0);
      if (reply) store.tryRecord((recorder) => recorder.touchReply(key));
      return reply;
    },
    keepReply(key, reply) {
      if (kept && kept.text(reply.text) !== reply.text) return;
      const packed = deflateRawSync(JSON.stringify(reply));
      store.tryRecord((recorder) => recorder.keepReply(key, packed));
    },
  };
}

/** Null for what is damaged. */
function unpack(packed: Uint8Array): KeptReply | null {
  try {
    const value = JSON.parse(inflateRawSync(packed).toString('utf8')) as KeptReply;
    return typeof value.text === 'string' ? value : null;
  } catch {
    // Not whole: the model is asked again.
    return null;
  }
}
