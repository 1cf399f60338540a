import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { ModelKind } from '../../src/app/models/providers.ts';
import type { NamedModel } from '../../src/app/models/try-model.ts';
import type { Settings } from '../../src/config/types.ts';
import { systemRuntime } from '../../src/platform/runtime.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { modelTestToJson } from '../../src/present/json/v1/models.ts';
import { renderEmbedderTest, renderGeneratorTest } from '../../src/present/text/render-models.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError } from '../shared/flags.ts';
import { startSession, withKnowledgeBase } from '../shared/session.ts';
import { modelFetch } from './with-models.ts';

type TestFlags = CommonFlags & { readonly for?: Exclude<ModelKind, 'rerank'> };

export function defineTest(command: Command, context: CommandContext): void {
  const test = command
    .command('test')
    .description('Try a model on a few sentences or a short question, and time it')
    .argument('<model>', 'provider/model, or an alias')
    .addOption(new Option('--for <what>', 'what it is for, where its name does not say').choices(['embed', 'answer']))
    .action(context.action((model: string, flags: TestFlags) => testModel(context, model, flags)));
  addExamples(test, [
    ['rag models test builtin', 'are questions nearest to what answers them?'],
    ['rag models test ollama/llama3.2', 'the first token, and tokens a second'],
  ]);
}

async function testModel(context: CommandContext, given: string, flags: TestFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const { config, page } = session;
  const { settings } = config;
  const { resolveModel } = await import('../../src/app/models/resolve-model.ts');
  const resolved = resolveModel(given, settings, flags.for);
  if (resolved.kind === 'rerank') {
    throw usageError(`${resolved.name} reorders passages.`, 'Try it with `rag search <query> --rerank <model>`.');
  }
  const model = { ...resolved, kind: resolved.kind };
  const result = existsSync(session.database.path)
    ? await withKnowledgeBase(context, session, { create: false }, (base) => base.tryModel(model, context.signal))
    : await tryUnrecorded(model, settings, context.signal);
  if (flags.json) context.stdout.write(renderEnvelope('rag.models-test/1', modelTestToJson(result)));
  else
    context.stdout.write(
      result.kind === 'embed' ? renderEmbedderTest(result, page) : renderGeneratorTest(result, page),
    );
  return result.passed ? EXIT.done : EXIT.failed;
}

/** Where there is no database, there is no ledger either. */
async function tryUnrecorded(model: NamedModel, settings: Settings, signal: AbortSignal) {
  const { tryModel } = await import('../../src/app/models/try-model.ts');
  return tryModel(model, { settings, runtime: { ...systemRuntime, fetch: modelFetch(settings) } }, signal);
}
