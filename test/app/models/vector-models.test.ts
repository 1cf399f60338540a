import { fork } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { AppContext } from '../../../src/app/app-context.ts';
import type { ReEmbedEvent, ReEmbedOptions, ReEmbedReport } from '../../../src/app/models/types.ts';
import { createVectorModels } from '../../../src/app/models/vector-models.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import type { Embedder } from '../../../src/embed/types.ts';
import { isRagError, RagError } from '../../../src/platform/errors.ts';
import { silentLog, systemClock } from '../../../src/platform/runtime.ts';
import type { Store } from '../../../src/store/types.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { addSamples, axis, SAMPLE_SPACE, sampleDocument } from '../../store/sample-document.ts';
import { openTemporaryStore, temporaryDatabasePath } from '../../store/temporary-store.ts';

type Probe = {
  /** Texts in the order in which the model was given them. */
  readonly texts: string[];
  /** Called before each batch. */
  before?: (texts: readonly string[]) => void | Promise<void>;
  /** Tell of each text when it is embedded. */
  readonly tells?: boolean;
};

/** The models `testing/<dimensions>`, each of the hash embedder. */
function modelsOf(store: Store, probe: Probe = { texts: [] }) {
  const make = (name: string): Embedder => {
    const model = name.split('/')[1]!;
    const inner = hashEmbedder(model === 'sample' ? SAMPLE_SPACE.dimensions : Number(model));
    return {
      ...inner,
      space: { ...inner.space, model },
      async embedPassages(texts, signal, onEmbedded) {
        await probe.before?.(texts);
        if (probe.tells) for (const _ of texts) onEmbedded?.(1);
        const vectors = await inner.embedPassages(texts, signal);
        probe.texts.push(...texts);
        return vectors;
      },
    };
  };
  const runtime = { clock: systemClock, log: silentLog, fetch: globalThis.fetch };
  const context: AppContext = { store, embedder: make('testing/64'), runtime, settings: defaultSettings };
  return createVectorModels(context, make);
}

async function reportOf(events: AsyncIterable<ReEmbedEvent>): Promise<ReEmbedReport> {
  let report: ReEmbedReport | undefined;
  for await (const event of events) if (event.type === 'reembed-end') report = event.report;
  if (!report) throw new Error('The stream did not end with reembed-end.');
  return report;
}

const errorOf = async (work: Promise<unknown>): Promise<RagError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isRagError(error)) throw new Error(`No RagError: ${error}`);
  return error;
};

const texts = Array.from({ length: 60 }, (_, i) => ({
  path: `${i}.md`,
  text: `alpha${i} beta\n\nthe same everywhere`,
  vector: axis(i),
}));

const searches = (store: Store) => [0, 1, 2].map((i) => store.searchVectors(axis(i), 200, {}));

