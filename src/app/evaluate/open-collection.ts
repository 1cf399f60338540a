import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Settings } from '../../config/types.ts';
import { type EvaluationDocument, readBeir } from '../../evaluate/read-beir.ts';
import { RagError } from '../../platform/errors.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { programVersion } from '../../platform/version.ts';
import type { KnowledgeBase } from '../types.ts';
import type { QuestionSet } from './question-set.ts';

/** Names in one folder: more make some file systems slow. */
const FILES_PER_FOLDER = 1000;

/** What the ingested collections may take on the disk; the ones that were not used for longest go first. */
const MAX_CACHE_BYTES = 4_000_000_000;

/** A part file that is older belongs to a process that was killed. */
const STALE_PART_MS = 24 * 60 * 60 * 1000;

export type OpenCollectionOptions = {
  /** Folder where ingested collections are kept. */
  readonly cacheFolder: string;
  readonly settings: Settings;
  /** Opens a database, and makes it where that is asked for. */
  readonly open: (path: string, create: boolean) => Promise<KnowledgeBase>;
  /** Ingest again although it is there. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
  readonly onDocument?: (done: number, total: number) => void;
};

export type OpenCollection = {
  readonly knowledgeBase: KnowledgeBase;
  readonly set: QuestionSet;
  /** Milliseconds that ingesting took; null when it was there already. */
  readonly ingestMs: number | null;
};

/**
 * A collection in BEIR layout, ingested through the real pipeline: every entry a Markdown file with its title as the
 * heading. The database is kept by the hash of the contents, so the next time it is only opened. The caller closes it.
 */
export async function openCollection(folder: string, options: OpenCollectionOptions): Promise<OpenCollection> {
  const { documents, queries } = readBeir(folder);
  if (queries.length === 0) {
    throw new RagError('NOT_FOUND', {
      message: `${folder} has no question with a relevant document.`,
      hint: 'Look whether the ids in qrels are those of queries.jsonl.',
    });
  }
  const idByPath = new Map(documents.map(({ id }, i) => [pathOf(i), id]));
  const path = join(options.cacheFolder, `${cacheKey(documents, options.settings)}.db`);
  const started = Date.now();
  const isThere = existsSync(path) && !options.fresh;
  if (!isThere) await ingest(documents, path, options);
  utimesSync(path, new Date(), new Date());
  prune(options.cacheFolder, path);
  return {
    knowledgeBase: await options.open(path, false),
    ingestMs: isThere ? null : Date.now() - started,
    set: {
      name: basename(resolve(folder)),
      questions: queries.map((query) => ({ ...query, unit: 'document', evidence: [], gold: null })),
      open: [],
      skipped: [],
      keysOf: (_, hit) => [idByPath.get(hit.path) ?? hit.path],
    },
  };
}

/** What the database is made of: the texts, and all that cuts and embeds them. */
function cacheKey(documents: readonly EvaluationDocument[], { embedder, chunk }: Settings): string {
  const contents = sha256Hex(JSON.stringify(documents));
  return sha256Hex(JSON.stringify([programVersion(), embedder, chunk, contents])).slice(0, 32);
}

async function ingest(
  documents: readonly EvaluationDocument[],
  path: string,
  { cacheFolder, open, signal, onDocument }: OpenCollectionOptions,
): Promise<void> {
  makeFolder(cacheFolder);
  const files = mkdtempSync(join(tmpdir(), 'rag-eval-'));
  // Made beside its place and moved there when it is whole: a run that is stopped leaves nothing half.
  const part = `${path}.part-${process.pid}`;
  try {
    writeFiles(files, documents);
    const knowledgeBase = await open(part, true);
    try {
      for await (const event of knowledgeBase.add(files, { signal })) {
        if (event.type === 'item-end') onDocument?.(event.done, event.total);
        else if (event.type === 'ingest-end' && (event.report.interrupted || event.report.sourceProblems.length > 0))
          throw new RagError('ABORTED', { message: 'The collection was not ingested to its end.' });
      }
    } finally {
      knowledgeBase.close();
    }
    for (const suffix of SIDE_FILES) rmSync(path + suffix, { force: true });
    renameSync(part, path);
  } finally {
    rmSync(files, { recursive: true, force: true });
    for (const suffix of ['', ...SIDE_FILES]) rmSync(part + suffix, { force: true });
  }
}

const SIDE_FILES = ['-wal', '-shm'];

const pathOf = (index: number): string =>
  `${String(Math.floor(index / FILES_PER_FOLDER)).padStart(3, '0')}/${String(index).padStart(6, '0')}.md`;

function writeFiles(folder: string, documents: readonly EvaluationDocument[]): void {
  documents.forEach(({ title, text }, i) => {
    const path = join(folder, pathOf(i));
    if (i % FILES_PER_FOLDER === 0) mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, `${title ? `# ${title}\n\n` : ''}${text}\n`);
  });
}

/** Removes what was not used for longest until the rest fits, but never the one that is wanted now. */
function prune(folder: string, wanted: string): void {
  const entries = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{32}\.db/.test(name))
    .map((name) => ({ path: join(folder, name), isPart: name.includes('.part-') }))
    // Another process may be pruning too.
    .flatMap((entry) => {
      const found = statSync(entry.path, { throwIfNoEntry: false });
      return found ? [{ ...entry, size: found.size, usedMs: found.mtimeMs }] : [];
    })
    .sort((a, b) => b.usedMs - a.usedMs);
  let total = 0;
  for (const { path, isPart, size, usedMs } of entries) {
    total += size;
    const isStale = isPart && Date.now() - usedMs > STALE_PART_MS;
    if (isStale || (!isPart && !path.startsWith(wanted) && total > MAX_CACHE_BYTES)) rmSync(path, { force: true });
  }
}
