import type { Command } from 'commander';
import type { PullReport } from '../../src/app/models/pull-types.ts';
import { renderEnvelope, renderLine } from '../../src/present/json/stringify.ts';
import { escapeLine } from '../../src/present/text/escape-terminal.ts';
import { formatBytes } from '../../src/present/text/quantities.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, addFormatFlag, type FormatFlags, formatOf } from '../shared/flags.ts';
import { createProgressLine } from '../shared/progress.ts';
import { startSession } from '../shared/session.ts';
import { modelFetch, modelFolder } from './with-models.ts';

type PullFlags = FormatFlags & { readonly again?: boolean };

export function definePull(command: Command, context: CommandContext): void {
  const pull = command
    .command('pull')
    .description('Download a model: by an Ollama server, or from the Hugging Face Hub')
    .argument('<model>', 'ollama/<model>, transformers/<owner>/<name>, or an alias')
    .option('--again', 'also when it is there');
  addFormatFlag(pull, ['text', 'json', 'jsonl']).action(
    context.action((model: string, flags: PullFlags) => pullOne(context, model, flags)),
  );
  addExamples(pull, [
    ['rag models pull ollama/bge-m3', 'the server downloads it'],
    ['rag models pull transformers/Xenova/multilingual-e5-small', ''],
  ]);
}

async function pullOne(context: CommandContext, given: string, flags: PullFlags): Promise<ExitCode> {
  const { stdout, stderr, signal } = context;
  const { config } = await startSession(context, flags);
  const { settings } = config;
  const { resolveModel } = await import('../../src/app/models/resolve-model.ts');
  const { pullModel } = await import('../../src/app/models/pull-model.ts');
  const { name } = resolveModel(given, settings);
  const events = pullModel(name, {
    settings,
    cacheFolder: modelFolder(context),
    again: flags.again,
    fetch: modelFetch(settings),
    signal,
  });
  const format = formatOf(flags);
  const progress = createProgressLine(stderr);
  let report: PullReport | undefined;
  try {
    for await (const event of events) {
      if (format === 'jsonl') {
        stdout.write(renderLine(event.type === 'pull-end' ? { type: event.type, ...event.report } : event));
      }
      if (event.type === 'pull-end') report = event.report;
      else if (!flags.quiet) progress.update({ ...event, path: event.what, unit: 'bytes' });
    }
  } finally {
    progress.clear();
  }
  if (!report) return EXIT.interrupted;
  if (format === 'json') stdout.write(renderEnvelope('rag.models-pull/1', report));
  if (format === 'text' && !flags.quiet) {
    const came = report.isNew ? `is there now: ${formatBytes(report.bytes)} came` : 'was there already';
    stdout.write(`${escapeLine(report.name)} ${came} (${escapeLine(report.where)}).\n`);
  }
  return EXIT.done;
}
