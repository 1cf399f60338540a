import { describe, expect, test } from 'vitest';
import type { EmbeddingSpace } from '../../../src/domain/search.ts';
import { isRagError } from '../../../src/platform/errors.ts';
import type { Store } from '../../../src/store/types.ts';
import { createRandom } from '../../chunk/markdown-like.ts';
import { addSampleSource, addSamples, axis, SAMPLE_SPACE, sampleDocument } from '../sample-document.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const OTHER: EmbeddingSpace = { provider: 'testing', model: 'other', dimensions: 12 };
const THIRD: EmbeddingSpace = { provider: 'testing', model: 'third', dimensions: 8 };

/** What a model makes of a text: the same text has the same vector, and one in five has none. */
function vectorIn(space: EmbeddingSpace, hash: Uint8Array): Float32Array | null {
  const seed = hash[0]! + space.model.length * 7;
  if (seed % 5 === 0) return null;
  const vector = new Float32Array(space.dimensions);
  vector[seed % space.dimensions] = 1;
  vector[(seed * 3 + 1) % space.dimensions]! += 0.5;
  return vector;
}

/** Gives `limit` passages that lack one their vectors; how many texts that were. */
function fill(store: Store, space: EmbeddingSpace, limit = 1000): number {
  store.fillSpace((writer) => writer.ensureSpace(space));
  const texts = store.lackingTexts(space, 0, limit);
  store.fillSpace((writer) => {
    const open = writer.shareVectors(space, texts);
    writer.putVectors(
      space,
      open.map(({ hash }) => ({ hash, vector: vectorIn(space, hash) })),
    );
  });
  return texts.length;
}

const activate = (store: Store, space: EmbeddingSpace, kept = 1): boolean =>
  store.write((writer) => writer.activateSpace(space, kept));

const statesOf = (store: Store): string[] => store.spaces().map(({ model, state }) => `${model} ${state}`);

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return isRagError(error) ? error.code : String(error);
  }
};

const someTexts = Array.from({ length: 20 }, (_, i) => ({
  path: `${i}.md`,
  text: `alpha ${i}\n\nbeta ${i}\n\nthe same everywhere`,
  vector: (ordinal: number) => axis(i + ordinal),
}));

