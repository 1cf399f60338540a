import type { Command } from 'commander';
import type { KnowledgeBase } from '../src/app/types.ts';
import type { SearchFilter } from '../src/domain/search.ts';
import { renderEnvelope, renderLine } from '../src/present/json/stringify.ts';
import { documentToJson } from '../src/present/json/v1/documents.ts';
import {
  renderDocumentFiles,
  renderDocuments,
  renderDocumentsCsv,
  renderDocumentWarnings,
} from '../src/present/text/render-documents.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  addFormatFlag,
  collect,
  type FilterFlags,
  type FormatFlags,
  filterOf,
  formatOf,
  wholeNumber,
} from './shared/flags.ts';
import { writeData } from './shared/output.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type LsFlags = FormatFlags & FilterFlags & { readonly limit?: number; readonly warnings?: boolean };

export function defineLs(command: Command, context: CommandContext): void {
  command
    .argument('[glob]', 'only documents with such a path or URL')
    .option('-n, --limit <number>', 'most documents', wholeNumber)
    .option('--warnings', 'only documents about whose text there is a warning, with what it says')
    .action(context.action((glob: string | undefined, flags: LsFlags) => ls(context, glob, flags)));
  addFilterFlags(command);
  addFormatFlag(command, ['text', 'json', 'jsonl', 'csv', 'files']);
  addExamples(command, [
    ['rag ls', 'every document'],
    ['rag ls "reports/**" --type pdf', 'PDF files below a folder'],
    ['rag ls --warnings', 'texts that may be garbled, cut or empty'],
    ['rag ls --kind invoice --lang de', 'invoices in German'],
    ['rag ls --since 2026-03-01 -o csv', 'what changed lately, as a table for other programs'],
  ]);
}

async function ls(context: CommandContext, glob: string | undefined, flags: LsFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const filter = {
    ...filterOf(glob === undefined ? flags : { ...flags, path: collect(glob, flags.path) }),
    ...(flags.warnings && { warned: true }),
  };
  const { documents, reasons } = await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) => {
    const listed = knowledgeBase.list({ filter, limit: flags.limit });
    return { documents: listed, reasons: listed.length > 0 ? [] : await reasonsForNone(knowledgeBase, filter) };
  });
  const { stdout, workingFolder } = context;
  switch (formatOf(flags)) {
    case 'json':
      stdout.write(renderEnvelope('rag.documents/1', { documents: documents.map(documentToJson) }));
      break;
    case 'jsonl':
      stdout.write(documents.map((document) => renderLine({ type: 'document', ...documentToJson(document) })).join(''));
      break;
    case 'csv':
      writeData(stdout, renderDocumentsCsv(documents));
      break;
    case 'files':
      writeData(stdout, renderDocumentFiles(documents, workingFolder));
      break;
    default:
      if (documents.length > 0) {
        const page = stdout.isTerminal ? session.page : { ...session.page, width: 0 };
        stdout.write(flags.warnings ? renderDocumentWarnings(documents) : renderDocuments(documents, page));
      }
  }
  if (documents.length > 0) return EXIT.done;
  for (const reason of reasons) session.note(reason);
  return EXIT.nothingFound;
}

async function reasonsForNone(knowledgeBase: KnowledgeBase, filter: SearchFilter): Promise<string[]> {
  const passes = (each: SearchFilter): boolean => knowledgeBase.list({ filter: each, limit: 1 }).length > 0;
  if (!passes({})) return ['The database is empty: add documents with `rag add <folder>`.'];
  const { explainFilter } = await import('../src/app/explain-filter.ts');
  return explainFilter(filter, {
    collections: () => knowledgeBase.collections().map(({ name }) => name),
    types: () => Object.keys(knowledgeBase.status().types),
    passes,
  });
}
