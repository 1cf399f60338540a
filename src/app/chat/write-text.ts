import type { Generator } from '../../generate/types.ts';
import { throwIfAborted } from '../../platform/errors.ts';

type Request = {
  readonly system: string;
  readonly prompt: string;
  readonly maxOutputTokens: number;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
};

/** A short text of a model; null where it fails or is late, since none of these is worth a failed answer. Throws ABORTED. */
export async function writeText(generator: Generator, request: Request): Promise<string | null> {
  const { system, prompt, maxOutputTokens, deadlineMs, signal } = request;
  throwIfAborted(signal);
  const late = AbortSignal.timeout(deadlineMs);
  const either = signal ? AbortSignal.any([signal, late]) : late;
  let text = '';
  try {
    const messages = [{ role: 'user' as const, content: prompt }];
    for await (const event of generator.generate({ system, messages, maxOutputTokens, temperature: 0 }, either)) {
      if (event.type === 'text-delta') text += event.text;
    }
  } catch {
    // Whatever the reason, there are rules that do without; only the user's own wish to stop goes on.
    throwIfAborted(signal);
    return null;
  }
  return text.trim() === '' ? null : text.trim();
}
