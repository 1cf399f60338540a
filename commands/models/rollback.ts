import type { Command } from 'commander';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { nameOfSpace } from '../../src/present/text/render-re-embed.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, addFormatFlag, type CommonFlags, type FormatFlags } from '../shared/flags.ts';
import { startSession, withKnowledgeBase } from '../shared/session.ts';
import { runReEmbed } from './run-re-embed.ts';

type RollbackFlags = FormatFlags & { readonly drop?: boolean; readonly dryRun?: boolean };

/** rollback and drop. */
export function defineRollback(command: Command, context: CommandContext): void {
  const rollback = command
    .command('rollback')
    .description('Go back to the vectors that searches used before')
    .option('--drop', 'take away those that are left')
    .option('--dry-run', 'say what there is to do, and do nothing');
  addFormatFlag(rollback, ['text', 'json', 'jsonl']).action(
    context.action((flags: RollbackFlags) =>
      runReEmbed(context, { flags, schema: 'rag.models-rollback/1' }, (models) =>
        models.rollback({ drop: flags.drop, dryRun: flags.dryRun, signal: context.signal }),
      ),
    ),
  );
  addExamples(rollback, [
    ['rag models rollback', 'at once; what was added since is embedded first'],
    ['rag models rollback --drop', 'and free the room of the others'],
  ]);

  const drop = command
    .command('drop')
    .description('Take away vectors that searches do not use')
    .argument('<model>', 'as `rag models list` names it')
    .action(context.action((model: string, flags: CommonFlags) => dropVectors(context, model, flags)));
  addExamples(drop, [['rag models drop ollama/bge-m3', 'half-made ones, or former ones']]);
}

async function dropVectors(context: CommandContext, model: string, flags: CommonFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  return withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) => {
    const dropped = (await knowledgeBase.vectorModels()).drop(model);
    if (flags.json) context.stdout.write(renderEnvelope('rag.models-drop/1', { dropped }));
    else session.note(`The vectors of ${nameOfSpace(dropped)} are gone.`);
    return EXIT.done;
  });
}
