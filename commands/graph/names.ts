import type { Command } from 'commander';
import { aliasesToJson } from '../../src/present/json/v1/graph-names.ts';
import { renderAliases, renderMerge, renderUnmerge } from '../../src/present/text/render-graph-names.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT } from '../shared/exit-code.ts';
import { addExamples, wholeNumber } from '../shared/flags.ts';
import type { GraphFlags, GraphRunner } from './run-graph.ts';

type NoteFlags = GraphFlags & { readonly reason?: string };

/** Which names are one: `aliases`, `merge`, `unmerge`. */
export function defineNames(command: Command, context: CommandContext, { run, write }: GraphRunner): void {
  const aliases = command
    .command('aliases')
    .description('Show which names were taken for one, and why')
    .argument('[entity]', 'its name; all entities when left out')
    .option('-n, --limit <number>', 'most names', wholeNumber, 50)
    .action(
      context.action((name: string | undefined, flags: GraphFlags) =>
        run(flags, async (graph, { page, note }) => {
          const report = graph.aliases(name, flags.limit);
          write(flags, 'rag.graph-aliases/1', aliasesToJson(report), renderAliases(report, page));
          if (report.moreAliases > 0) note(`${report.moreAliases} more; --limit shows them.`);
          if (report.aliases.length > 0) return EXIT.done;
          note(name === undefined ? 'No name was taken for another.' : 'No other name was taken for it.');
          return EXIT.nothingFound;
        }),
      ),
    );
  addExamples(aliases, [
    ['rag graph aliases', 'every merge, by rule or by hand, with its reason'],
    ['rag graph aliases "Data Protection Officer"', 'the other names of one entity'],
  ]);
  const merge = command
    .command('merge')
    .description('Make names other names of an entity')
    .argument('<entity>', 'the name that stands for all of them')
    .argument('<alias...>', 'other names of it')
    .option('--reason <text>', 'why, for the log')
    .action(
      context.action((entity: string, others: string[], flags: NoteFlags) =>
        run(flags, async (graph, { page, note }) => {
          const report = graph.merge(entity, others, flags.reason);
          write(flags, 'rag.graph-merge/1', report, renderMerge(report, page));
          if (report.merged.length === 0) note('They were one before; nothing was changed.');
          return EXIT.done;
        }),
      ),
    );
  addExamples(merge, [
    ['rag graph merge "Acme Corporation" "Acme" "ACME Corp."', 'three names, one entity'],
    ['rag graph unmerge "Acme"', 'undoes it for one of them'],
  ]);
  const unmerge = command
    .command('unmerge')
    .description('Part a name from the others of its entity, for good')
    .argument('<entity>', 'the name')
    .option('--reason <text>', 'why, for the log')
    .action(
      context.action((entity: string, flags: NoteFlags) =>
        run(flags, async (graph, { page, note }) => {
          const report = graph.unmerge(entity, flags.reason);
          write(flags, 'rag.graph-unmerge/1', report, renderUnmerge(report, page));
          if (report.separated.length > 0) return EXIT.done;
          note('No other name was taken for it; nothing was changed.');
          return EXIT.nothingFound;
        }),
      ),
    );
  addExamples(unmerge, [
    ['rag graph unmerge DPO', 'it stands for itself from now on'],
    ['rag graph merge "Data Protection Officer" DPO', 'undoes that'],
  ]);
}
