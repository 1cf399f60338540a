import { type Command, Option } from 'commander';
import { renderDot, renderGraphml, renderMermaid } from '../../src/present/graph/render-graph-file.ts';
import { renderGraphPage } from '../../src/present/graph/render-graph-page.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { entityToJson, graphToJson, pathToJson } from '../../src/present/json/v1/graph.ts';
import {
  renderCommunities,
  renderEntities,
  renderEntity,
  renderGraphStats,
  renderPath,
} from '../../src/present/text/render-graph.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT } from '../shared/exit-code.ts';
import { addExamples, wholeNumber } from '../shared/flags.ts';
import { writeData } from '../shared/output.ts';
import { defineExtract } from './extract.ts';
import { defineNames } from './names.ts';
import { createGraphRunner, type GraphFlags } from './run-graph.ts';

type ListFlags = GraphFlags & { readonly kind?: string; readonly format?: string };

export function defineGraph(command: Command, context: CommandContext): void {
  const { stdout } = context;
  const runner = createGraphRunner(context);
  const { run, write } = runner;

  command
    .command('stats', { isDefault: true })
    .description('Count entities, kinds and relations')
    .action(
      context.action((flags: GraphFlags) =>
        run(flags, async (graph, { page }) => {
          const stats = graph.stats();
          write(flags, 'rag.graph-stats/1', stats, renderGraphStats(stats, page));
          return EXIT.done;
        }),
      ),
    );
  command
    .command('entities')
    .description('List entities, most named first')
    .option('--kind <kind>', 'only of this kind: person, organisation, place, ...')
    .option('-n, --limit <number>', 'most entities', wholeNumber, 30)
    .action(
      context.action((flags: ListFlags) =>
        run(flags, async (graph, { page, note }) => {
          const entities = graph.entities({ kind: flags.kind, limit: flags.limit });
          write(flags, 'rag.graph-entities/1', { entities }, entities.length > 0 ? renderEntities(entities, page) : '');
          if (entities.length > 0) return EXIT.done;
          note(`The documents name nothing${flags.kind ? ` of the kind ${flags.kind}` : ''}.`);
          return EXIT.nothingFound;
        }),
      ),
    );
  command
    .command('show')
    .description('Show an entity: passages, relations, neighbours')
    .argument('<entity>', 'its name')
    .option('-n, --limit <number>', 'most of each', wholeNumber, 10)
    .action(
      context.action((name: string, flags: GraphFlags) =>
        run(flags, async (graph, { page }) => {
          const entity = graph.show(name, flags.limit);
          write(flags, 'rag.graph-entity/1', entityToJson(entity), renderEntity(entity, page));
          return EXIT.done;
        }),
      ),
    );
  command
    .command('path')
    .description('Show how passages lead from one entity to another')
    .argument('<from>', 'name of an entity')
    .argument('<to>', 'name of another')
    .action(
      context.action((from: string, to: string, flags: GraphFlags) =>
        run(flags, async (graph, { page, note }) => {
          const path = graph.path(from, to);
          write(flags, 'rag.graph-path/1', pathToJson(path), renderPath(path, page));
          if (path.hops.length > 0) return EXIT.done;
          if (path.from.name === path.to.name) note(`Both are names of "${path.from.name}".`);
          else note(path.isBounded ? 'The search ended at its bound.' : 'No passages lead from one to the other.');
          return EXIT.nothingFound;
        }),
      ),
    );
  command
    .command('communities')
    .description('Group the entities that stand together')
    .option('-n, --limit <number>', 'most groups', wholeNumber, 10)
    .action(
      context.action((flags: GraphFlags) =>
        run(flags, async (graph, { page }) => {
          const report = await graph.communities(flags.limit);
          write(flags, 'rag.graph-communities/1', report, renderCommunities(report, page));
          return report.communities.length > 0 ? EXIT.done : EXIT.nothingFound;
        }),
      ),
    );
  command
    .command('export')
    .description('Write the graph for other programs, or as a page to look at')
    .addOption(
      new Option('--format <format>', 'form of the output')
        .choices(['json', 'graphml', 'dot', 'mermaid', 'html'])
        .default('json'),
    )
    .option('-n, --limit <number>', 'most entities', wholeNumber, 300)
    .action(
      context.action((flags: ListFlags) =>
        run(flags, async (graph, { note }) => {
          const data = await graph.export(flags.limit);
          const render = flags.json ? undefined : renderAs[flags.format ?? 'json'];
          if (render) writeData(stdout, render(data));
          else stdout.write(renderEnvelope('rag.graph/1', graphToJson(data)));
          if (data.nodes.length < data.allEntities)
            note(`${data.nodes.length} of ${data.allEntities} entities; --limit gives more.`);
          return EXIT.done;
        }),
      ),
    );
  defineNames(command, context, runner);
  defineExtract(command, context, runner);
  addExamples(command, [
    ['rag graph', 'how many entities of which kinds'],
    ['rag graph path "Data Protection" "Finance"', 'what leads from one to the other'],
    ['rag graph merge "Data Protection Officer" "Privacy Officer"', 'two names of one'],
    ['rag graph export --format html > graph.html', 'a page to look at'],
  ]);
}

const renderAs: Readonly<Record<string, typeof renderDot>> = {
  graphml: renderGraphml,
  dot: renderDot,
  mermaid: renderMermaid,
  html: renderGraphPage,
};
