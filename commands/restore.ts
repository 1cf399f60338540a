import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { History } from '../src/app/history/types.ts';
import { messageOf, RagError } from '../src/platform/errors.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { restoredToJson } from '../src/present/json/v1/history.ts';
import { renderRestored } from '../src/present/text/render-history.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError, wholeNumber } from './shared/flags.ts';
import { withHistory } from './shared/with-history.ts';

type RestoreFlags = CommonFlags & {
  readonly version?: number;
  readonly toFile?: string;
  readonly fromFile?: boolean;
};

export function defineRestore(command: Command, context: CommandContext): void {
  command
    .argument('<reference>', 'a document: path, URL or id; one that was removed as well')
    .option('--version <number>', 'the version to bring back; `rag history` lists them', wholeNumber)
    .option('--to-file <file>', 'write its text to a new file, and leave the database as it is')
    .option('--from-file', 'have the next sync take in the file again, where a version was restored')
    .action(context.action((reference: string, flags: RestoreFlags) => restore(context, reference, flags)));
  addExamples(command, [
    ['rag restore handbook/leave.md --version 2', 'searches find what it said then; no file is written'],
    ['rag restore handbook/leave.md --version 2 --to-file leave-old.md', 'its text, as it was read'],
    ['rag restore handbook/leave.md --from-file', 'back to what the file says, at the next sync'],
  ]);
}

const restore = (context: CommandContext, reference: string, flags: RestoreFlags): Promise<ExitCode> =>
  withHistory(context, flags, async (history, { note }) => {
    const { stdout } = context;
    if (flags.fromFile) {
      if (flags.version !== undefined || flags.toFile !== undefined)
        throw usageError('--from-file stands alone.', 'Leave out --version and --to-file.');
      const path = await history.unpin(reference);
      if (flags.json) stdout.write(renderEnvelope('rag.restore/1', { path, pinned: false }));
      else note(`The next sync takes in the file of ${path}.`);
      return EXIT.done;
    }
    if (flags.version === undefined)
      throw usageError('Which version?', `Name it with --version; \`rag history ${reference}\` lists them.`);
    if (flags.toFile !== undefined) return writeVersion(context, history, { reference, ...flags, file: flags.toFile });
    const restored = await history.restore(reference, flags.version, context.signal);
    if (flags.json) stdout.write(renderEnvelope('rag.restore/1', restoredToJson(restored)));
    else if (!flags.quiet) stdout.write(`${renderRestored(restored)}\n`);
    return EXIT.done;
  });

type WriteRequest = {
  readonly reference: string;
  readonly version?: number;
  readonly file: string;
  readonly json?: boolean;
};

/** Never over a file that is there. */
function writeVersion(
  { workingFolder, stdout, stderr }: CommandContext,
  history: History,
  { reference, version, file, json }: WriteRequest,
): ExitCode {
  const path = resolve(workingFolder, file);
  if (existsSync(path)) throw usageError(`${path} is there already.`, 'Name another file.');
  const { text, number } = history.text(reference, version);
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    const message = `The version could not be written to ${path}: ${messageOf(cause)}.`;
    throw new RagError('SOURCE_FAILED', { message, hint: 'Name a place that can be written to.', cause });
  }
  if (json) stdout.write(renderEnvelope('rag.restore/1', { path: reference, restored: number, file: path }));
  else stderr.write(`Wrote version ${number} to ${path}.\n`);
  return EXIT.done;
}