describe('a space that is being filled', () => {
  test('is not searched, and does not make kept results old', () => {
    const store = openTemporaryStore();
    addSamples(store, someTexts);
    const before = store.searchVectors(axis(3), 60, {});
    const generation = store.generation();
    fill(store, OTHER);
    expect(store.searchVectors(axis(3), 60, {})).toEqual(before);
    expect(store.generation()).toBe(generation);
    expect(store.space()).toEqual(SAMPLE_SPACE);
    expect(statesOf(store)).toEqual(['sample active', 'other building']);
  });

  test('asks for each text once, whatever number of passages have it', () => {
    const store = openTemporaryStore();
    addSamples(store, someTexts);
    expect(store.lackOf(OTHER)).toMatchObject({ passages: 60, texts: 41 });
    fill(store, OTHER, 10);
    const lack = store.lackOf(OTHER);
    expect(lack.passages).toBeLessThan(60);
    while (fill(store, OTHER, 10) > 0);
    expect(store.lackOf(OTHER)).toEqual({ passages: 0, texts: 0, tokens: 0 });
  });

  test('takes the place of the active one only when no passage lacks a vector', () => {
    const store = openTemporaryStore();
    const source = addSamples(store, someTexts);
    fill(store, OTHER);
    store.write((writer) =>
      writer.putDocument(sampleDocument(source, { path: 'late.md', text: 'late', vector: axis(1) })),
    );
    expect(activate(store, OTHER)).toBe(false);
    expect(store.space()).toEqual(SAMPLE_SPACE);
    expect(fill(store, OTHER)).toBe(1);
    expect(activate(store, OTHER)).toBe(true);
    expect(store.space()).toEqual(OTHER);
    expect(statesOf(store)).toEqual(['other active', 'sample former']);
    expect(store.checkIntegrity()).toEqual([]);
  });

  test('keeps the vectors that it has when it is filled twice', () => {
    const store = openTemporaryStore();
    addSamples(store, someTexts);
    fill(store, OTHER);
    const { vectors } = store.spaces()[1]!;
    const hashes = [...Array(256).keys()].map((byte) => Uint8Array.of(byte));
    store.fillSpace((writer) => {
      expect(
        writer.putVectors(
          OTHER,
          hashes.map((hash) => ({ hash, vector: null })),
        ),
      ).toBe(0);
    });
    expect(store.spaces()[1]!.vectors).toBe(vectors);
    expect(store.checkIntegrity()).toEqual([]);
  });

  test('can be dropped, after which writing to it is an error', () => {
    const store = openTemporaryStore();
    addSamples(store, someTexts);
    fill(store, OTHER);
    store.write((writer) => writer.dropSpace(OTHER));
    expect(statesOf(store)).toEqual(['sample active']);
    expect(codeOf(() => store.fillSpace((writer) => writer.putVectors(OTHER, [])))).toBe('NOT_FOUND');
    expect(codeOf(() => activate(store, OTHER))).toBe('NOT_FOUND');
    expect(codeOf(() => store.write((writer) => writer.dropSpace(SAMPLE_SPACE)))).toBe('USAGE');
    fill(store, OTHER);
    expect(activate(store, OTHER)).toBe(true);
  });

  test('refuses a vector of another length', () => {
    const store = openTemporaryStore();
    addSamples(store, someTexts);
    store.fillSpace((writer) => writer.ensureSpace(OTHER));
    const [text] = store.lackingTexts(OTHER, 0, 1);
    const put = () => store.fillSpace((w) => w.putVectors(OTHER, [{ hash: text!.hash, vector: axis(1) }]));
    expect(codeOf(put)).toBe('SPACE_MISMATCH');
  });

  test('remembers who fills it, in every process', () => {
    const path = temporaryDatabasePath();
    const [one, two] = [openTemporaryStore(path), openTemporaryStore(path)];
    const filler = { token: 'a', pid: 1, host: 'here', at: 5 };
    one.fillSpace((writer) => {
      writer.ensureSpace(OTHER);
      writer.putFiller(OTHER, filler);
    });
    expect(two.fillSpace((writer) => writer.fillerOf(OTHER))).toEqual(filler);
    expect(two.spaces()[0]!.filler).toEqual(filler);
    activate(two, OTHER);
    expect(one.spaces()[0]!.filler).toBe(null);
  });
});

describe('going back', () => {
  test('gives every search the same rows and scores as before, also after passages went', () => {
    const store = openTemporaryStore();
    addSamples(store, someTexts);
    const search = () => [0, 1, 2, 3].map((i) => store.searchVectors(axis(i), 60, {}));
    const before = search();
    fill(store, OTHER);
    activate(store, OTHER);
    expect(activate(store, SAMPLE_SPACE)).toBe(true);
    expect(search()).toEqual(before);
    activate(store, OTHER);
    const gone = store.documents({ paths: ['3.md'] }, 1, 0).map(({ row }) => row);
    const goneRows = store.chunkRows(gone[0]!);
    store.write((writer) => writer.removeDocuments(gone));
    expect(activate(store, SAMPLE_SPACE)).toBe(true);
    expect(search()).toEqual(before.map((rows) => rows.filter(({ row }) => !goneRows.includes(row))));
    expect(store.checkIntegrity()).toEqual([]);
  });

  test('needs nothing of a text that had no vector then', () => {
    const store = openTemporaryStore();
    addSamples(store, [{ path: 'a', text: 'alpha\n\nbeta', vector: (ordinal) => (ordinal === 0 ? axis(0) : null) }]);
    fill(store, OTHER);
    activate(store, OTHER);
    expect(store.lackOf(SAMPLE_SPACE).passages).toBe(0);
    expect(activate(store, SAMPLE_SPACE)).toBe(true);
  });

  test('as many former spaces stay as were asked for, the latest first', () => {
    const store = openTemporaryStore();
    addSamples(store, someTexts);
    fill(store, OTHER);
    activate(store, OTHER, 2);
    fill(store, THIRD);
    activate(store, THIRD, 2);
    expect(statesOf(store)).toHaveLength(3);
    activate(store, OTHER, 1);
    expect(statesOf(store)).toEqual(['other active', 'third former']);
    fill(store, SAMPLE_SPACE);
    activate(store, SAMPLE_SPACE, 0);
    expect(statesOf(store)).toEqual(['sample active']);
  });
});

