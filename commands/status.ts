import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { statusToJson } from '../src/present/json/v1/status.ts';
import { renderStatus } from '../src/present/text/render-status.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

export function defineStatus(command: Command, context: CommandContext): void {
  command.action(context.action((flags: CommonFlags) => status(context, flags)));
  addExamples(command, [
    ['rag status', 'what the database holds, and which documents could not be read'],
    ['rag status --db team.db --json', 'another database, for a program'],
  ]);
}

async function status(context: CommandContext, flags: CommonFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const report = await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) =>
    knowledgeBase.status(),
  );
  const page = context.stdout.isTerminal ? session.page : { ...session.page, width: 0 };
  context.stdout.write(flags.json ? renderEnvelope('rag.status/1', statusToJson(report)) : renderStatus(report, page));
  return EXIT.done;
}
