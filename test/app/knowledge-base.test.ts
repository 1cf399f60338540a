import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import type { AskEvent, KnowledgeBase } from '../../src/app/types.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { parseChunkId } from '../../src/domain/ids.ts';
import { RagError } from '../../src/platform/errors.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { finish, openTemporary, type TemporaryFolder, temporaryFolder } from './temporary-knowledge-base.ts';

const LEAVE = `# Leave

Every employee has thirty days of annual leave.

## Sick leave

Sick leave needs a doctor's note after three days.

## Parental leave

Parental leave lasts fourteen weeks for either parent.
`;

const FILES = {
  'people/leave.md': LEAVE,
  'people/travel.md': '# Travel\n\nTrips are booked through the portal. Trains are preferred to planes.',
  'office/parking.txt': 'Parking costs nothing.\nThe garage opens at seven.\nVisitors park outside.',
  'office/plan.md': '# Floor plan\n\nThe kitchen is on the second floor.',
  'finance/plan.md': '---\ntags: [money]\ndate: 2024-05-06\n---\n# Budget plan\n\nThe budget is closed in December.',
};

let knowledgeBase: KnowledgeBase;
let folder: TemporaryFolder;
let ingested: string;

beforeAll(async () => {
  folder = temporaryFolder(FILES, 'file');
  ingested = join(temporaryFolder({}, 'file').path, 'rag.db');
  const first = await openKnowledgeBase({ path: ingested, embedder: hashEmbedder() });
  await finish(first.add(folder.path, { tags: ['handbook'] }));
  first.close();
});

/** A knowledge base is one file, so that each test has its own by copying it. */
beforeEach(async () => {
  const path = join(temporaryFolder().path, 'rag.db');
  copyFileSync(ingested, path);
  knowledgeBase = await openTemporary({ path });
});

const refusal = (work: () => unknown): RagError => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(RagError);
    return error as RagError;
  }
  throw new Error('It was not refused.');
};

const pathsOf = (documents: readonly { readonly path: string }[]) => documents.map(({ path }) => path);

describe('get', () => {
  test('by path, by the end of a path, by URI, by absolute path and by id gives the same document', () => {
    const whole = knowledgeBase.get('office/parking.txt');
    expect(whole).toMatchObject({
      path: 'office/parking.txt',
      lines: null,
      chunk: null,
      text: expect.stringContaining('Parking'),
    });
    const absolute = join(folder.path, 'office/parking.txt');
    for (const reference of [
      'parking.txt',
      './office/parking.txt',
      absolute,
      pathToFileURL(absolute).href,
      whole.document.id,
    ]) {
      expect(knowledgeBase.get(reference).document.id, reference).toBe(whole.document.id);
    }
  });

  test('lines are those of the file, front matter counted', () => {
    expect(knowledgeBase.get('parking.txt:2')).toMatchObject({
      text: 'The garage opens at seven.',
      lines: { start: 2, end: 2 },
    });
    expect(knowledgeBase.get('parking.txt:2-3').text).toBe('The garage opens at seven.\nVisitors park outside.');
    expect(knowledgeBase.get('parking.txt:3-99')).toMatchObject({
      text: 'Visitors park outside.',
      lines: { start: 3, end: 3 },
    });
    expect(knowledgeBase.get('finance/plan.md:5').text).toBe('# Budget plan');
  });

  test('lines that are not there are refused with those that are', () => {
    for (const range of [':9', ':0', ':3-2']) {
      const error = refusal(() => knowledgeBase.get(`parking.txt${range}`));
      expect(error).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('lines 1 to 3') });
    }
  });

  test('a chunk id gives the passage with its place', async () => {
    const [hit] = (await knowledgeBase.search('sick leave note')).hits;
    const got = knowledgeBase.get(hit!.chunk.id);
    expect(got.chunk).toEqual(hit!.chunk);
    expect(got.text).toBe(hit!.chunk.text);
    expect(got.document.text.slice(got.chunk!.span.start, got.chunk!.span.end)).toBe(got.text);
    const { documentId } = parseChunkId(hit!.chunk.id)!;
    expect(refusal(() => knowledgeBase.get(`${documentId}.999`))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('999'),
    });
    expect(refusal(() => knowledgeBase.get('0123456789abcdef.0')).code).toBe('NOT_FOUND');
  });

  test('an ambiguous name is refused with the candidates', () => {
    const error = refusal(() => knowledgeBase.get('plan.md'));
    expect(error.code).toBe('USAGE');
    for (const path of ['office/plan.md', 'finance/plan.md']) expect(error.message).toContain(path);
  });

  test('a name that is not there is answered with near ones', () => {
    expect(refusal(() => knowledgeBase.get('leav.md')).code).toBe('NOT_FOUND');
    expect(refusal(() => knowledgeBase.get('old/parking.md')).hint).toContain('office/parking.txt');
    for (const reference of ['', '/', ':', ':3', '*', '[', '\0', 'x'.repeat(100_000), 'nothing like it']) {
      expect(
        refusal(() => knowledgeBase.get(reference)),
        reference.slice(0, 20),
      ).toMatchObject({ code: 'NOT_FOUND', hint: expect.any(String) });
    }
  });
});