describe('another model', () => {
  test('is used by searches when every passage has its vector; each text was embedded once', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const probe: Probe = { texts: [] };
    const report = await reportOf(modelsOf(store, probe).use('testing/16'));
    expect(report).toMatchObject({ outcome: 'swapped', embedded: 61, dropped: [] });
    expect(report.kept).toEqual([SAMPLE_SPACE]);
    expect(new Set(probe.texts).size).toBe(61);
    expect(probe.texts).toHaveLength(61);
    expect(store.space()).toEqual({ provider: 'testing', model: '16', dimensions: 16 });
    const query = await hashEmbedder(16).embedQuery('alpha7 beta');
    const [best] = store.searchVectors(query!, 1, {});
    expect(store.chunks([best!.row]).get(best!.row)?.path).toBe('7.md');
    expect(store.checkIntegrity()).toEqual([]);
  });

  test('a title that came from the text is embedded with it, and one from a file name is not', async () => {
    const store = openTemporaryStore();
    const source = addSamples(store, []);
    const plain = sampleDocument(source, { path: 'plain', text: 'rain', title: 'plain' });
    const titled = sampleDocument(source, { path: 'titled', text: 'snow', title: 'Weather' });
    const { sha256Short } = await import('../../../src/platform/hash.ts');
    const embedHash = sha256Short('Weather\nsnow');
    store.write((writer) => {
      writer.putDocument(plain);
      writer.putDocument({ ...titled, chunks: titled.chunks.map((chunk) => ({ ...chunk, embedHash })) });
    });
    const probe: Probe = { texts: [] };
    await reportOf(modelsOf(store, probe).use('testing/16'));
    expect(probe.texts).toEqual(['rain', 'Weather\nsnow']);
  });

  test('tells how far it is, within a batch as well, and never goes back', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const told: number[] = [];
    for await (const event of modelsOf(store, { texts: [], tells: true }).use('testing/16')) {
      if (event.type === 'reembed-progress') told.push(event.done);
      if (event.type === 'reembed-progress') expect(event.total).toBe(61);
    }
    expect(told.length).toBeGreaterThan(50);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(61);
  });

  test('that is in use already changes nothing', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const generation = store.generation();
    expect(await reportOf(modelsOf(store).use('testing/sample'))).toMatchObject({ outcome: 'active', embedded: 0 });
    expect(store.generation()).toBe(generation);
  });

  test('is only counted in a dry run', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const probe: Probe = { texts: [] };
    const report = await reportOf(modelsOf(store, probe).use('testing/16', { dryRun: true }));
    expect(report).toMatchObject({ outcome: 'dry-run', left: { passages: 120, texts: 61 } });
    expect(report.left.tokens).toBeGreaterThan(100);
    expect(probe.texts).toEqual([]);
    expect(store.spaces()).toHaveLength(1);
  });

  test('is set at once where there is no document', async () => {
    const store = openTemporaryStore();
    expect(await reportOf(modelsOf(store).use('testing/16'))).toMatchObject({ outcome: 'swapped', from: null });
    expect(store.space()?.model).toBe('16');
  });

  test('gets what was added, changed and removed while it was embedding', async () => {
    const path = temporaryDatabasePath();
    const [store, other] = [openTemporaryStore(path), openTemporaryStore(path)];
    const source = addSamples(store, texts);
    let calls = 0;
    const before = () => {
      calls++;
      if (calls === 1) other.write((writer) => writer.removeDocuments([other.findDocuments('50.md', 1)[0]!.row]));
      if (calls > 4) return;
      const text = `late${calls}\n\nalpha0 beta`;
      other.write((writer) =>
        writer.putDocument(sampleDocument(source, { path: `${calls}.md`, text, vector: axis(calls) })),
      );
    };
    const report = await reportOf(modelsOf(store, { texts: [], before }).use('testing/16'));
    expect(report.outcome).toBe('swapped');
    expect(store.lackOf(report.to).passages).toBe(0);
    const query = await hashEmbedder(16).embedQuery('late1');
    expect(store.searchVectors(query!, 1, {})[0]?.score).toBeCloseTo(1, 2);
    expect(store.checkIntegrity()).toEqual([]);
  });

  test('a text that it has no vector for is found by its words only, and is not tried again', async () => {
    const store = openTemporaryStore();
    addSamples(store, [{ path: 'a', text: 'alpha\n\n…', vector: axis(0) }]);
    expect(await reportOf(modelsOf(store).use('testing/16'))).toMatchObject({ embedded: 2, withoutVector: 1 });
    expect(await reportOf(modelsOf(store).rollback())).toMatchObject({ embedded: 0 });
    expect(await reportOf(modelsOf(store).use('testing/16'))).toMatchObject({ embedded: 0 });
  });
});

