import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CONFIG_FILE, DATABASE_FILE, PROJECT_FOLDER } from '../src/config/database-path.ts';
import { messageOf, RagError } from '../src/platform/errors.ts';
import { makeFolder } from '../src/platform/make-folder.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { escapeLine } from '../src/present/text/escape-terminal.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { startSessionAnyway, withKnowledgeBase } from './shared/session.ts';

const CONFIG_TEMPLATE = `# Settings of this folder; \`rag config list --origin\` shows all of them.
# [search]
# limit = 10
`;

/** The database holds copies of the documents, and has no place in a repository. */
const IGNORED = `${DATABASE_FILE}*\n`;

export function defineInit(command: Command, context: CommandContext): void {
  command
    .argument('[folder]', 'folder that gets a .rag folder (else this one)')
    .action(context.action((folder: string | undefined, flags: CommonFlags) => init(context, folder, flags)));
  addExamples(command, [
    ['rag init', 'use .rag/rag.db here and in every folder below'],
    ['rag init ~/notes', 'the same for another folder'],
    ['rag init --db team.db', 'make a database file with a name of its own'],
  ]);
}

async function init(context: CommandContext, folder: string | undefined, flags: CommonFlags): Promise<ExitCode> {
  const session = await startSessionAnyway(context, flags);
  const root = resolve(context.workingFolder, folder ?? '.');
  const path = flags.db === undefined ? join(root, PROJECT_FOLDER, DATABASE_FILE) : session.database.path;
  const created = !existsSync(path);
  if (flags.db === undefined) makeProjectFolder(root);
  await withKnowledgeBase(
    context,
    { ...session, database: { path, reason: 'flag' } },
    { create: true },
    async () => {},
  );
  const environment = session.config.databaseFromEnvironment;
  if (environment !== undefined && resolve(context.workingFolder, environment) !== path) {
    session.warn(`RAG_DB is set, so other commands use ${environment} and not this database.`);
  }
  if (flags.json) context.stdout.write(renderEnvelope('rag.init/1', { path, created }));
  else if (!flags.quiet) {
    const next = created ? ' Add documents with `rag add <folder>`.' : '';
    context.stdout.write(`${created ? 'Made' : 'There is already'} ${escapeLine(path)}.${next}\n`);
  }
  return EXIT.done;
}

function makeProjectFolder(root: string): void {
  if (!existsSync(root)) {
    throw new RagError('NOT_FOUND', {
      message: `There is no folder ${root}.`,
      hint: 'Make it first, or name another.',
    });
  }
  const project = join(root, PROJECT_FOLDER);
  try {
    makeFolder(project);
    writeNew(join(project, '.gitignore'), IGNORED);
    writeNew(join(project, CONFIG_FILE), CONFIG_TEMPLATE);
  } catch (error) {
    throw new RagError('DB_FAILED', {
      message: `${project} cannot be made: ${messageOf(error)}.`,
      hint: 'Check the permissions of the folder.',
      cause: error,
    });
  }
}

function writeNew(path: string, text: string): void {
  if (!existsSync(path)) writeFileSync(path, text, { flag: 'wx' });
}
