import { isSameModel, isSameSpace } from '../../domain/same-space.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import type { Embedder } from '../../embed/types.ts';
import { RagError } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import { makeEmbedder } from '../make-embedder.ts';
import { costOfEmbedding } from './embedding-cost.ts';
import { type ReEmbedResult, type ReEmbedTask, reEmbed } from './re-embed.ts';
import type { ReEmbedEvent, ReEmbedOptions, ReEmbedReport, VectorModels } from './types.ts';

const DEFAULT_KEPT = 1;

type MakeOptions = {
  readonly knownSpace?: EmbeddingSpace;
  /** False where the database names the model, and not the user: then it is not downloaded. */
  readonly isAskedFor: boolean;
};

/** Makes the embedder of a name; another one in tests. */
type Make = (name: string, options: MakeOptions) => Embedder;

export function createVectorModels(context: AppContext, make: Make = makeFrom(context)): VectorModels {
  const { store } = context;
  const nameOf = ({ provider, model }: EmbeddingSpace): string => `${provider}/${model}`;
  const spaces: VectorModels['spaces'] = () =>
    store.spaces().map((space) => ({ ...space, lack: space.state === 'active' ? nothing : store.lackOf(space) }));

  return {
    spaces,
    async *use(model, options = {}) {
      const named = make(model, { isAskedFor: true }).space;
      const there = store.spaces().find((space) => isSameModel(space, named));
      const embedder = make(model, { knownSpace: there && plain(there), isAskedFor: true });
      try {
        const space =
          embedder.space.dimensions > 0 || options.dryRun
            ? embedder.space
            : ((await embedder.prepare?.(options.signal)) ?? embedder.space);
        yield* change(context, { space, embedder: () => embedder, command: `rag models use ${model}` }, options);
      } finally {
        embedder.close?.();
      }
    },
    async *rollback(options = {}) {
      const former = store.spaces().find(({ state }) => state === 'former');
      if (!former) {
        throw new RagError('NOT_FOUND', {
          message: 'There are no former vectors to go back to.',
          hint: 'See `rag models list`; `rag models use <model>` keeps those that it replaces.',
        });
      }
      const space = plain(former);
      let embedder: Embedder | undefined;
      const lazily = (): Embedder => {
        embedder ??= make(nameOf(space), { knownSpace: space, isAskedFor: false });
        return embedder;
      };
      try {
        const { drop, ...rest } = options;
        // What is gone back to was one of those that are kept, so that its place is free for what is left.
        const kept = drop ? 0 : Math.max(DEFAULT_KEPT, store.spaces().filter(({ state }) => state === 'former').length);
        yield* change(context, { space, embedder: lazily, command: 'rag models rollback' }, { keep: kept, ...rest });
      } finally {
        embedder?.close?.();
      }
    },
    drop(model) {
      const found = store.spaces().filter((space) => nameOf(space) === model);
      const space = found.find(({ state }) => state !== 'active') ?? found[0];
      if (!space) {
        throw new RagError('NOT_FOUND', {
          message: `The database has no vectors of "${model}".`,
          hint: `It has those of ${store.spaces().map(nameOf).join(', ') || 'no model'}.`,
        });
      }
      store.write((writer) => writer.dropSpace(space));
      return plain(space);
    },
  };
}

const noWork = { embedded: 0, withoutVector: 0, cut: 0 };

const nothing = { passages: 0, texts: 0, tokens: 0 };

const plain = ({ provider, model, dimensions }: EmbeddingSpace): EmbeddingSpace => ({ provider, model, dimensions });

const makeFrom =
  ({ store, settings, runtime }: AppContext): Make =>
  (name, options) =>
    makeEmbedder(name, { settings, runtime, store, ...options });

/** The run as events: what is to be done, how it goes, and how it ended. */
async function* change(
  { store, runtime, settings }: AppContext,
  task: Pick<ReEmbedTask, 'space' | 'embedder' | 'command'>,
  { keep = DEFAULT_KEPT, dryRun = false, signal }: ReEmbedOptions,
): AsyncGenerator<ReEmbedEvent> {
  const started = runtime.clock.now();
  const { space } = task;
  const from = store.space();
  const before = store.spaces();
  const end = ({ cut, ...facts }: ReEmbedResult): ReEmbedEvent => {
    const spaces = store.spaces();
    const report: ReEmbedReport = {
      ...facts,
      from,
      to: space,
      left: facts.outcome === 'swapped' || facts.outcome === 'active' ? nothing : store.lackOf(space),
      elapsedMs: runtime.clock.now() - started,
      kept: spaces.filter(({ state }) => state === 'former').map(plain),
      dropped: before.filter((each) => !spaces.some((other) => isSameSpace(each, other))).map(plain),
      ...(facts.outcome === 'dry-run' && {
        estimatedCost: costOfEmbedding(space, store.lackOf(space).tokens, settings),
      }),
      notes: [...cutNote(cut), ...(facts.outcome === 'swapped' && from ? notesOf(store) : [])],
    };
    return { type: 'reembed-end', report };
  };
  if (from && isSameSpace(from, space)) {
    yield end({ outcome: 'active', ...noWork });
    return;
  }
  yield { type: 'reembed-start', from, to: space, lack: store.lackOf(space) };
  if (dryRun) yield end({ outcome: 'dry-run', ...noWork });
  else yield end(yield* reEmbed({ store, runtime }, { ...task, keep, signal }));
}

const cutNote = (cut: number): string[] =>
  cut === 0
    ? []
    : [
        `${cut} ${cut === 1 ? 'text was' : 'texts were'} longer than the model takes, and ${cut === 1 ? 'was' : 'were'} cut for it.`,
      ];

/** What was fitted to the former vectors, and stays as it was. */
function notesOf(store: AppContext['store']): string[] {
  const notes: string[] = [];
  if (Object.keys(store.tuning()).length > 0)
    notes.push('The weights of searches were tuned with the former vectors; `rag tune` fits them again.');
  if (store.calibration() !== null)
    notes.push('Confidence was calibrated with the former vectors; `rag tune --calibrate` fits it again.');
  return notes;
}