test.each([1, 2, 3, 4])('no sequence of writes leaves a wrong, stray or lost vector in any space (seed %i)', (seed) => {
  const random = createRandom(seed);
  const path = temporaryDatabasePath();
  const stores = [openTemporaryStore(path), openTemporaryStore(path)];
  const spaces = [SAMPLE_SPACE, OTHER, THIRD];
  const source = addSampleSource(stores[0]!);
  const words = ['alpha', 'beta', 'gamma', 'delta', 'rain', 'snow', 'wind', 'ice'];
  const randomText = () => Array.from({ length: 1 + random(5) }, () => words[random(words.length)]).join('\n\n');

  for (let step = 0; step < 120; step++) {
    const store = stores[random(2)]!;
    const space = spaces[random(3)]!;
    const active = store.space()!;
    const choice = random(7);
    if (choice <= 2) {
      const bare = sampleDocument(source, { path: `${random(6)}.md`, text: randomText() });
      const chunks = bare.chunks.map((chunk) => ({ ...chunk, vector: vectorIn(active, chunk.embedHash) }));
      store.write((writer) => writer.putDocument({ ...bare, chunks }));
    } else if (choice === 3) {
      const rows = store.documents({}, 10, 0).filter(() => random(3) === 0);
      store.write((writer) => writer.removeDocuments(rows.map(({ row }) => row)));
    } else if (choice === 4 && space.model !== active.model) {
      fill(store, space, 1 + random(12));
    } else if (choice === 5 && store.spaces().some(({ model }) => model === space.model)) {
      const isWhole = space.model === active.model || store.lackOf(space).passages === 0;
      expect(activate(store, space, random(3))).toBe(isWhole);
      expect(store.space()!.model).toBe(isWhole ? space.model : active.model);
    } else if (choice === 6 && random(4) === 0) {
      const { state, ...unwanted } = store.spaces().at(-1)!;
      if (state !== 'active') store.write((writer) => writer.dropSpace(unwanted));
    }

    expect(store.checkIntegrity()).toEqual([]);
    const raw = openRaw(path);
    const hashes = raw.prepare<[], { id: number; embed_hash: Buffer }>('SELECT id, embed_hash FROM chunks').all();
    const ids = raw.prepare<[], { id: number; model: string; dimensions: number }>('SELECT * FROM spaces').all();
    for (const { id, model, dimensions } of ids) {
      const there = new Set(raw.prepare<[], number>(`SELECT rowid FROM vectors_${id}_rowids`).pluck().all());
      const lacking = store.lackingTexts({ provider: 'testing', model, dimensions }, 0, 1000).map(({ row }) => row);
      const isActive = model === store.space()!.model;
      for (const { id: row, embed_hash } of hashes) {
        const has = vectorIn({ provider: 'testing', model, dimensions }, embed_hash) !== null;
        if (there.has(row)) expect(has).toBe(true);
        else if (isActive || !lacking.includes(row)) expect(has).toBe(false);
      }
      expect([...there].every((row) => hashes.some(({ id }) => id === row))).toBe(true);
    }
    raw.close();
    for (const { row, score } of store.searchVectors(new Float32Array(store.space()!.dimensions).fill(1), 100, {})) {
      expect(hashes.some(({ id }) => id === row)).toBe(true);
      expect(score).toBeGreaterThan(0);
    }
  }
});