describe('list', () => {
  test('filters, limits and offsets as search does', () => {
    expect(knowledgeBase.list()).toHaveLength(5);
    expect(pathsOf(knowledgeBase.list({ filter: { paths: ['office'] } }))).toEqual([
      'office/parking.txt',
      'office/plan.md',
    ]);
    expect(pathsOf(knowledgeBase.list({ filter: { tags: ['money', 'handbook'] } }))).toEqual(['finance/plan.md']);
    expect(pathsOf(knowledgeBase.list({ filter: { types: ['txt'] } }))).toEqual(['office/parking.txt']);
    expect(pathsOf(knowledgeBase.list({ filter: { until: '2024' } }))).toEqual(['finance/plan.md']);
    expect(pathsOf(knowledgeBase.list({ limit: 2, offset: 1 }))).toEqual(['office/parking.txt', 'office/plan.md']);
    expect(refusal(() => knowledgeBase.list({ filter: { since: 'yesterday' } })).code).toBe('USAGE');
  });
});

describe('remove', () => {
  test('one document by its name; a dry run removes nothing', () => {
    expect(pathsOf(knowledgeBase.remove('travel.md', { dryRun: true }))).toEqual(['people/travel.md']);
    expect(knowledgeBase.list()).toHaveLength(5);
    expect(pathsOf(knowledgeBase.remove('travel.md'))).toEqual(['people/travel.md']);
    expect(knowledgeBase.list()).toHaveLength(4);
  });

  test('all below a folder, by its path or its name', () => {
    expect(pathsOf(knowledgeBase.remove('people')).sort()).toEqual(['people/leave.md', 'people/travel.md']);
    expect(pathsOf(knowledgeBase.remove(`${join(folder.path, 'office')}/`)).sort()).toEqual([
      'office/parking.txt',
      'office/plan.md',
    ]);
    expect(knowledgeBase.list()).toHaveLength(1);
  });

  test('a source with all its documents, which sync then leaves alone', async () => {
    expect(knowledgeBase.remove(folder.path)).toHaveLength(5);
    expect(knowledgeBase.status()).toMatchObject({ documents: 0, chunks: 0, vectors: 0, sources: [] });
    expect((await finish(knowledgeBase.sync())).report.counts.added).toBe(0);
  });

  test('a single document comes back with the next sync', async () => {
    knowledgeBase.remove('travel.md');
    expect((await finish(knowledgeBase.sync())).report.counts).toMatchObject({ added: 1, unchanged: 4 });
  });

  test('a name of several documents, or of none, removes nothing', () => {
    expect(refusal(() => knowledgeBase.remove('plan.md')).code).toBe('USAGE');
    expect(refusal(() => knowledgeBase.remove('absent.md')).code).toBe('NOT_FOUND');
    for (const reference of ['', ' ', '.', './', '/', '**/absent/**']) {
      expect(refusal(() => knowledgeBase.remove(reference)).code, reference).toBe('NOT_FOUND');
    }
    expect(knowledgeBase.list()).toHaveLength(5);
  });
});

