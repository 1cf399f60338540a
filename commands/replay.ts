import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { replayToJson } from '../src/present/json/v1/replay.ts';
import { renderReplay } from '../src/present/text/render-replay.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { readRecordFile } from './shared/record-file.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type ReplayFlags = CommonFlags & { readonly model?: string; readonly passages?: boolean };

export function defineReplay(command: Command, context: CommandContext): void {
  command
    .argument('<record>', 'file that `rag ask --record` wrote')
    .option('-m, --model <provider/model>', 'another model; "none" quotes the documents instead')
    .option('--passages', 'answer from the passages of the record, without a search')
    .action(context.action((file: string, flags: ReplayFlags) => replay(context, file, flags)));
  addExamples(command, [
    ['rag ask "Who approves?" --record r.json', 'record a question'],
    ['rag replay r.json', 'ask again: 0 if the same comes'],
    ['rag replay r.json -m ollama/llama3.2', 'of another model'],
    ['rag replay r.json --passages', 'over the recorded passages'],
    ['rag replay r.json --json', 'for a program'],
  ]);
}

async function replay(context: CommandContext, file: string, flags: ReplayFlags): Promise<ExitCode> {
  const session = await startSession(context, flags, { model: { flag: '--model', value: flags.model } });
  const record = readRecordFile(file, context.workingFolder);
  const chosen = flags.model === undefined ? undefined : (session.config.settings.model ?? 'extractive');
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    const result = await knowledgeBase.replay(record, {
      ...(chosen === undefined ? {} : { model: chosen === 'none' ? 'extractive' : chosen }),
      passages: flags.passages === true,
      signal: context.signal,
    });
    if (flags.json) context.stdout.write(renderEnvelope('rag.replay/1', replayToJson(result)));
    else context.stdout.write(renderReplay(result, session.page));
    for (const warning of result.after.answer.warnings) session.warn(warning);
    return result.difference.isSame ? EXIT.done : EXIT.nothingFound;
  });
}
