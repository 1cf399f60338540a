import { createRequire } from 'node:module';
import type { Settings } from '../config/types.ts';
import { isRagError, messageOf } from '../platform/errors.ts';
import { parseServerAddress } from '../platform/model-server/server-address.ts';
import { checkSpace } from './agreed-space.ts';
import type { AppContext } from './app-context.ts';
import { checkModels } from './check-models.ts';
import { checkOcr } from './check-ocr.ts';
import { checkReranker } from './check-reranker.ts';
import { ollamaModels } from './models/server-models.ts';
import type { DoctorCheck } from './types.ts';

const OLLAMA_TIMEOUT_MS = 2000;
const OLDEST_NODE = [20, 19] as const;

/** Checks everything that a run needs, and says how to mend what is wrong. Never throws. */
export async function doctor(context: AppContext): Promise<DoctorCheck[]> {
  const { store, embedder, settings, runtime } = context;
  return [
    checkNode(process.versions.node),
    await attempt('native modules', () => {
      const require = createRequire(import.meta.url);
      const version = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
      return `better-sqlite3 ${version('better-sqlite3')} is loaded, with sqlite-vec.`;
    }),
    await attempt('database', () => {
      const problems = store.checkIntegrity();
      if (problems.length > 0) throw new Error(problems.join('; '));
      const { documents, chunks, vectors } = store.counts();
      const { versions, bytes, vectorBytes } = store.historyFigures();
      const former = versions > 0 ? `, ${versions} former versions (${bytes + vectorBytes} bytes)` : '';
      return `${store.path} is sound: ${documents} documents, ${chunks} passages, ${vectors} vectors${former}, schema ${store.schemaVersion}.`;
    }),
    await attempt('embedding model', async () => {
      // A passage, since the vector of a question may have been kept.
      const [vector] = await embedder.embedPassages(['How are things?']);
      const { provider, model, dimensions } = embedder.space;
      if (vector?.length !== dimensions) throw new Error('It gives no vector for a plain sentence.');
      checkSpace(context);
      return `${provider}/${model} works (${dimensions} dimensions).`;
    }),
    await checkReranker(context),
    checkModels(context),
    ...(await checkOcr(context)),
    await checkOllama(settings, runtime.fetch),
  ];
}

function checkNode(version: string): DoctorCheck {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const good = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    name: 'node',
    status: good ? 'ok' : 'failed',
    message: `Node ${version}.`,
    hint: good ? undefined : `Install Node ${OLDEST_NODE.join('.')} or later.`,
  };
}

async function attempt(name: string, check: () => string | Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, status: 'ok', message: await check() };
  } catch (error) {
    return {
      name,
      status: 'failed',
      message: messageOf(error),
      hint: (isRagError(error) ? error.hint : undefined) ?? hints[name],
    };
  }
}

const hints: Readonly<Record<string, string>> = {
  'native modules': 'Run `npm rebuild better-sqlite3`, or install again with a C++ toolchain at hand.',
  database: 'Restore a copy of the file, or delete it and add the sources again.',
  'embedding model': 'Choose another model with `rag models use`, or install ragstone again.',
};

/** Ollama is optional: its absence is a warning only when a model of it is configured. */
async function checkOllama(settings: Settings, fetch: typeof globalThis.fetch): Promise<DoctorCheck> {
  const wanted = settings.model?.startsWith('ollama/') ? settings.model.slice('ollama/'.length) : null;
  const { url } = parseServerAddress(settings.ollama.host, { setting: 'ollama.host' });
  const listing = await ollamaModels(settings, { fetch, timeoutMs: OLLAMA_TIMEOUT_MS });
  if (listing.status === 'failed') {
    return {
      name: 'ollama',
      status: wanted ? 'failed' : 'warning',
      message: `No Ollama server answers at ${url} (${listing.reason}).`,
      hint: wanted
        ? 'Start it with `ollama serve`, or set ollama.host.'
        : 'Only needed for answers by a local model: start it with `ollama serve`.',
    };
  }
  const { models } = listing;
  if (wanted && !models.some(({ name }) => name === wanted.replace(/:latest$/, ''))) {
    return {
      name: 'ollama',
      status: 'failed',
      message: `Ollama at ${url} does not have ${wanted}.`,
      hint: `Run \`ollama pull ${wanted}\`.`,
    };
  }
  return { name: 'ollama', status: 'ok', message: `Ollama at ${url} has ${models.length} models.` };
}
