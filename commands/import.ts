import { closeSync, constants, createReadStream, fstatSync, openSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Command } from 'commander';
import { messageOf } from '../src/platform/errors.ts';
import type { CommandContext } from './shared/context.ts';
import type { ExitCode } from './shared/exit-code.ts';
import { addExamples, addFormatFlag, collectList, usageError } from './shared/flags.ts';
import { type IngestFlags, runIngest } from './shared/run-ingest.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type ImportFlags = IngestFlags & {
  readonly collection?: string;
  readonly tag?: string[];
  readonly name?: string;
  readonly sources?: boolean;
};

export function defineImport(command: Command, context: CommandContext): void {
  command
    .argument('<file>', 'an export, or JSONL of another program (.gz too), or - for standard input')
    .option('-c, --collection <name>', 'collection that everything goes to, instead of those of the export')
    .option('--tag <tag>', 'tag for every document (may be repeated)', collectList)
    .option('--name <name>', 'what the documents are listed under (the name of the file)')
    .option('--sources', 'remember the folders and URLs of an export as well, for `rag sync`')
    .option('--dry-run', 'say what would happen, and change nothing')
    .action(context.action((file: string, flags: ImportFlags) => importFrom(context, file, flags)));
  addFormatFlag(command, ['text', 'json', 'jsonl']);
  addExamples(command, [
    ['rag import base.jsonl.gz', 'what `rag export` wrote, with passages and vectors'],
    ['rag import corpus.jsonl -c papers', 'objects with a text, and a title, id or url'],
    ['curl -s https://example.com/d.jsonl | rag import - --name d', 'from another program'],
  ]);
}

async function importFrom(context: CommandContext, file: string, flags: ImportFlags): Promise<ExitCode> {
  if (file === '-' && flags.name === undefined) {
    throw usageError(
      'What comes from standard input needs a name.',
      'Say --name, so that it can be told from other imports.',
    );
  }
  const { readLines } = await import('../src/platform/read-lines.ts');
  const session = await startSession(context, flags);
  const { collection, tag: tags, dryRun, sources: withSources } = flags;
  const name = flags.name ?? basename(file);
  return withKnowledgeBase(context, session, { create: true, verbose: flags.verbose }, (knowledgeBase) =>
    runIngest(context, session, flags, [
      {
        name: file,
        start: async () => {
          const transfer = await knowledgeBase.transfer();
          const bytes = file === '-' ? context.stdin : openFile(resolve(context.workingFolder, file));
          return transfer.import(readLines(bytes), {
            name,
            collection,
            tags,
            dryRun,
            withSources,
            signal: context.signal,
          });
        },
      },
    ]),
  );
}

/** Regular files only: a named pipe or a device may never end. */
function openFile(path: string): AsyncIterable<Buffer> {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw usageError(
      `${path} cannot be opened (${(error as NodeJS.ErrnoException).code}).`,
      'Name an export or a JSONL file.',
    );
  }
  if (!fstatSync(file).isFile()) {
    closeSync(file);
    throw usageError(`${path} is no regular file.`, 'Name an export or a JSONL file, or pipe it into `rag import -`.');
  }
  const bytes = createReadStream(path, { fd: file });
  return /\.gz$/i.test(path) ? unpacked(bytes, path) : bytes;
}

/** Ends with what is wrong with the file as an error for people. */
async function* unpacked(bytes: Readable, path: string): AsyncGenerator<Buffer> {
  const inflated = createGunzip();
  bytes.on('error', (error) => inflated.destroy(error));
  try {
    yield* bytes.pipe(inflated) as AsyncIterable<Buffer>;
  } catch (error) {
    throw usageError(`${path} cannot be unpacked (${messageOf(error)}).`, 'Check that it is a whole gzip file.');
  }
}