describe('what is stopped', () => {
  test('goes on from what is written, and embeds nothing twice', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const first: Probe = { texts: [] };
    const control = new AbortController();
    const options: ReEmbedOptions = { signal: control.signal };
    for await (const event of modelsOf(store, first).use('testing/16', options)) {
      if (event.type === 'reembed-progress') control.abort();
      if (event.type === 'reembed-end') {
        expect(event.report.outcome).toBe('interrupted');
        expect(event.report.left.texts).toBe(61 - event.report.embedded);
      }
    }
    expect(store.space()).toEqual(SAMPLE_SPACE);
    expect(store.spaces().map(({ state, filler }) => [state, filler])).toEqual([
      ['active', null],
      ['building', null],
    ]);
    const second: Probe = { texts: [] };
    expect((await reportOf(modelsOf(store, second).use('testing/16'))).outcome).toBe('swapped');
    expect(first.texts.length).toBeGreaterThan(0);
    expect([...first.texts, ...second.texts]).toHaveLength(61);
  });

  test('by a fault of the model says how to go on; searches do as before', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const before = searches(store);
    let calls = 0;
    const fail = () => {
      if (++calls === 2) throw new RagError('MODEL_UNREACHABLE', { message: 'Nobody answers.', hint: 'Start it.' });
    };
    const probe: Probe = { texts: [], before: fail };
    const error = await errorOf(reportOf(modelsOf(store, probe).use('testing/16')));
    expect(error.code).toBe('MODEL_UNREACHABLE');
    expect(error.hint).toBe(
      'Start it. What is done is kept, and searches go on as before; go on with `rag models use testing/16`.',
    );
    expect(store.spaces()[1]).toMatchObject({ state: 'building', filler: null });
    expect(store.lackOf({ provider: 'testing', model: '16', dimensions: 16 }).texts).toBe(61 - probe.texts.length);
    expect(probe.texts.length).toBeGreaterThan(0);
    expect(searches(store)).toEqual(before);
  });

  test('in a database that two processes would fill at once, the second is told of the first', async () => {
    const path = temporaryDatabasePath();
    const [one, two] = [openTemporaryStore(path), openTemporaryStore(path)];
    addSamples(one, texts);
    let refused: RagError | undefined;
    const before = async () => {
      refused ??= await errorOf(reportOf(modelsOf(two).use('testing/16')));
    };
    expect((await reportOf(modelsOf(one, { texts: [], before }).use('testing/16'))).outcome).toBe('swapped');
    expect(refused).toMatchObject({ code: 'DB_BUSY' });
    expect(refused?.message).toContain(`pid ${process.pid}`);
  });

  test('by a kill, or long ago, keeps nobody from going on', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const space = { provider: 'testing', model: '16', dimensions: 16 };
    const gone = fork('-e', [''], { execArgv: [], stdio: 'ignore' });
    await new Promise((resolve) => gone.once('exit', resolve));
    const { hostname } = await import('node:os');
    const fillers = [
      { token: 'a', pid: gone.pid!, host: hostname(), at: Date.now() },
      { token: 'b', pid: process.pid, host: 'elsewhere', at: Date.now() - 61_000 },
    ];
    for (const filler of fillers) {
      store.fillSpace((writer) => {
        writer.ensureSpace(space);
        writer.putFiller(space, filler);
      });
      expect((await reportOf(modelsOf(store).use('testing/16'))).outcome).toBe('swapped');
      await reportOf(modelsOf(store).rollback({ drop: true }));
    }
  });

  test('when its vectors are dropped by another process, it ends with that', async () => {
    const path = temporaryDatabasePath();
    const [store, other] = [openTemporaryStore(path), openTemporaryStore(path)];
    addSamples(store, texts);
    const before = () => {
      if (other.spaces().length > 1) modelsOf(other).drop('testing/16');
    };
    const error = await errorOf(reportOf(modelsOf(store, { texts: [], before }).use('testing/16')));
    expect(error.code).toBe('NOT_FOUND');
    expect(store.space()).toEqual(SAMPLE_SPACE);
    expect(store.checkIntegrity()).toEqual([]);
  });
});

describe('going back', () => {
  test('asks no model when nothing came since, and gives the same results', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    const before = searches(store);
    await reportOf(modelsOf(store).use('testing/16'));
    const probe: Probe = { texts: [] };
    const report = await reportOf(modelsOf(store, probe).rollback());
    expect(report).toMatchObject({ outcome: 'swapped', to: SAMPLE_SPACE, embedded: 0, dropped: [] });
    expect(report.kept).toEqual([{ provider: 'testing', model: '16', dimensions: 16 }]);
    expect(probe.texts).toEqual([]);
    expect(searches(store)).toEqual(before);
  });

  test('embeds what came since, and nothing else', async () => {
    const store = openTemporaryStore();
    const source = addSamples(store, texts);
    await reportOf(modelsOf(store).use('testing/16'));
    store.write((writer) =>
      writer.putDocument(sampleDocument(source, { path: 'new.md', text: 'new one\n\nthe same everywhere' })),
    );
    const probe: Probe = { texts: [] };
    await reportOf(modelsOf(store, probe).rollback({ drop: true }));
    expect(probe.texts).toEqual(['new one\n\n']);
    expect(store.spaces()).toHaveLength(1);
    expect(store.checkIntegrity()).toEqual([]);
  });

  test('back and forth as often as one likes, without a model', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    await reportOf(modelsOf(store).use('testing/16'));
    const after = store.space();
    const probe: Probe = { texts: [] };
    for (let round = 0; round < 3; round++) {
      expect((await reportOf(modelsOf(store, probe).rollback())).to).toEqual(SAMPLE_SPACE);
      expect((await reportOf(modelsOf(store, probe).rollback())).to).toEqual(after);
    }
    expect(probe.texts).toEqual([]);
  });

  test('is refused when nothing is kept to go back to', async () => {
    const store = openTemporaryStore();
    addSamples(store, texts);
    expect((await errorOf(reportOf(modelsOf(store).rollback()))).code).toBe('NOT_FOUND');
    await reportOf(modelsOf(store).use('testing/16', { keep: 0 }));
    expect((await errorOf(reportOf(modelsOf(store).rollback()))).code).toBe('NOT_FOUND');
    const drop = async () => modelsOf(store).drop('testing/99');
    expect((await errorOf(drop())).hint).toBe('It has those of testing/16.');
  });
});
