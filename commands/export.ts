import { createWriteStream, existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Command, Option } from 'commander';
import type { Export, ExportedDocument } from '../src/app/transfer/types.ts';
import { makeFolder } from '../src/platform/make-folder.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { exportEndToLine, exportedDocumentToLine, exportHeaderToLine } from '../src/present/json/v1/export.ts';
import { countOf } from '../src/present/text/quantities.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  type CommonFlags,
  type FilterFlags,
  filterOf,
  usageError,
} from './shared/flags.ts';
import { createProgressLine } from './shared/progress.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

const KINDS = ['jsonl', 'markdown', 'parquet'] as const;

type ExportFlags = CommonFlags &
  FilterFlags & {
    readonly as?: (typeof KINDS)[number];
    readonly vectors?: boolean;
    readonly overwrite?: boolean;
  };

export function defineExport(command: Command, context: CommandContext): void {
  command
    .argument('<place>', 'file (.jsonl, .jsonl.gz, .parquet), folder for Markdown, or - for standard output')
    .addOption(new Option('--as <format>', 'what to write, where the name does not say').choices(KINDS))
    .option('--vectors', 'with the vectors of passages (JSONL and Parquet)')
    .option('--overwrite', 'replace a file that is there, or write into a folder that is not empty');
  addFilterFlags(command).action(
    context.action((place: string, flags: ExportFlags) => exportTo(context, place, flags)),
  );
  addExamples(command, [
    ['rag export base.jsonl.gz --vectors', 'all that `rag import` needs to make the same again'],
    ['rag export notes/ -c work', 'a folder of Markdown files'],
    ['rag export passages.parquet --vectors', 'one row for each passage, for pandas or DuckDB'],
    ['rag export - --type pdf | jq -r .title', 'one JSON object in each line'],
  ]);
}

async function exportTo(context: CommandContext, place: string, flags: ExportFlags): Promise<ExitCode> {
  const kind = flags.as ?? kindOf(place);
  if (place === '-' && kind !== 'jsonl')
    throw usageError(`${kind} cannot go to standard output.`, 'Name a place for it.');
  if (kind === 'markdown' && flags.vectors)
    throw usageError('Markdown has no place for vectors.', 'Leave --vectors out.');
  const session = await startSession(context, flags);
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    const transfer = await knowledgeBase.transfer();
    const exported = transfer.export({ filter: filterOf(flags), vectors: flags.vectors });
    const progress = createProgressLine(context.stderr);
    const documents = function* (): Iterable<ExportedDocument> {
      let done = 0;
      for (const document of exported.documents) {
        if (context.signal.aborted) return;
        if (!flags.quiet) progress.update({ done: ++done, total: exported.header.documents, path: document.path });
        yield document;
      }
    };
    const counted = { documents: 0 };
    const watched = { header: exported.header, documents: counting(documents(), counted) };
    try {
      if (place === '-') {
        for (const line of linesOf(watched, counted)) {
          context.stdout.write(line);
          // So that as much is in memory as the reader has not taken yet, and nothing more is read for one that has gone.
          await context.stdout.flush();
          if (context.stdout.isClosed()) break;
        }
      } else {
        const path = resolve(context.workingFolder, place);
        if (kind === 'markdown') await writeMarkdown(path, watched.documents, flags);
        else await writeFile(path, kind, { exported: watched, counted, flags, signal: context.signal });
      }
    } finally {
      progress.clear();
    }
    if (context.signal.aborted) return EXIT.interrupted;
    if (place === '-') return EXIT.done;
    if (flags.json) {
      context.stdout.write(
        renderEnvelope('rag.export-report/1', { place, format: kind, documents: counted.documents }),
      );
    } else if (!flags.quiet) context.stdout.write(`${countOf(counted.documents, 'document')} written to ${place}.\n`);
    return EXIT.done;
  });
}

function kindOf(place: string): (typeof KINDS)[number] {
  if (place === '-' || /\.(jsonl|ndjson)(\.gz)?$/i.test(place)) return 'jsonl';
  if (extname(place).toLowerCase() === '.parquet') return 'parquet';
  if (/[/\\]$/.test(place) || (existsSync(place) && statSync(place).isDirectory())) return 'markdown';
  throw usageError(
    `What to write to ${place} is not clear.`,
    'Say --as jsonl, markdown or parquet, or end the name with .jsonl, .parquet or /.',
  );
}

function* counting(documents: Iterable<ExportedDocument>, counted: { documents: number }): Iterable<ExportedDocument> {
  for (const document of documents) {
    counted.documents++;
    yield document;
  }
}

function* linesOf({ header, documents }: Export, counted: { readonly documents: number }): Iterable<string> {
  yield `${JSON.stringify(exportHeaderToLine(header))}\n`;
  for (const document of documents) yield `${JSON.stringify(exportedDocumentToLine(document))}\n`;
  yield `${JSON.stringify(exportEndToLine(counted.documents))}\n`;
}

type FileExport = {
  readonly exported: Export;
  readonly counted: { readonly documents: number };
  readonly flags: ExportFlags;
  readonly signal: AbortSignal;
};

/** Under another name until it is whole. */
async function writeFile(
  path: string,
  kind: 'jsonl' | 'parquet',
  { exported, counted, flags, signal }: FileExport,
): Promise<void> {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !flags.overwrite) throw isThere(path);
  if (there && !there.isFile()) throw usageError(`${path} is no regular file.`, 'Name a file, or - for a pipe.');
  makeFolder(dirname(path));
  const draft = `${path}.${process.pid}.part`;
  try {
    // What documents say is for the owner only, whatever they then do with it.
    writeFileSync(draft, '', { mode: 0o600 });
    if (kind === 'parquet') {
      const { writePassages } = await import('../src/present/parquet/write-passages.ts');
      await writePassages(draft, exported.documents);
    } else {
      const lines = Readable.from(linesOf(exported, counted));
      const file = createWriteStream(draft);
      await (path.endsWith('.gz') ? pipeline(lines, createGzip(), file) : pipeline(lines, file));
    }
    if (!signal.aborted) renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

async function writeMarkdown(folder: string, documents: Iterable<ExportedDocument>, flags: ExportFlags): Promise<void> {
  const { markdownFileName } = await import('../src/present/text/markdown-file-name.ts');
  const { renderMarkdownDocument } = await import('../src/present/text/render-markdown-document.ts');
  if (existsSync(folder) && readdirSync(folder).length > 0 && !flags.overwrite) throw isThere(folder);
  const seen = new Set<string>();
  for (const document of documents) {
    const path = join(folder, markdownFileName(`${document.document.source.collection}/${document.path}`, seen));
    makeFolder(dirname(path));
    writeFileSync(path, renderMarkdownDocument(document));
  }
}

const isThere = (path: string) =>
  usageError(`${path} is there already, and not empty.`, 'Name another place, or say --overwrite.');
