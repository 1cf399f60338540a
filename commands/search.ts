import { type Command, Option } from 'commander';
import type { NamedMoment } from '../src/app/history/types.ts';
import type { KnowledgeBase, SearchResult } from '../src/app/types.ts';
import type { FlagValues } from '../src/config/types.ts';
import { EXPANSION_METHODS, type ExpansionMethod, type SearchMode } from '../src/domain/search.ts';
import { renderEnvelope, renderLine } from '../src/present/json/stringify.ts';
import { momentToJson } from '../src/present/json/v1/history.ts';
import { searchToJson, searchToLines } from '../src/present/json/v1/search.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderExplanation, renderSearch } from '../src/present/text/render-search.ts';
import {
  renderSearchCsv,
  renderSearchFiles,
  renderSearchMarkdown,
  renderSearchXml,
} from '../src/present/text/render-search-formats.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  addFormatFlag,
  decimal,
  type FilterFlags,
  type FormatFlags,
  filterOf,
  formatOf,
  share,
  usageError,
  wholeNumber,
} from './shared/flags.ts';
import { writeData } from './shared/output.ts';
import { addRerankFlags, type RerankFlags, rerankOptionsOf, rerankSettings } from './shared/rerank-flags.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';
import { asOf } from './shared/with-history.ts';

/** Flags that choose passages, the same for `search` and `ask`. */
export type RetrievalFlags = FormatFlags &
  FilterFlags &
  RerankFlags & {
    readonly limit?: string;
    readonly mode?: SearchMode;
    readonly perDocument?: string;
    readonly minScore?: number;
    readonly diversity?: number;
    readonly window?: number;
    readonly expand?: 'section';
    readonly expandQuery?: ExpansionMethod;
    readonly graph?: boolean;
    readonly collapse?: boolean;
  };

type SearchFlags = RetrievalFlags & {
  readonly model?: string;
  readonly asOf?: string;
  readonly explain?: boolean;
  readonly pick?: number;
};

export const AS_OF = 'search what the database held then: a date or time (ISO 8601, UTC), or a snapshot';

export function defineSearch(command: Command, context: CommandContext): void {
  command
    .argument('<query...>', 'words to look for; "quotes within" keep words together')
    .option('-m, --model <provider/model>', 'model that writes for --expand-query hyde and multi-query')
    .option('--as-of <moment>', AS_OF)
    .option('--explain', 'show how each hit was found and scored')
    .option('--pick <number>', 'say that this hit is the right one, for `rag feedback`', wholeNumber)
    .action(context.action((words: string[], flags: SearchFlags) => search(context, words.join(' '), flags)));
  addRetrievalFlags(command);
  addFormatFlag(command, ['text', 'json', 'jsonl', 'csv', 'md', 'xml', 'files']);
  addExamples(command, [
    ['rag search parental leave', 'the best passages'],
    [`rag search '"notice period"' --type pdf`, 'exact words, in PDF files only'],
    [`rag search 'budget -draft path:reports since:2026-01'`, 'the same within the query, and words to leave out'],
    ['rag search budget --since 2026-01-01 -n 3', 'three hits in what changed this year'],
    ['rag search error 4012 --mode lexical --explain', 'by words only, with the arithmetic'],
    ['rag search onboarding --rerank --budget 500ms', 'reordered by the model that is set, if it is in time'],
    ['rag search notice period --expand-query rm3', 'also for words that the best passages share'],
    ['rag search leave --as-of 2026-03-01', 'as the documents were at the end of that day'],
    ['rag search onboarding -o files | xargs less', 'the files, for another program'],
    ['rag search parental leave --pick 2', 'the second hit is right: kept for `rag tune --feedback`'],
  ]);
}

/** `budget`: what --budget bounds, where it is not the time of reranking alone. */
export const addRetrievalFlags = (command: Command, budget?: string): Command =>
  addFilterFlags(
    addRerankFlags(
      command
        .option('-n, --limit <number>', 'most hits (setting search.limit, 10 at first)')
        .addOption(
          new Option('--mode <mode>', 'by words and meaning, by words, or by meaning (setting search.mode)').choices([
            'hybrid',
            'lexical',
            'vector',
          ]),
        )
        .option('--per-document <number>', 'most hits of one document; 0 sets no bound (setting search.perDocument)')
        .option('--min-score <score>', 'only hits with at least this score', decimal)
        .option('--diversity <share>', 'from 0, by score only, to 1, as different from each other as can be', share)
        .option('--window <number>', 'return each passage with so many neighbours on either side', wholeNumber)
        .addOption(
          new Option('--expand <unit>', 'return a section whole where enough of it matches').choices(['section']),
        )
        .addOption(
          new Option(
            '--expand-query <method>',
            'search for more words: those that the best passages share (rm3), or what a model writes',
          ).choices(EXPANSION_METHODS),
        )
        .option('--no-graph', 'leave out what is related by entities')
        .option('--no-collapse', 'list passages with all the same words one by one'),
      budget,
    ),
  );

