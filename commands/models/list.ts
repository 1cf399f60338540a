import type { Command } from 'commander';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { modelListToJson, shownModelToJson } from '../../src/present/json/v1/models.ts';
import { renderModelList, renderShownModel } from '../../src/present/text/render-models.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags } from '../shared/flags.ts';
import { modelsAt } from './with-models.ts';

/** list and show. */
export function defineList(command: Command, context: CommandContext): void {
  const list = command
    .command('list', { isDefault: true })
    .description('List the models that are set, that are here, and that servers of your own have')
    .action(context.action((flags: CommonFlags) => listAll(context, flags)));
  addExamples(list, [['rag models list', 'and the providers, and why one cannot be used']]);

  const show = command
    .command('show')
    .description('Show what is known of one model')
    .argument('<model>', 'provider/model, or an alias')
    .action(context.action((model: string, flags: CommonFlags) => showOne(context, model, flags)));
  addExamples(show, [['rag models show openai/text-embedding-3-small', 'what it is for, and whether it can be used']]);
}

async function listAll(context: CommandContext, flags: CommonFlags): Promise<ExitCode> {
  const { session, options, spaces } = await modelsAt(context, flags);
  const { listModels } = await import('../../src/app/models/list-models.ts');
  const list = await listModels(options);
  const page = context.stdout.isTerminal ? session.page : { ...session.page, width: 0 };
  context.stdout.write(
    flags.json ? renderEnvelope('rag.models/1', modelListToJson(list, spaces)) : renderModelList(list, spaces, page),
  );
  return EXIT.done;
}

async function showOne(context: CommandContext, name: string, flags: CommonFlags): Promise<ExitCode> {
  const { session, options, spaces } = await modelsAt(context, flags);
  const { showModel } = await import('../../src/app/models/show-model.ts');
  const model = await showModel(name, { ...options, spaces });
  context.stdout.write(
    flags.json ? renderEnvelope('rag.model/1', shownModelToJson(model)) : renderShownModel(model, session.page),
  );
  return EXIT.done;
}
