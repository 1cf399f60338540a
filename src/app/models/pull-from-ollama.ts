import { messageOf, RagError, throwIfAborted } from '../../platform/errors.ts';
import { parseServerAddress } from '../../platform/model-server/server-address.ts';
import type { PullEvent, PullOptions } from './pull-types.ts';

/** Has an Ollama server download a model. Throws MODEL_NOT_FOUND, MODEL_UNREACHABLE, MODEL_FAILED, ABORTED. */
export async function* pullFromOllama(
  model: string,
  { host: given, fetch, signal }: PullOptions & { readonly host: string },
): AsyncGenerator<PullEvent> {
  const { Ollama } = await import('ollama');
  const { url: host, headers } = parseServerAddress(given, { setting: 'ollama.host' });
  const client = new Ollama({
    host,
    headers: { ...headers },
    // A redirect would carry the password to another host.
    fetch: (input, init) => fetch(input, { ...init, redirect: 'manual' }),
  });
  const stop = () => client.abort();
  signal?.addEventListener('abort', stop, { once: true });
  const layers = new Map<string, { done: number; total: number; first: number }>();
  const sum = (member: 'done' | 'total' | 'first'): number =>
    [...layers.values()].reduce((total, layer) => total + layer[member], 0);
  let last = '';
  try {
    for await (const { status, digest, total = 0, completed = 0 } of await client.pull({ model, stream: true })) {
      throwIfAborted(signal);
      last = status;
      if (digest) layers.set(digest, { done: completed, total, first: layers.get(digest)?.first ?? completed });
      yield { type: 'pull-progress', what: status, done: sum('done'), total: sum('total') };
    }
    if (last !== 'success') throw new Error(`the download broke off after "${last.slice(0, 80)}"`);
    const bytes = sum('done') - sum('first');
    yield { type: 'pull-end', report: { name: `ollama/${model}`, where: host, bytes, isNew: bytes > 0 } };
  } catch (error) {
    throw pullError(error, { model, host, signal });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function pullError(
  error: unknown,
  { model, host, signal }: { model: string; host: string; signal: AbortSignal | undefined },
): RagError {
  if (error instanceof RagError) return error;
  if (signal?.aborted) return new RagError('ABORTED', { message: 'Interrupted.', cause: error });
  const said = messageOf(error).slice(0, 300);
  if (/file does not exist|manifest unknown|not found/i.test(said)) {
    return new RagError('MODEL_NOT_FOUND', {
      message: `Ollama finds no model "${model}" to download: ${said}.`,
      hint: 'Check its name at ollama.com/library.',
      cause: error,
    });
  }
  const isAbsent = error instanceof TypeError;
  return new RagError(isAbsent ? 'MODEL_UNREACHABLE' : 'MODEL_FAILED', {
    message: isAbsent ? `No Ollama server answers at ${host}.` : `Ollama could not download "${model}": ${said}.`,
    hint: isAbsent
      ? 'Start it with `ollama serve`, or set ollama.host.'
      : 'Run it again: Ollama goes on where it ended.',
    cause: error,
  });
}
