import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { type OpenOptions, openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import type { IngestEvent, IngestReport, ItemOutcome, KnowledgeBase } from '../../src/app/types.ts';
import type { Embedder } from '../../src/embed/types.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';

const undo: (() => void)[] = [];

afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

export type TemporaryFolder = {
  readonly path: string;
  /** Writes or replaces files; each write gets a later time than the one before. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  remove(path: string): void;
};

const undoLast: (() => void)[] = [];

afterAll(() => {
  for (const step of undoLast.splice(0).reverse()) step();
});

let lastWriteSeconds = 1_750_000_000;

/** An empty folder, or one with these files, gone after the test, or after all tests of the file. */
export function temporaryFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  until: 'test' | 'file' = 'test',
): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'rag-app-')));
  (until === 'test' ? undo : undoLast).push(() => rmSync(path, { recursive: true, force: true }));
  const folder: TemporaryFolder = {
    path,
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        const file = join(path, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
        lastWriteSeconds += 1;
        utimesSync(file, lastWriteSeconds, lastWriteSeconds);
      }
    },
    remove: (name) => rmSync(join(path, name), { recursive: true }),
  };
  folder.write(files);
  return folder;
}

/** A knowledge base in a new file, or at `path`; closed after the test. */
export async function openTemporary(options: Partial<OpenOptions> = {}): Promise<KnowledgeBase> {
  const path = options.path ?? join(temporaryFolder().path, 'rag.db');
  const knowledgeBase = await openKnowledgeBase({ embedder: hashEmbedder(), ...options, path });
  undo.push(() => knowledgeBase.close());
  return knowledgeBase;
}

export type Ingested = {
  readonly report: IngestReport;
  readonly events: readonly IngestEvent[];
  readonly outcomes: readonly ItemOutcome[];
  /** `status path`, sorted. */
  readonly lines: readonly string[];
};

/** Runs an ingest to its end. */
export async function finish(stream: AsyncIterable<IngestEvent>): Promise<Ingested> {
  const events: IngestEvent[] = [];
  for await (const event of stream) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'ingest-end') throw new Error('The stream did not end with ingest-end.');
  const outcomes = events.flatMap((event) => (event.type === 'item-end' ? [event.outcome] : []));
  const lines = outcomes.map(({ status, path }) => `${status} ${path}`).sort();
  return { report: last.report, events, outcomes, lines };
}

export type CountingEmbedder = Embedder & { readonly embedded: string[] };

/** The hash embedder, which also keeps every passage that it was given. */
export function countingEmbedder(): CountingEmbedder {
  const inner = hashEmbedder();
  const embedded: string[] = [];
  return {
    ...inner,
    embedded,
    embedPassages(texts, signal) {
      embedded.push(...texts);
      return inner.embedPassages(texts, signal);
    },
  };
}
