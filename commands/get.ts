import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { getToJson } from '../src/present/json/v1/documents.ts';
import { versionToJson } from '../src/present/json/v1/history.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from './shared/flags.ts';
import { writeData } from './shared/output.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';
import { withHistory } from './shared/with-history.ts';

type GetFlags = CommonFlags & { readonly version?: number };

export function defineGet(command: Command, context: CommandContext): void {
  command
    .argument('<reference>', 'path, URL, document id or chunk id, with :from-to for some of its lines or #page=N')
    .option('--version <number>', 'as it was in this version; `rag history` lists them', wholeNumber)
    .action(
      context.action((reference: string, flags: GetFlags) =>
        flags.version === undefined
          ? get(context, reference, flags)
          : getVersion(context, { reference, version: flags.version }, flags),
      ),
    );
  addExamples(command, [
    ['rag get handbook/leave.md', 'the text of a document'],
    ['rag get handbook/leave.md:10-20', 'its lines 10 to 20'],
    ['rag get "manual.pdf#page=2"', 'a page, as a search names it'],
    ['rag get handbook/leave.md --version 2', 'what it said before'],
    ['rag get 3f9ac21b04d7.0', 'a passage, by the id that search gives with --json'],
  ]);
}

async function get(context: CommandContext, reference: string, flags: CommonFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const result = await withKnowledgeBase(
    context,
    session,
    { create: false, verbose: flags.verbose },
    async (knowledgeBase) => knowledgeBase.get(reference),
  );
  if (flags.json) context.stdout.write(renderEnvelope('rag.get/1', getToJson(result)));
  else writeData(context.stdout, result.text.endsWith('\n') ? result.text : `${result.text}\n`);
  return EXIT.done;
}

const getVersion = (
  context: CommandContext,
  { reference, version }: { readonly reference: string; readonly version: number },
  flags: CommonFlags,
): Promise<ExitCode> =>
  withHistory(context, flags, async (history) => {
    const found = history.text(reference, version);
    if (flags.json) context.stdout.write(renderEnvelope('rag.version/1', versionToJson(found)));
    else writeData(context.stdout, found.text.endsWith('\n') ? found.text : `${found.text}\n`);
    return EXIT.done;
  });
