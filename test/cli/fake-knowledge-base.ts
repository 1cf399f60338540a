import type { Jobs } from '../../src/app/jobs/types.ts';
import type { IngestEvent, KnowledgeBase } from '../../src/app/types.ts';
import { RagError } from '../../src/platform/errors.ts';
import { sampleAnswer, sampleReport, sampleSearch, sampleStatus } from '../present/sample.ts';

/** A call that reached the knowledge base. */
export type Call = { readonly method: string; readonly values: readonly unknown[] };

/** Answers every call with the samples, and notes what it was called with. */
export function fakeKnowledgeBase(calls: Call[], replace: Partial<KnowledgeBase> = {}): KnowledgeBase {
  const noted =
    <Values extends unknown[], Result>(method: string, work: (...values: Values) => Result) =>
    (...values: Values): Result => {
      calls.push({ method, values });
      return work(...values);
    };
  const documents = sampleSearch.hits.map((hit) => ({
    ...hit.document,
    path: hit.path,
    bytes: 2048,
    chunks: 3,
    tags: ['handbook'],
    language: 'en',
    kind: 'policy',
    warnings: [],
    indexedAt: '2026-03-02T09:30:00.000Z',
    version: 1,
    isPinned: false,
  }));
  async function* ingest(): AsyncIterable<IngestEvent> {
    yield {
      type: 'ingest-end',
      report: { ...sampleReport, counts: { ...sampleReport.counts, failed: 0 }, sourceProblems: [] },
    };
  }
  return {
    path: '/work/.rag/rag.db',
    whenWritable: async () => {},
    add: noted('add', ingest),
    addBytes: noted('addBytes', ingest),
    sync: noted('sync', ingest),
    watch: noted('watch', async function* () {
      const report = { counts: sampleReport.counts, elapsedMs: 1200, problems: 0 };
      yield { type: 'watch-end' as const, report: { ...report, counts: { ...report.counts, failed: 0 } } };
    }),
    reprocess: noted('reprocess', async function* () {
      const chunks = { before: 6, after: 9, kept: 2 };
      const counts = { changed: 2, unchanged: 1, failed: 0 };
      const report = { dryRun: false, counts, fromStored: 0, chunks, elapsedMs: 40, interrupted: false };
      yield { type: 'reprocess-end' as const, report };
    }),
    list: noted('list', () => documents),
    get: noted('get', () => ({
      document: {
        id: documents[0]!.documentId,
        source: documents[0]!,
        contentHash: 'ab',
        text: 'one\ntwo\u001b[2J',
        firstLine: 1,
        sections: [],
        language: 'en',
        tags: [],
        metadata: {},
      },
      path: documents[0]!.path,
      text: 'one\ntwo\u001b[2J',
      lines: { start: 1, end: 2 },
      chunk: null,
    })),
    remove: noted('remove', (reference: string) => (reference === 'all' ? documents : documents.slice(0, 1))),
    search: noted('search', async () => sampleSearch),
    explain: noted('explain', async () => {
      throw new Error('The fake ranks nothing.');
    }),
    ask: noted('ask', async function* () {
      yield { type: 'search-end' as const, result: sampleSearch };
      yield { type: 'text-delta' as const, text: 'Each parent has 26 weeks. [1]' };
      yield { type: 'answer-end' as const, answer: sampleAnswer };
    }),
    context: noted('context', async (question: string) => ({
      question,
      budgetTokens: 4000,
      tokens: 120,
      passages: sampleSearch.hits.map((hit, at) => ({ marker: at + 1, hit, text: hit.chunk.text })),
      found: sampleSearch,
    })),
    summarize: noted('summarize', async function* () {
      const scope = { kind: 'document' as const, name: 'a.md', documents: 1, passages: 2, readPassages: 2 };
      yield { type: 'summary-start' as const, scope };
      yield { type: 'text-delta' as const, text: sampleAnswer.text };
      yield { type: 'summary-end' as const, summary: { scope, length: 'medium' as const, answer: sampleAnswer } };
    }),
    generator: noted('generator', async () => null),
    replay: noted('replay', async () => {
      throw new Error('The fake replays nothing.');
    }),
    chat: noted('chat', async () => {
      throw new Error('The fake does not chat.');
    }),
    sessions: noted('sessions', async () => {
      throw new Error('The fake has no sessions.');
    }),
    collections: noted('collections', () => sampleStatus.collections),
    createCollection: noted('createCollection', () => {}),
    renameCollection: noted('renameCollection', () => {}),
    removeCollection: noted('removeCollection', () => {}),
    tuning: noted('tuning', () => ({})),
    setTuning: noted('setTuning', () => {}),
    graph: noted('graph', async () => {
      throw new Error('The fake has no graph.');
    }),
    usage: noted('usage', async () => {
      throw new Error('The fake has no log.');
    }),
    history: noted('history', async () => {
      throw new RagError('NOT_FOUND', { message: 'There is no document.', hint: '' });
    }),
    understanding: noted('understanding', async () => ({
      facts: async () => ({
        documentId: documents[0]!.documentId,
        path: 'leave.md',
        title: 'Leave',
        facts: {
          language: 'en',
          kind: 'policy' as const,
          kindBecause: ['"policy" in its title'],
          warnings: [],
          dates: null,
        },
        keywords: [{ text: 'parental leave', count: 4 }],
        words: 120,
        characters: 700,
        isExpired: false,
      }),
      expired: () => [],
      fill: async () => 2,
      tags: () => [{ tag: 'hr', documents: 3 }],
      tag: () => ({ path: 'leave.md', tags: ['hr'] }),
      untag: () => ({ path: 'leave.md', tags: [] }),
      suggestTags: async () => ({
        minConfidence: 0.5,
        tagged: 0,
        untagged: 3,
        tooFew: [],
        figures: [],
        suggestions: [],
        applied: false,
      }),
      duplicates: async () => ({ threshold: 0.9, documents: 3, lacking: 0, groups: [], interrupted: false }),
    })),
    privacy: noted('privacy', async () => {
      throw new Error('The fake has no documents to look through.');
    }),
    tryModel: noted('tryModel', async () => {
      throw new Error('The fake has no models.');
    }),
    transfer: noted('transfer', async () => {
      throw new Error('The fake moves nothing.');
    }),
    maintenance: noted('maintenance', async () => {
      throw new Error('The fake has no file.');
    }),
    vectorModels: noted('vectorModels', async () => {
      throw new Error('The fake has no vectors.');
    }),
    // Work is noted nowhere.
    jobs: async () => ({ begin: () => null }) as unknown as Jobs,
    status: noted('status', () => sampleStatus),
    doctor: noted('doctor', async () => [{ name: 'node', status: 'ok' as const, message: 'Node.' }]),
    close: noted('close', () => {}),
    ...replace,
  };
}
