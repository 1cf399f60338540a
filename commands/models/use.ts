import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ModelKind } from '../../src/app/models/providers.ts';
import type { CommandContext } from '../shared/context.ts';
import type { ExitCode } from '../shared/exit-code.ts';
import { addExamples, addFormatFlag, type FormatFlags, usageError } from '../shared/flags.ts';
import { startSession } from '../shared/session.ts';
import { runReEmbed } from './run-re-embed.ts';

type UseFlags = FormatFlags & {
  readonly for?: Exclude<ModelKind, 'rerank'>;
  readonly keep?: number;
  readonly dryRun?: boolean;
};

export function defineUse(command: Command, context: CommandContext): void {
  const use = command
    .command('use')
    .description('Use another model: for searches it makes new vectors, for answers it is set')
    .argument('<model>', 'provider/model, or an alias')
    .addOption(new Option('--for <what>', 'what it is for, where its name does not say').choices(['embed', 'answer']))
    .option('--keep <number>', 'how many former sets of vectors stay to go back to (1)', keptCount)
    .option('--dry-run', 'say how much there is to embed, and do nothing');
  addFormatFlag(use, ['text', 'json', 'jsonl']).action(
    context.action((model: string, flags: UseFlags) => useModel(context, model, flags)),
  );
  addExamples(use, [
    ['rag models use ollama/bge-m3', 'new vectors beside the old; searches go on'],
    ['rag models use openai/text-embedding-3-small --dry-run', ''],
    ['rag models use ollama/llama3.2', 'who writes answers from now on'],
  ]);
}

async function useModel(context: CommandContext, given: string, flags: UseFlags): Promise<ExitCode> {
  const { config, note } = await startSession(context, flags);
  const { resolveModel } = await import('../../src/app/models/resolve-model.ts');
  const { name, kind } = resolveModel(given, config.settings, flags.for);
  if (kind === 'rerank') {
    throw usageError(`${name} reorders passages.`, `Set it with \`rag config set rerank.model ${name}\`.`);
  }
  if (kind === 'embed') {
    return runReEmbed(context, { flags, schema: 'rag.models-use/1' }, (models) =>
      models.use(name, { keep: flags.keep, dryRun: flags.dryRun, signal: context.signal }),
    );
  }
  if (flags.keep !== undefined || flags.dryRun) {
    throw usageError(
      `${name} is taken for a model that writes answers, for which there is nothing to embed.`,
      'Say --for embed if it makes vectors.',
    );
  }
  const { generatorFor } = await import('../../src/app/generator-for.ts');
  const { systemRuntime } = await import('../../src/platform/runtime.ts');
  // Says what is wrong with the name before it is set; it contacts nothing.
  generatorFor(name, { settings: config.settings, runtime: systemRuntime }, 'ask');
  if (flags.for === undefined) note(`${name} is taken for a model that writes answers; --for embed says otherwise.`);
  const { changeFile } = await import('../config/change.ts');
  return changeFile(context, { key: 'model', entry: [] }, name, flags);
}

/** Few, since each set is as large as the one in use. */
function keptCount(value: string): number {
  if (/^\d$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a number from 0 to 9.');
}
