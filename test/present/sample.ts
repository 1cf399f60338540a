import type { IngestReport, ItemOutcome, SearchHit, SearchResult, StatusReport } from '../../src/app/types.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { chunkIdOf, type DocumentId } from '../../src/domain/ids.ts';

/** A hit with everything that is shown of one; two of them differ in what `parts` says. */
export function sampleHit(
  rank: number,
  parts: { uri: string; title: string; page?: number; line?: number; text: string; match: string },
): SearchHit {
  const documentId = `00000000000${rank}` as DocumentId;
  const start = parts.text.indexOf(parts.match);
  return {
    rank,
    score: 1 / (rank + 1),
    path: parts.uri.split('/').at(-1)!,
    document: {
      documentId,
      collection: 'default',
      uri: parts.uri,
      title: parts.title,
      mediaType: 'text/markdown',
      type: 'md',
      modifiedAt: '2026-03-01T08:00:00.000Z',
    },
    chunk: {
      id: chunkIdOf(documentId, 0),
      documentId,
      ordinal: 0,
      span: { start: 0, end: parts.text.length },
      text: parts.text,
      headingPath: ['Handbook', 'Leave'],
      page: parts.page ?? null,
      lines: parts.line === undefined ? null : { start: parts.line, end: parts.line + 2 },
      tokens: 12,
    },
    signals: [
      { list: 'lexical', rank, raw: 12.3456 },
      { list: 'vector', rank: rank + 2, raw: 0.512 },
    ],
    snippet: { text: parts.text, matches: [{ start, end: start + parts.match.length }] },
  };
}

export const sampleSearch: SearchResult = {
  query: 'parental leave',
  mode: 'hybrid',
  elapsedMs: 4.2,
  notes: ['The vector leg was left out.'],
  hits: [
    sampleHit(1, {
      uri: 'file:///work/handbook/leave%20policy.md',
      title: 'Leave policy',
      line: 12,
      text: 'Each parent has 26 weeks of parental leave on full pay,\nwhether by birth, adoption or long-term fostering; the weeks may be taken in three blocks.',
      match: 'parental leave',
    }),
    sampleHit(2, {
      uri: 'file:///else/manual.pdf',
      title: 'Evil \u001b[2J title, "quoted" & <b>',
      page: 3,
      text: 'Text with \u202e an override, a , comma and parental words',
      match: 'parental',
    }),
    sampleHit(3, {
      uri: 'https://example.com/page',
      title: '休暇の案内',
      text: '育児休暇は二十六週間です。\u0007',
      match: '育児休暇',
    }),
  ],
  explanation: {
    terms: ['parental', 'leave'],
    dropped: ['the'],
    phrases: [],
    kind: 'lookup',
    excluded: ['draft'],
    filters: [{ written: 'since:2026-03', conditions: { since: '2026-03-01T00:00:00.000Z' }, negated: false }],
    legs: [
      { list: 'lexical', candidates: 40, elapsedMs: 1.2 },
      { list: 'vector', candidates: 100, elapsedMs: 2.3 },
    ],
    fusion: 'score = 0.6 lexical + 0.4 vector, each scaled to [0, 1]',
  },
};

export const sampleAnswer: Answer = {
  question: 'How long is parental leave?',
  text: 'Each parent has 26 weeks. [1] Some have 30. [3]',
  model: 'ollama/test',
  citations: [
    {
      marker: 1,
      chunkId: sampleSearch.hits[0]!.chunk.id,
      span: { start: 0, end: 24 },
      quote: 'Each parent has 26 weeks',
      verified: true,
    },
    {
      marker: 3,
      chunkId: sampleSearch.hits[2]!.chunk.id,
      span: { start: 0, end: 0 },
      quote: 'Some have\n\u001b[31m30.',
      verified: false,
      stale: true,
    },
  ],
  checks: [
    { span: { start: 0, end: 25 }, label: 'supported', citations: [1], reasons: [] },
    {
      span: { start: 30, end: 43 },
      label: 'contradicted',
      citations: [3],
      reasons: [{ kind: 'number', what: '30', instead: '26 weeks' }],
    },
  ],
  hits: sampleSearch.hits,
  usage: { inputTokens: 120, outputTokens: 14 },
  support: 'partial',
  warnings: ['One quote does not stand in its source.'],
};

export const sampleOutcomes: readonly ItemOutcome[] = [
  { uri: 'file:///work/a.md', path: 'a.md', status: 'added', chunks: 3 },
  { uri: 'file:///work/new.md', path: 'new.md', status: 'moved', from: 'old.md' },
  { uri: 'file:///work/b.md', path: 'b.md', status: 'updated', chunks: 2, warnings: ['Two lines were not UTF-8.'] },
  {
    uri: 'file:///work/x',
    path: 'x\u001b]0;evil\u0007.bin',
    status: 'skipped',
    reason: { code: 'binary', message: 'It is binary.' },
  },
  {
    uri: 'file:///work/bad.pdf',
    path: 'bad.pdf',
    status: 'failed',
    reason: { code: 'PARSE_ENCRYPTED', message: 'It is encrypted.', hint: 'Remove the password.' },
  },
];

export const sampleReport: IngestReport = {
  dryRun: false,
  counts: { added: 1, updated: 1, moved: 1, unchanged: 1200, removed: 0, skipped: 1, failed: 1 },
  chunks: 5,
  elapsedMs: 3210,
  interrupted: false,
  sourceProblems: [
    { uri: 'file:///gone', code: 'SOURCE_MISSING', message: 'There is no such folder.', hint: 'Use --prune-missing.' },
  ],
};

export const sampleStatus: StatusReport = {
  path: '/work/.rag/rag.db',
  bytes: 1_234_567,
  schemaVersion: 1,
  facts: { lacking: 0, warned: 1, kinds: { policy: 2, manual: 1 }, languages: { en: 3 }, expired: 1 },
  history: {
    versions: 0,
    documents: 0,
    removedDocuments: 0,
    pinned: 0,
    bytes: 0,
    vectorBytes: 0,
    snapshots: 0,
    oldest: null,
    droppedUntil: null,
  },
  collections: [
    { name: 'default', description: '', sources: 1, documents: 2, chunks: 7 },
    { name: 'work', description: 'Company papers', sources: 0, documents: 0, chunks: 0 },
  ],
  sources: [
    {
      id: 1,
      kind: 'folder',
      uri: 'file:///work/handbook',
      collection: 'default',
      options: { include: ['**/*.md'] },
      documents: 2,
      failures: 1,
      addedAt: '2026-03-01T08:00:00.000Z',
      syncedAt: '2026-03-02T09:30:00.000Z',
    },
  ],
  documents: 2,
  chunks: 7,
  vectors: 6,
  textLength: 12_345,
  space: { provider: 'builtin', model: 'ragstone-static-1', dimensions: 256 },
  types: { md: 1, pdf: 1 },
  tuning: null,
  failures: [
    { path: 'bad.pdf', uri: 'file:///work/handbook/bad.pdf', code: 'PARSE_ENCRYPTED', message: 'It is encrypted.' },
  ],
  usage: {
    questions: { count: 1200, bytes: 96_000, oldest: '2026-02-01T10:00:00.000Z' },
    feedback: 1,
    calibratedOn: 60,
    caches: [
      { name: 'embeddings', entries: 6, bytes: 1536, hits: 0, misses: 0 },
      { name: 'results', entries: 2, bytes: 20_000, hits: 1, misses: 3 },
    ],
  },
};
