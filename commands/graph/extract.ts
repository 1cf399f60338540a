import type { Command } from 'commander';
import { renderRelationExtraction } from '../../src/present/text/render-graph-names.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT } from '../shared/exit-code.ts';
import { addExamples, wholeNumber } from '../shared/flags.ts';
import type { GraphFlags, GraphRunner } from './run-graph.ts';

type ExtractFlags = GraphFlags & { readonly model?: string; readonly limit: number };

/** `rag graph extract`: relations by a language model. */
export function defineExtract(command: Command, context: CommandContext, { run, write }: GraphRunner): void {
  const extract = command
    .command('extract')
    .description('Ask a language model for the relations that passages state')
    .option('-m, --model <name>', 'ollama/<model> or openai/<model> (else the setting `model`)')
    .option('-n, --limit <number>', 'most passages to ask about', wholeNumber, 100)
    .action(
      context.action((flags: ExtractFlags) =>
        run(flags, async (graph, { page, note }) => {
          const result = await graph.extractRelations({
            model: flags.model,
            limit: flags.limit,
            signal: context.signal,
          });
          write(flags, 'rag.graph-extract/1', result, renderRelationExtraction(result, page));
          if (result.left > 0) note(`${result.left} passages are left; run it again to go on.`);
          return result.unreadable > 0 ? EXIT.partlyFailed : EXIT.done;
        }),
      ),
    );
  addExamples(extract, [
    ['rag graph extract --model ollama/llama3.2', 'a hundred passages; each is asked about once'],
    ['rag graph extract -m openai/gpt-4o-mini -n 5000', 'more of them'],
  ]);
}
