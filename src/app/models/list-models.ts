import { isNoModel } from '../../config/model-name.ts';
import type { Settings } from '../../config/types.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { DEFAULT_EMBEDDER } from '../../embed/registry.ts';
import { isRagError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { installCommand } from '../../platform/transformers/install-command.ts';
import { isInstalled } from '../../platform/transformers/is-installed.ts';
import { folderOf, isModelFolder } from '../../platform/transformers/model-source.ts';
import { fullNameOf } from '../generator-settings.ts';
import { transformersSettings } from '../transformers-settings.ts';
import { kindOfFolder, type LocalModel, localModels } from './local-models.ts';
import { kindOf } from './model-kind.ts';
import { type ModelKind, type ProviderFacts, providerOf, providersOf } from './providers.ts';
import { ollamaModels, openaiCompatibleModels, type ServerListing } from './server-models.ts';

/** A server that is there answers in a few milliseconds; a list must not wait for one that is not. */
const SERVER_TIMEOUT_MS = 1000;

export type ListedModel = {
  /** `provider/model`. */
  readonly name: string;
  readonly kind: ModelKind;
  /** What it does here: `answers`, `searches`, `reranking`, `fallback 1`, `alias fast`. Empty for what is only there. */
  readonly uses: readonly string[];
  readonly usable: boolean;
  /** Why it cannot be used, and what to do; null when it can, as far as is known without asking it. */
  readonly reason: string | null;
  /** On this machine's disk, where that is known. */
  readonly bytes: number | null;
};

export type ModelList = { readonly models: readonly ListedModel[]; readonly providers: readonly ProviderFacts[] };

export type ListModelsOptions = {
  readonly settings: Settings;
  readonly runtime: Pick<Runtime, 'fetch'>;
  /** Absolute path of the folder that models of the Hub are kept in. */
  readonly cacheFolder: string;
  /** Of the database that is open. */
  readonly activeSpace: EmbeddingSpace | null;
  /** A model that is listed whether or not anything uses it: `provider/model`. */
  readonly also?: string;
  readonly signal?: AbortSignal;
};

/**
 * Models that are set, that stand on this machine, and that reachable servers of one's own have, with what they do here
 * and whether they can be used now. Takes a second at most. Services elsewhere are not asked.
 */
export async function listModels(options: ListModelsOptions): Promise<ModelList> {
  const { settings, runtime, cacheFolder, activeSpace, also, signal } = options;
  const asked = { fetch: runtime.fetch, timeoutMs: SERVER_TIMEOUT_MS, signal };
  const known = providersOf(settings).map(withLibrary);
  const own = known.filter(
    ({ name, usable }) => usable && (name === 'ollama' || Object.hasOwn(settings.servers, name)),
  );
  const listings = new Map(
    await Promise.all(
      own.map(
        async ({ name }): Promise<[string, ServerListing]> => [
          name,
          await (name === 'ollama' ? ollamaModels(settings, asked) : openaiCompatibleModels(name, settings, asked)),
        ],
      ),
    ),
  );
  const providers = known.map((provider) => withListing(provider, listings.get(provider.name)));
  const local = localModels(cacheFolder);
  const uses = usesOf(settings, activeSpace);
  const there = [
    { name: DEFAULT_EMBEDDER, kind: 'embed' as const, bytes: null },
    ...local.map(({ name, kind, bytes }) => ({ name: `transformers/${name}`, kind, bytes })),
    ...[...listings].flatMap(([provider, listing]) =>
      listing.status === 'listed'
        ? listing.models.map(({ name, ...rest }) => ({ ...rest, name: `${provider}/${name}` }))
        : [],
    ),
  ];
  const names = [...new Set([...uses.keys(), ...there.map(({ name }) => name), ...(also ? [also] : [])])];
  const models = names.map((name): ListedModel => {
    const facts = there.find((each) => each.name === name);
    const reason = reasonAgainst(name, { providers, listings, local });
    return {
      name,
      kind: uses.get(name)?.kind ?? facts?.kind ?? kindOf(name, settings),
      uses: uses.get(name)?.uses ?? [],
      usable: reason === null,
      reason,
      bytes: facts?.bytes ?? null,
    };
  });
  return { models, providers };
}

const withLibrary = (provider: ProviderFacts): ProviderFacts =>
  provider.name === 'transformers' && !isInstalled()
    ? { ...provider, usable: false, reason: `not installed: \`${installCommand()}\`` }
    : provider;

const withListing = (provider: ProviderFacts, listing: ServerListing | undefined): ProviderFacts =>
  listing?.status === 'failed' ? { ...provider, usable: false, reason: listing.reason } : provider;

type Use = { readonly kind: ModelKind; readonly uses: readonly string[] };

/** What each model that is set does. The active embedder comes first, then what answers. */
function usesOf(settings: Settings, activeSpace: EmbeddingSpace | null): ReadonlyMap<string, Use> {
  const found = new Map<string, Use>();
  const add = (given: string | undefined, use: string, kind?: ModelKind): void => {
    if (given === undefined || isNoModel(given)) return;
    const name = fullNameOrSame(given, settings);
    const before = found.get(name);
    found.set(name, {
      kind: before?.kind ?? kind ?? kindOf(name, settings),
      uses: [...(before?.uses ?? []), use],
    });
  };
  const searched = activeSpace ? `${activeSpace.provider}/${activeSpace.model}` : undefined;
  add(searched ?? settings.embedder.model ?? DEFAULT_EMBEDDER, 'searches', 'embed');
  if (searched && settings.embedder.model && settings.embedder.model !== searched)
    add(settings.embedder.model, 'embedder.model', 'embed');
  add(settings.model, 'answers', 'answer');
  settings.models.fallbacks.forEach((name, i) => {
    add(name, `fallback ${i + 1}`, 'answer');
  });
  add(settings.rerank.model, 'reranking', 'rerank');
  for (const [alias, name] of Object.entries(settings.models.aliases)) add(name, `alias ${alias}`);
  return found;
}

/** A name that is no alias any more is shown as it stands. */
function fullNameOrSame(name: string, settings: Settings): string {
  try {
    return fullNameOf(name, settings);
  } catch (error) {
    if (isRagError(error)) return name;
    throw error;
  }
}

type Known = {
  readonly providers: readonly ProviderFacts[];
  readonly listings: ReadonlyMap<string, ServerListing>;
  readonly local: readonly LocalModel[];
};

/** Null when nothing speaks against it. */
function reasonAgainst(name: string, { providers, listings, local }: Known): string | null {
  const provider = providers.find((each) => each.name === providerOf(name));
  const model = name.slice(name.indexOf('/') + 1);
  if (name.startsWith('llm/')) return reasonAgainst(model, { providers, listings, local });
  if (!provider) return 'no such provider';
  if (!provider.usable) return provider.reason;
  if (provider.name === 'transformers') return reasonAgainstLocal(model, local);
  const listing = listings.get(provider.name);
  if (listing?.status !== 'listed') return null;
  const isThere = listing.models.some((each) => each.name === model.replace(/:latest$/, ''));
  if (isThere) return null;
  return provider.name === 'ollama' ? `not there: \`rag models pull ${name}\`` : 'the server does not list it';
}

function reasonAgainstLocal(model: string, local: readonly LocalModel[]): string | null {
  if (isModelFolder(model)) return null;
  const there = local.find(({ name }) => name === model);
  if (!there) return `not there: \`rag models pull transformers/${model}\``;
  return there.problem;
}

/** As `kindOf`; a folder, and what was downloaded, says it itself. */
export function kindOfModel(name: string, settings: Settings): ModelKind {
  const model = name.slice('transformers/'.length);
  if (providerOf(name) !== 'transformers' || model === '') return kindOf(name, settings);
  if (isModelFolder(model)) return kindOfFolder(folderOf(model));
  const { cacheFolder } = transformersSettings(settings);
  return localModels(cacheFolder).find((each) => each.name === model)?.kind ?? kindOf(name, settings);
}
