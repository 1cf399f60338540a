import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { cachesToJson } from '../src/present/json/v1/usage.ts';
import { countOf, formatBytes } from '../src/present/text/quantities.ts';
import { renderCaches } from '../src/present/text/render-usage.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { withUsage } from './shared/with-usage.ts';

export function defineCache(command: Command, context: CommandContext): void {
  command
    .command('show', { isDefault: true })
    .description('Show what is kept, and how often it was used again')
    .action(context.action((flags: CommonFlags) => show(context, flags)));
  command
    .command('clear')
    .description('Take away kept results, answers and counts; vectors stay, they are the index')
    .action(context.action((flags: CommonFlags) => clear(context, flags)));
  addExamples(command, [
    ['rag cache', 'entries, bytes, hits and misses of each cache'],
    ['rag cache clear', 'begin anew'],
  ]);
}

const show = (context: CommandContext, flags: CommonFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { page }) => {
    const { caches } = usage.figures();
    context.stdout.write(flags.json ? renderEnvelope('rag.cache/1', cachesToJson(caches)) : renderCaches(caches, page));
    return EXIT.done;
  });

const clear = (context: CommandContext, flags: CommonFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { note }) => {
    const before = usage.clearCaches();
    if (flags.json) {
      context.stdout.write(
        renderEnvelope('rag.cache/1', {
          cleared: cachesToJson(before.filter(({ name }) => name !== 'embeddings')).caches,
        }),
      );
      return EXIT.done;
    }
    const told = before.flatMap(({ name, entries, bytes }) => {
      const what = {
        results: 'kept result',
        replies: 'kept answer',
        queries: 'question vector',
        embeddings: null,
      }[name];
      return what && entries > 0 ? `${countOf(entries, what)} (${formatBytes(bytes)})` : [];
    });
    note(told.length > 0 ? `Took away ${told.join(' and ')}.` : 'No result and no answer was kept.');
    return EXIT.done;
  });