describe('search', () => {
  test('hits say where they stand and why', async () => {
    const result = await knowledgeBase.search('When does the garage open?');
    const [hit] = result.hits;
    expect(hit).toMatchObject({ path: 'office/parking.txt', rank: 1, chunk: { lines: { start: 1, end: 3 } } });
    expect(result.hits.map(({ rank }) => rank)).toEqual(result.hits.map((_, i) => i + 1));
    const scores = result.hits.map(({ score }) => score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(hit!.signals.map(({ list }) => list)).toEqual(expect.arrayContaining(['lexical', 'vector']));
    expect(hit!.snippet.matches.map(({ start, end }) => hit!.snippet.text.slice(start, end))).toEqual(
      expect.arrayContaining(['garage', 'opens']),
    );
    expect(result.explanation).toMatchObject({
      dropped: expect.arrayContaining(['When', 'the']),
      terms: expect.arrayContaining(['garage']),
    });
  });

  test('each mode uses its legs only', async () => {
    const lists = async (mode: 'lexical' | 'vector' | 'hybrid') => {
      const { hits, mode: used } = await knowledgeBase.search('annual leave days', { mode });
      expect(used).toBe(mode);
      return new Set(hits.flatMap(({ signals }) => signals.map(({ list }) => list)));
    };
    expect(await lists('lexical')).toEqual(new Set(['lexical']));
    expect(await lists('vector')).toEqual(new Set(['vector']));
    expect(await lists('hybrid')).toEqual(new Set(['lexical', 'vector', 'agreement']));
  });

  test('at most so many hits of a document, and so many at all', async () => {
    const many = temporaryFolder({
      'long.md': Array.from(
        { length: 40 },
        (_, i) => `## Part ${i}\n\n${`Needles are kept in drawer ${i}. `.repeat(40)}`,
      ).join('\n\n'),
      'short.md': 'One needle is lost.',
    });
    const other = await openTemporary();
    await finish(other.add(many.path));
    const documents = async (perDocument: number, limit: number) =>
      (await other.search('needles drawer', { perDocument, limit })).hits.map(({ path }) => path);
    expect((await documents(0, 10)).length).toBe(10);
    expect(await documents(1, 10)).toEqual(expect.arrayContaining(['long.md', 'short.md']));
    expect(await documents(1, 10)).toHaveLength(2);
    expect((await documents(3, 10)).filter((path) => path === 'long.md')).toHaveLength(3);
    expect(await documents(0, 1)).toHaveLength(1);
  });

  test('a longer list begins like a shorter one', async () => {
    const ids = async (limit: number) =>
      (await knowledgeBase.search('leave plan floor budget', { limit })).hits.map(({ chunk }) => chunk.id);
    const long = await ids(10);
    for (const limit of [1, 2, 3]) expect(await ids(limit)).toEqual(long.slice(0, limit));
  });

  test('a score bound leaves out what is below it', async () => {
    const all = (await knowledgeBase.search('annual leave')).hits;
    const bound = all[0]!.score * 0.9;
    const kept = (await knowledgeBase.search('annual leave', { minScore: bound })).hits;
    expect(kept.map(({ chunk }) => chunk.id)).toEqual(
      all.filter(({ score }) => score >= bound).map(({ chunk }) => chunk.id),
    );
    const none = await knowledgeBase.search('annual leave', { minScore: 99 });
    expect(none).toMatchObject({ hits: [], notes: [expect.stringContaining('99')] });
  });

  test('filters hold in every mode', async () => {
    for (const mode of ['lexical', 'vector', 'hybrid'] as const) {
      const { hits } = await knowledgeBase.search('the plan for leave and parking', {
        mode,
        filter: { paths: ['office'] },
      });
      expect(hits.length).toBeGreaterThan(0);
      expect(hits.every(({ path }) => path.startsWith('office/'))).toBe(true);
    }
  });

  test('a phrase must be there, in hybrid search too', async () => {
    expect((await knowledgeBase.search('"annual leave"')).hits.map(({ path }) => path)).toEqual(['people/leave.md']);
    const nothing = await knowledgeBase.search('"leave annual"');
    expect(nothing).toMatchObject({ hits: [], notes: [expect.stringContaining('leave annual')] });
  });

  test('a part of a word is searched for when no word is there, and that is said', async () => {
    const { hits, notes } = await knowledgeBase.search('itche', { mode: 'lexical' });
    expect(hits.map(({ path }) => path)).toEqual(['office/plan.md']);
    expect(notes).toEqual([expect.stringContaining('kitchen')]);
  });

  test('nothing found is explained', async () => {
    const notes = async (...parameters: Parameters<KnowledgeBase['search']>) => {
      const { hits, notes } = await knowledgeBase.search(...parameters);
      expect(hits).toEqual([]);
      return notes.join(' ');
    };
    expect(await notes('zzzqqq', { mode: 'lexical' })).toMatch(/\w/);
    expect(await notes('leave', { filter: { tags: ['absent'] } })).toContain('No document has the tag "absent"');
    expect(await notes('garage', { filter: { tags: ['money'] }, mode: 'lexical' })).toContain(
      'among the documents that pass the filters',
    );
    const empty = await openTemporary();
    expect((await empty.search('anything')).notes.join(' ')).toContain('rag add');
  });

  test.each([
    { limit: 0 },
    { limit: -1 },
    { limit: 1.5 },
    { limit: Number.NaN },
    { limit: Number.POSITIVE_INFINITY },
    { perDocument: -1 },
    { perDocument: 0.5 },
    { minScore: Number.NaN },
    { mode: 'fuzzy' as 'hybrid' },
  ])('%j is refused by name', async (options) => {
    const [name] = Object.keys(options) as [string];
    await expect(knowledgeBase.search('leave', options)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(name),
    });
  });

  test('an empty query, and one with a fired signal, are refused', async () => {
    await expect(knowledgeBase.search('  ')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(knowledgeBase.search('leave', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  test('a query without a word that has a vector falls back to words', async () => {
    const { mode, hits } = await knowledgeBase.search('?!', { mode: 'hybrid' });
    expect({ mode, hits }).toEqual({ mode: 'lexical', hits: [] });
    expect((await knowledgeBase.search('?!', { mode: 'vector' })).notes.join(' ')).toContain('--mode lexical');
  });

  test('a page of unknown words is answered within seconds', async () => {
    const started = performance.now();
    await knowledgeBase.search(Array.from({ length: 1500 }, (_, i) => `zq${i}x`).join(' '));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('ask without a model', () => {
  const answerTo = async (
    question: string,
    base = knowledgeBase,
  ): Promise<{ answer: Answer; events: readonly AskEvent[] }> => {
    const events: AskEvent[] = [];
    for await (const event of base.ask(question)) events.push(event);
    const last = events.at(-1);
    if (last?.type !== 'answer-end') throw new Error('The stream did not end with answer-end.');
    return { answer: last.answer, events };
  };

  test('quotes sentences that stand in the stored text, each with its place', async () => {
    const { answer, events } = await answerTo('How many days of annual leave does every employee have?');
    expect(events[0]!.type).toBe('search-end');
    expect(answer.model).toBe('extractive');
    expect(answer.text).toContain('thirty days');
    expect(answer.citations.length).toBeGreaterThan(0);
    for (const { chunkId, marker, quote, span, verified } of answer.citations) {
      expect(verified).toBe(true);
      expect(answer.hits[marker - 1]!.chunk.id).toBe(chunkId);
      expect(answer.text).toContain(`[${marker}]`);
      const { document } = knowledgeBase.get(chunkId);
      expect(document.text.slice(span.start, span.end)).toBe(quote);
    }
    expect(events.filter(({ type }) => type === 'citation')).toHaveLength(answer.citations.length);
  });

  test('says that it has nothing when the documents do not speak of it', async () => {
    const { answer } = await answerTo('Which wavelength does the ytterbium laser emit?');
    expect(answer).toMatchObject({ text: '', support: 'none', citations: [] });
    expect((await answerTo('Anything?', await openTemporary())).answer).toMatchObject({ text: '', support: 'none' });
  });

  test('a model that is not known is refused by name', async () => {
    const ask = async () => {
      for await (const _ of knowledgeBase.ask('What?', { model: 'nobody/nothing' }));
    };
    await expect(ask()).rejects.toMatchObject({ code: 'MODEL_UNKNOWN', message: expect.stringContaining('nobody') });
  });
});

describe('collections', () => {
  test('are made, described, renamed and removed; bad names are refused', () => {
    knowledgeBase.createCollection('work', 'What we do');
    expect(knowledgeBase.collections()).toMatchObject([
      { name: 'default', documents: 5, sources: 1 },
      { name: 'work', description: 'What we do', documents: 0 },
    ]);
    knowledgeBase.renameCollection('default', 'handbook');
    expect(knowledgeBase.list({ filter: { collections: ['handbook'] } })).toHaveLength(5);
    for (const name of ['', 'a b', '-x', '../x', 'x'.repeat(65)]) {
      expect(refusal(() => knowledgeBase.createCollection(name)).code, name).toBe('USAGE');
      expect(refusal(() => knowledgeBase.renameCollection('work', name)).code, name).toBe('USAGE');
    }
    expect(refusal(() => knowledgeBase.removeCollection('absent')).code).toBe('NOT_FOUND');
    knowledgeBase.removeCollection('handbook');
    expect(knowledgeBase.status()).toMatchObject({
      documents: 0,
      chunks: 0,
      vectors: 0,
      collections: [{ name: 'work' }],
    });
  });
});

test('every write to a knowledge base that is open for reading only is refused', async () => {
  const reader = await openTemporary({ path: knowledgeBase.path, readOnly: true });
  expect((await reader.search('annual leave')).hits.length).toBeGreaterThan(0);
  await expect(finish(reader.add(folder.path))).rejects.toMatchObject({ code: 'DB_READ_ONLY' });
  expect(refusal(() => reader.remove('travel.md')).code).toBe('DB_READ_ONLY');
  expect(refusal(() => reader.createCollection('x')).code).toBe('DB_READ_ONLY');
  expect((await finish(reader.add(folder.path, { dryRun: true }))).report.counts.unchanged).toBe(5);
});

test('passages with all the same words are counted with the best of them, those with another figure are not', async () => {
  const folder = temporaryFolder({
    'a.md': 'The grant is 400 euros a year.',
    'b.md': 'The grant is 400 euros a year!',
    'c.md': 'The grant is 500 euros a year.',
  });
  const own = await openTemporary();
  await finish(own.add(folder.path));
  expect((await own.search('grant')).hits).toHaveLength(3);
  const { hits } = await own.search('grant', { collapseCopies: true });
  expect(hits.map(({ chunk, copies }) => [chunk.text.slice(13, 16), copies])).toEqual([
    ['400', 1],
    ['500', undefined],
  ]);
});