/** How queries are widened, and passages spread and grown. */
export const growthOf = ({ diversity, window, expand, expandQuery, graph, collapse }: RetrievalFlags) => ({
  diversity,
  window,
  expandSections: expand === 'section',
  expandQuery,
  graph,
  collapseCopies: collapse,
});

export const retrievalSettings = (flags: RetrievalFlags): FlagValues => ({
  'search.limit': { flag: '--limit', value: flags.limit },
  'search.mode': { flag: '--mode', value: flags.mode },
  'search.perDocument': { flag: '--per-document', value: flags.perDocument },
  ...rerankSettings(flags),
});

/** Most hits where somebody said how many; else what suits the question and the budget. */
export const limitSet = ({ config }: Session): number | undefined =>
  config.origins['search.limit'].kind === 'default' ? undefined : config.settings.search.limit;

async function search(context: CommandContext, query: string, flags: SearchFlags): Promise<ExitCode> {
  const session = await startSession(context, flags, retrievalSettings(flags));
  const { limit, mode, perDocument } = session.config.settings.search;
  const { result, moment } = await withKnowledgeBase(
    context,
    session,
    { create: false, verbose: flags.verbose },
    (present) =>
      asOf(context, { session, knowledgeBase: present }, flags.asOf, async ({ knowledgeBase, moment }) => {
        if (moment && flags.pick !== undefined)
          throw usageError('--pick needs what is there now.', 'Leave out --as-of.');
        const found = await knowledgeBase.search(query, {
          limit,
          mode,
          perDocument,
          filter: filterOf(flags),
          minScore: flags.minScore,
          ...growthOf(flags),
          expansionModel: flags.model,
          ...rerankOptionsOf(flags, session),
          // Who picks a hit has asked before.
          log: flags.pick === undefined && moment === null,
          explain: flags.explain,
          // What is explained has its own times.
          cache: !flags.explain && moment === null,
          signal: context.signal,
        });
        const picked = flags.pick === undefined ? found : await pick(knowledgeBase, session, found, flags.pick);
        return { result: picked, moment };
      }),
  );
  write(context, session, result, { ...flags, moment });
  return result.hits.length > 0 ? EXIT.done : EXIT.nothingFound;
}

/** Keeps that the hit of this rank is right; the result has no other hit then. */
async function pick(
  knowledgeBase: KnowledgeBase,
  session: Session,
  result: SearchResult,
  rank: number,
): Promise<SearchResult> {
  const hit = result.hits.find((each) => each.rank === rank);
  if (!hit) {
    throw usageError(
      `--pick ${rank} names no hit: the search has ${countOf(result.hits.length, 'hit')}.`,
      result.hits.length > 0
        ? `Pick one from 1 to ${result.hits.length}, or name it with \`rag feedback add\`.`
        : 'Name the right document with `rag feedback add`.',
    );
  }
  const { id } = (await knowledgeBase.usage()).pick(result.query, hit);
  session.note(`Recorded; \`rag feedback rm ${id}\` takes it back.`);
  return { ...result, hits: [hit] };
}

function write(
  context: CommandContext,
  session: Session,
  result: SearchResult,
  flags: SearchFlags & { readonly moment: NamedMoment | null },
): void {
  const { stdout } = context;
  const explain = flags.explain ?? false;
  const format = formatOf(flags);
  if (format === 'json') {
    const asOf = flags.moment && { asOf: momentToJson(flags.moment) };
    stdout.write(renderEnvelope('rag.search/1', { ...searchToJson(result, { explain }), ...asOf }));
    return;
  }
  if (format === 'jsonl') {
    stdout.write(searchToLines(result, { explain }).map(renderLine).join(''));
    return;
  }
  if (result.hits.length === 0) {
    context.stderr.write('Nothing found.\n');
    if (explain) stdout.write(renderExplanation(result, session.page));
  } else if (format === 'text') {
    stdout.write(renderSearch(result, session.page, { explain }));
  } else {
    writeData(stdout, renderAs[format](result, context.workingFolder));
  }
  for (const note of result.notes) session.note(note);
}

const renderAs: Readonly<
  Record<'csv' | 'md' | 'xml' | 'files', (result: SearchResult, workingFolder: string) => string>
> = {
  csv: renderSearchCsv,
  md: renderSearchMarkdown,
  xml: renderSearchXml,
  files: renderSearchFiles,
};
