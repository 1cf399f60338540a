import { loadFailureOf } from '../../platform/transformers/load-problem.ts';
import { loadTextEncoder, type TextEncoder } from './text-encoder.ts';
import type { EmbedReply, EmbedTask } from './worker-messages.ts';

let loaded: Promise<TextEncoder> | undefined;

/** Embeds one batch; a process has one model, which its first batch loads. Never throws. */
export async function embedTask({ source, defaults, role, texts }: EmbedTask): Promise<EmbedReply> {
  try {
    loaded ??= loadTextEncoder(source, defaults);
    return { status: 'embedded', ...(await (await loaded).embed(texts, role)) };
  } catch (error) {
    // The next call may find what was missing.
    loaded = undefined;
    return loadFailureOf(error);
  }
}
